// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/log.h"
#include "net/clock_probe_p.h"
#include "net/http_errors_p.h"
#include "net/http_exchange_p.h"
#include "net/qt_http.h"

#include <QFileDevice>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qint64 readAtOnce = 64 * 1024;
/// A line that carries less than this is not slow but stuck, or held open on purpose.
constexpr qint64 slowestBytesPerMs = 4;
/// Of a body that goes to the disk: so much may wait here until it is written.
constexpr qint64 downloadBufferBytes = qint64(1) << 20;
/// Of another body: what comes faster than it is looked at waits with the server, however much of it there
/// is.
constexpr qint64 answerBufferBytes = qint64(4) << 20;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

/// Qt reports 4xx and 5xx as errors; for us they are answers.
bool isAnswer(QNetworkReply::NetworkError error, int status)
{
    if (error == QNetworkReply::NoError)
        return status >= 100;
    const bool byStatus = (error > 200 && error < 300) || (error > 400 && error < 500)
        || error == QNetworkReply::ProtocolInvalidOperationError; // 400 and 418
    return byStatus && status >= 400;
}

/// Qt 6.4 takes a chunked body that ends with its connection for a whole one, depending on how the two
/// threads run. An object that lacks its end was cut: that is the network's fault, and worth another try.
bool isCutObject(const HttpReply &reply)
{
    const QByteArray start = reply.body.first(std::min<qsizetype>(reply.body.size(), 16)).trimmed();
    const QByteArray end = reply.body.last(std::min<qsizetype>(reply.body.size(), 16)).trimmed();
    return start.startsWith('{') && !end.endsWith('}') && reply.header("content-length").isEmpty();
}

bool isSuccess(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return status >= 200 && status < 300;
}

tl::unexpected<Error> notWritten(const QFileDevice &file)
{
    const bool full = file.error() == QFileDevice::ResourceError;
    return fail(ErrorKind::Storage, full ? u"PARVIS_DISK_FULL"_s : u"PARVIS_FILE_NOT_WRITTEN"_s,
                file.errorString());
}

QNetworkRequest prepared(const HttpRequest &request, const QUrl &url, const NetworkRules &rules,
                         const QByteArray &userAgent)
{
    QNetworkRequest http(url);
    http.setSslConfiguration(rules.tls);
    http.setRawHeader("User-Agent", userAgent);
    http.setRawHeader("Accept", "application/json, */*;q=0.5");
    if (request.download) // files are packed already, and what is counted is what is written
        http.setRawHeader("Accept-Encoding", "identity");
    if (request.verb == HttpVerb::Post || request.verb == HttpVerb::Put)
        http.setRawHeader("Content-Type", request.contentType);
    // Qt keeps a copy of its own that nobody wipes: it lives as long as the request.
    if (request.bearer)
        http.setRawHeader("Authorization", "Bearer " + request.bearer->view().toByteArray());
    http.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    http.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    http.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    http.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    http.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    http.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    http.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    // Repetitive JSON looks like a bomb to Qt. Our own limit counts what comes out.
    http.setDecompressedSafetyCheckThreshold(-1);
    return http;
}

QNetworkReply *issue(QNetworkAccessManager &manager, const HttpRequest &request, const QNetworkRequest &http)
{
    switch (request.verb) {
    case HttpVerb::Get:
        return manager.get(http);
    case HttpVerb::Head:
        return manager.head(http);
    case HttpVerb::Put:
        return request.upload ? manager.put(http, request.upload.get()) : manager.put(http, request.body);
    case HttpVerb::Post:
        return request.upload ? manager.post(http, request.upload.get()) : manager.post(http, request.body);
    case HttpVerb::Delete:
        return manager.deleteResource(http);
    }
    Q_UNREACHABLE();
    return nullptr;
}

} // namespace

QList<QNetworkProxy> RuleProxies::queryProxy(const QNetworkProxyQuery &query)
{
    if (isLoopback(query.peerHostName()) || m_kind == NetworkRules::ProxyKind::None)
        return {QNetworkProxy::NoProxy};
    if (m_kind == NetworkRules::ProxyKind::Manual)
        return {m_proxy};
    return systemProxyForQuery(query);
}

HttpExchange::HttpExchange(HttpRequest request, QObject *parent)
    : QObject(parent), m_request(std::move(request))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpExchange::checkTime);
    m_request.cancel.onCancel(this, [this] { cancel(); });
}

HttpExchange::~HttpExchange()
{
    m_ended = true;
    dropReply();
}

void HttpExchange::begin(QNetworkAccessManager &manager, const NetworkRules &rules,
                         const QByteArray &userAgent)
{
    m_manager = &manager;
    m_rules = rules;
    m_userAgent = userAgent;
    ask(QUrl::fromEncoded(m_request.url, QUrl::StrictMode));
}

void HttpExchange::cancel()
{
    end(fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s));
}

void HttpExchange::ask(const QUrl &url)
{
    m_url = url;
    m_body.clear();
    m_received = 0;
    m_announced = -1;
    m_tlsErrors.clear();
    m_sentBytes = 0;
    m_lastProgressMs = 0;
    m_clock.start();
    if (!rewindFiles())
        return;
    m_timer.start(m_request.timeoutMs);
    m_reply = issue(*m_manager, m_request, prepared(m_request, url, m_rules, m_userAgent));
    if (m_request.upload) // Qt reads from it as long as there is a reply
        connect(m_reply.data(), &QObject::destroyed, [keep = m_request.upload] {});
    watch();
    limitBuffer();
    // What has a body begins in a turn of its own, and hears of nothing before that.
    QMetaObject::invokeMethod(this, &HttpExchange::limitBuffer, Qt::QueuedConnection);
}

void HttpExchange::limitBuffer()
{
    if (m_reply)
        m_reply->setReadBufferSize(m_request.download ? downloadBufferBytes : answerBufferBytes);
}

void HttpExchange::watch()
{
    const auto progress = [this] { m_lastProgressMs = m_clock.elapsed(); };
    connect(m_reply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this, progress](qint64 sent, qint64 total) {
        m_sentBytes = sent;
        progress();
        if (m_request.upload && m_request.progress && sent > 0)
            m_request.progress(sent, total);
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this, progress] {
        progress();
        const QVariant said = m_reply->header(QNetworkRequest::ContentLengthHeader);
        m_announced = said.isValid() ? said.toLongLong() : -1;
        if (m_announced > m_request.maxReplyBytes)
            end(fail(ErrorKind::TooLarge, u"PARVIS_REPLY_TOO_LARGE"_s));
    });
    connect(m_reply, &QNetworkReply::readyRead, this, [this, progress] {
        progress();
        read();
    });
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::finish);
}

void HttpExchange::read()
{
    // In small pieces: Qt decompresses as much as is asked for.
    while (m_reply && m_reply->bytesAvailable() > 0) {
        const bool toFile = m_request.download && isSuccess(*m_reply);
        if (!(toFile ? readToFile() : readToMemory()))
            return;
    }
}

bool HttpExchange::count(qint64 bytes, qint64 limit)
{
    m_received += bytes;
    if (m_received <= limit)
        return bytes > 0;
    end(fail(ErrorKind::TooLarge, u"PARVIS_REPLY_TOO_LARGE"_s));
    return false;
}

bool HttpExchange::readToMemory()
{
    // In its place at once: long answers are not copied about.
    const qint64 limit = m_request.download ? HttpRequest::defaultMaxReplyBytes : m_request.maxReplyBytes;
    const qsizetype had = m_body.size();
    const qint64 most = std::clamp<qint64>(m_reply->bytesAvailable(), 1024, readAtOnce);
    if (m_body.capacity() - had < most)
        m_body.reserve(std::max<qint64>(std::min<qint64>(m_body.capacity() * 2, limit), had + most));
    m_body.resize(had + most);
    const qint64 got = std::max<qint64>(m_reply->read(m_body.data() + had, most), 0);
    m_body.resize(had + got);
    return count(got, limit);
}

bool HttpExchange::readToFile()
{
    const QByteArray piece = m_reply->read(readAtOnce);
    if (!count(piece.size(), m_request.maxReplyBytes))
        return false;
    if (m_request.download->write(piece) != piece.size()) {
        end(notWritten(*m_request.download));
        return false;
    }
    if (m_request.progress)
        m_request.progress(m_received, m_announced);
    return m_reply != nullptr; // who heard of it may have cancelled
}

bool HttpExchange::rewindFiles()
{
    if (m_request.upload && !m_request.upload->seek(0)) {
        end(fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, m_request.upload->errorString()));
        return false;
    }
    if (QFileDevice *file = m_request.download.get(); file && (!file->seek(0) || !file->resize(0))) {
        end(notWritten(*file));
        return false;
    }
    return true;
}

void HttpExchange::checkTime()
{
    const qint64 now = m_clock.elapsed();
    const qint64 forTheBytes = (m_received + m_sentBytes) / slowestBytesPerMs;
    const qint64 deadline = m_request.timeoutMs + std::min(m_lastProgressMs, forTheBytes);
    if (now >= deadline)
        return end(fail(ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s));
    m_timer.start(int(deadline - now));
}

void HttpExchange::finish()
{
    read();
    if (m_ended)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!isAnswer(m_reply->error(), status))
        return finishWithError(m_reply->error());
    const QUrl target = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (isRedirect(status) && target.isValid())
        return follow(m_url.resolved(target));

    // Qt does not always tell a body that ended too early.
    if (m_request.download && isSuccess(*m_reply) && m_announced >= 0 && m_received != m_announced)
        return finishWithError(QNetworkReply::RemoteHostClosedError);
    if (m_request.download && !m_request.download->flush())
        return end(notWritten(*m_request.download));
    HttpReply reply{.status = status, .body = std::move(m_body), .headers = {}, .url = m_url.toEncoded()};
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        reply.headers += {name, value};
    if (isCutObject(reply))
        return finishWithError(QNetworkReply::RemoteHostClosedError);
    end(std::move(reply));
}

void HttpExchange::finishWithError(QNetworkReply::NetworkError code)
{
    // Qt 6.4 has no word of its own for a proxy at which nothing listens.
    if (code == QNetworkReply::UnknownNetworkError
        && RuleProxies(m_rules).queryProxy(QNetworkProxyQuery(m_url)).value(0).type()
            != QNetworkProxy::NoProxy)
        code = QNetworkReply::ProxyConnectionRefusedError;
    Error error = networkError(code, m_tlsErrors);
    if (error.kind == ErrorKind::Tls && onlyDatesAreWrong(m_tlsErrors))
        return askForTheTime(std::move(error));
    end(tl::unexpected(std::move(error)));
}

void HttpExchange::askForTheTime(Error tlsError)
{
    m_timer.stop(); // the probe has its own
    const QList<QSslError> errors = m_tlsErrors;
    dropReply();
    auto *probe = new ClockProbe(this);
    probe->ask(m_url, m_rules.tls, new RuleProxies(m_rules), errors)
        .then(this, [this, tlsError](const Result<qint64> &difference) {
            if (!difference || std::abs(*difference) <= ClockProbe::toleratedMs)
                return end(tl::unexpected(tlsError));
            end(fail(ErrorKind::Tls, u"PARVIS_CLOCK_WRONG"_s,
                     u"this computer's clock differs from the server's by %1 s"_s.arg(*difference / 1000)));
        });
}

void HttpExchange::follow(const QUrl &target)
{
    const bool reads = m_request.verb == HttpVerb::Get || m_request.verb == HttpVerb::Head;
    if (!mayConnect(target.toEncoded()))
        return end(
            fail(ErrorKind::Network, u"PARVIS_CAPTIVE_PORTAL"_s, u"redirected to an unencrypted address"_s));
    // A token goes to the server that gave it, and nowhere that it points to. Files may lie elsewhere: they
    // are fetched there without it, and never from this computer itself.
    const bool elsewhere = m_request.bearer && !sameOrigin(m_url, target);
    if (elsewhere && m_request.download && (isLoopback(m_url.host()) || !isLoopback(target.host())))
        m_request.bearer.reset();
    else if (!reads || elsewhere)
        return end(fail(ErrorKind::Protocol, u"PARVIS_REDIRECTED"_s));
    if (++m_redirects > QtHttp::maxRedirects)
        return end(fail(ErrorKind::Protocol, u"PARVIS_REDIRECT_LOOP"_s));
    dropReply();
    ask(target);
}

void HttpExchange::dropReply()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

void HttpExchange::end(Result<HttpReply> result)
{
    if (std::exchange(m_ended, true))
        return;
    m_timer.stop();
    dropReply();
    if (!result)
        qCInfo(log::net) << "request failed:" << result.error().code << result.error().detail;
    auto promise = std::move(m_promise);
    Q_EMIT ended();
    promise.resolve(std::move(result)); // may delete this
}

} // namespace parvis
