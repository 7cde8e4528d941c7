// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/api_client.h"

#include "api/api_error.h"
#include "api/login.h"
#include "base/log.h"
#include "net/retry.h"

#include <algorithm>
#include <array>
#include <atomic>

using namespace Qt::StringLiterals;

namespace parvis {

struct ApiClient::Waiting {
    HttpRequest request;
    Promise<HttpReply> promise;
};

namespace {

/// True where the server cannot have acted on it, or asked for it to come later.
bool wasNotSeen(const Error &error)
{
    return error.kind == ErrorKind::RateLimited || error.code == "PARVIS_HOST_NOT_FOUND"_L1
        || error.code == "PARVIS_CONNECTION_REFUSED"_L1 || error.code == "PARVIS_PROXY_UNREACHABLE"_L1;
}

bool mayRepeat(const HttpRequest &request, const Error &error)
{
    return isTransient(error) && (request.idempotent || wasNotSeen(error));
}

bool tellsUnknownToken(const HttpReply &reply)
{
    return reply.status == 401 && errorFromReply(reply, 0).code == "M_UNKNOWN_TOKEN"_L1;
}

/// True where a refused refresh says that this session is over, and not that somebody has a bad day.
bool isVerdict(const Error &error)
{
    if (error.code == "M_USER_LOCKED"_L1 || error.code == "M_USER_SUSPENDED"_L1)
        return false; // may be lifted; the tokens stay good
    return error.kind == ErrorKind::Auth || error.kind == ErrorKind::Forbidden
        || error.kind == ErrorKind::NotFound;
}

Error cancelled()
{
    return {ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s, {}, 0};
}

/// What a request is about, for the log: the words of its path that are nobody's name or id.
QByteArray aboutOf(const HttpRequest &request)
{
    static constexpr std::array<QByteArrayView, 12> words{
        "account_data", "claim",        "device_signing", "keys",   "query", "room_keys",
        "send",         "sendToDevice", "signatures",     "upload", "sync",  "version"};
    QByteArrayList about;
    const QByteArray path = request.url.split('?').constFirst();
    for (const QByteArray &part : path.split('/')) {
        const bool isType = !about.isEmpty() && about.last() == "sendToDevice"; // one of ours
        if (isType || std::find(words.cbegin(), words.cend(), part) != words.cend())
            about.append(part);
    }
    return about.isEmpty() ? QByteArray("other") : about.join(' ');
}

/// Tells the log that a request leaves, and by which number its answer can be told from others.
int logged(const HttpRequest &request)
{
    static std::atomic<int> last = 0;
    const int number = ++last;
    qCDebug(log::api).noquote() << "request" << number << "leaves:" << aboutOf(request);
    return number;
}

} // namespace

ApiClient::ApiClient(Http &http, const Clock &clock, Delay &delay, QObject *parent)
    : QObject(parent), m_http(http), m_clock(clock), m_delay(delay)
{
}

ApiClient::~ApiClient() = default;

void ApiClient::setBaseUrl(const QByteArray &baseUrl)
{
    m_baseUrl = baseUrl.endsWith('/') ? baseUrl.chopped(1) : baseUrl;
}

void ApiClient::setTokens(Tokens tokens, TokenStore *store)
{
    useTokens(std::move(tokens));
    m_store = store;
    m_ended.reset();
    m_refreshing = false;
    settleWaiting({});
}

void ApiClient::useTokens(Tokens tokens)
{
    m_tokens = std::move(tokens);
    m_bearer = m_tokens.access.isEmpty() ? nullptr : std::make_shared<const Secret>(m_tokens.access.clone());
    ++m_generation;
}

void ApiClient::clearTokens()
{
    useTokens({});
    m_store = nullptr;
    m_ended.reset();
    m_refreshing = false;
    settleWaiting(cancelled());
}

Task<HttpReply> ApiClient::call(HttpRequest request)
{
    return exchange(std::move(request)).andThen(this, [this](HttpReply reply) -> Result<HttpReply> {
        if (reply.ok())
            return reply;
        return tl::unexpected(errorFromReply(reply, m_clock.nowMs()));
    });
}

Task<HttpReply> ApiClient::exchange(HttpRequest request)
{
    if (request.authenticated && m_ended)
        return Task<HttpReply>::ready(tl::unexpected(*m_ended));
    if (request.url.startsWith('/'))
        request.url.prepend(m_baseUrl);
    Promise<HttpReply> promise;
    auto task = promise.task();
    if (request.authenticated && m_refreshing)
        m_waiting.push_back({std::move(request), std::move(promise)}); // the old token is as good as gone
    else
        dispatch(std::move(request), std::move(promise), Repeat::Once);
    return task;
}

void ApiClient::dispatch(HttpRequest request, Promise<HttpReply> promise, Repeat repeat)
{
    // A token is for our own server, whatever address a caller puts together.
    if (request.authenticated && request.url.startsWith(m_baseUrl + '/'))
        request.bearer = m_bearer;
    m_http.send(request).then(this,
                              [this, repeat, request, generation = m_generation, number = logged(request),
                               promise = std::move(promise)](Result<HttpReply> reply) mutable {
                                  qCDebug(log::api) << "request" << number << "is answered";
                                  if (!request.bearer || !reply || !tellsUnknownToken(*reply))
                                      return promise.resolve(std::move(reply));
                                  if (repeat == Repeat::Once)
                                      return unknownToken(std::move(request), std::move(promise),
                                                          std::move(*reply), generation);
                                  const Error error = errorFromReply(*reply, m_clock.nowMs());
                                  const QPointer<ApiClient> alive(this);
                                  promise.resolve(std::move(reply));
                                  if (alive && generation == m_generation)
                                      endSession(error); // refused although it is new
                              });
}

void ApiClient::unknownToken(HttpRequest request, Promise<HttpReply> promise, HttpReply reply,
                             quint64 generation)
{
    if (generation != m_generation && m_bearer && !m_ended)
        return dispatch(std::move(request), std::move(promise),
                        Repeat::Never); // renewed while this was under way
    if (m_ended || generation != m_generation)
        return promise.resolve(std::move(reply));
    if (m_tokens.refresh.isEmpty()) {
        const QPointer<ApiClient> alive(this);
        const Error error = errorFromReply(reply, m_clock.nowMs());
        promise.resolve(std::move(reply));
        return alive ? endSession(error) : void();
    }
    m_waiting.push_back({std::move(request), std::move(promise)});
    startRefresh();
}

void ApiClient::startRefresh()
{
    if (std::exchange(m_refreshing, true))
        return;
    const api::RefreshToken refresh{.refreshToken = std::make_shared<const Secret>(m_tokens.refresh.clone())};
    HttpRequest request = refresh.build();
    request.url.prepend(m_baseUrl);
    m_http.send(request).then(this, [this, generation = m_generation](const Result<HttpReply> &reply) {
        refreshed(reply, generation);
    });
}

void ApiClient::refreshed(const Result<HttpReply> &reply, quint64 generation)
{
    if (generation != m_generation)
        return; // signed in or out meanwhile
    m_refreshing = false;
    if (!reply)
        return settleWaiting(reply.error());
    if (!reply->ok()) {
        const Error error = errorFromReply(*reply, m_clock.nowMs());
        return isVerdict(error) ? endSession(error) : settleWaiting(error);
    }
    auto answer = api::RefreshToken::parse(*reply);
    if (!answer)
        return settleWaiting(answer.error());

    Tokens tokens{.access = answer->access->clone(),
                  .refresh = (answer->refresh ? *answer->refresh : m_tokens.refresh).clone(),
                  .expiresAtMs = answer->expiresInMs > 0 ? m_clock.nowMs() + answer->expiresInMs : 0};
    // Using the new tokens ends the old ones: kept first, or a crash would sign the person out.
    if (const auto saved = m_store ? m_store->save(tokens) : Result<void>(); !saved)
        return settleWaiting(saved.error());
    useTokens(std::move(tokens));
    settleWaiting({});
}

void ApiClient::settleWaiting(const std::optional<Error> &error)
{
    auto waiting = std::exchange(m_waiting, {});
    const QPointer<ApiClient> alive(this);
    for (Waiting &w : waiting) {
        if (!alive)
            return; // what is left answers Cancelled by itself
        if (error)
            w.promise.resolve(tl::unexpected(*error));
        else if (w.request.cancel.isCancelled())
            w.promise.resolve(tl::unexpected(cancelled()));
        else
            dispatch(std::move(w.request), std::move(w.promise), Repeat::Never);
    }
}

void ApiClient::endSession(Error error)
{
    if (m_ended)
        return;
    qCWarning(log::api) << "signed out by the server:" << error.code;
    error.kind = ErrorKind::Auth;
    // How /refresh says no differs; what it means is the same, but for an account that is no more.
    if (error.code != "M_USER_DEACTIVATED"_L1)
        error.code = u"M_UNKNOWN_TOKEN"_s;
    m_ended = error;
    m_refreshing = false;
    const QPointer<ApiClient> alive(this);
    settleWaiting(error);
    if (alive)
        Q_EMIT signedOut(error);
}

Task<HttpReply> ApiClient::callWithRetry(HttpRequest request, RetryLimit limit)
{
    Promise<HttpReply> promise;
    auto task = promise.task();
    attempt(std::move(request), limit, {.number = 1, .sinceMs = m_clock.nowMs()}, std::move(promise));
    return task;
}

void ApiClient::attempt(HttpRequest request, RetryLimit limit, Try now, Promise<HttpReply> promise)
{
    call(request).then(this, [=, this, promise = std::move(promise)](Result<HttpReply> reply) mutable {
        if (reply || now.number >= limit.tries || !mayRepeat(request, reply.error()))
            return promise.resolve(std::move(reply));
        const int delay = retry::delayMs(now.number, reply.error());
        if (m_clock.nowMs() - now.sinceMs + delay > limit.totalMs)
            return promise.resolve(std::move(reply));
        qCInfo(log::api) << "try" << now.number << "failed with" << reply.error().code << "again in ms"
                         << delay;
        again(std::move(request), limit, now, std::move(promise), delay);
    });
}

void ApiClient::again(HttpRequest request, RetryLimit limit, Try last, Promise<HttpReply> promise,
                      int delayMs)
{
    // Waiting ends at once when it is cancelled: the context goes, and the answer is given.
    struct Pause : QObject {
        using QObject::QObject;
        Promise<HttpReply> promise;
    };
    auto *pause = new Pause(this);
    pause->promise = std::move(promise);
    request.cancel.onCancel(pause, [pause] {
        auto answer = std::move(pause->promise);
        delete pause;
        answer.resolve(tl::unexpected(cancelled()));
    });
    m_delay.after(delayMs, pause, [this, pause, request, limit, last] {
        auto answer = std::move(pause->promise);
        pause->deleteLater();
        attempt(request, limit, {.number = last.number + 1, .sinceMs = last.sinceMs}, std::move(answer));
    });
}

} // namespace parvis
