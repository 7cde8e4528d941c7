// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/qt_http.h"

#include "net/http_exchange_p.h"

#include <QNetworkAccessManager>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

QtHttp::QtHttp(NetworkRules rules, QByteArray userAgent, QObject *parent)
    : QObject(parent), m_userAgent(std::move(userAgent)), m_manager(std::make_unique<QNetworkAccessManager>())
{
    setRules(std::move(rules));
}

QtHttp::~QtHttp()
{
    m_closing = true; // who hears "cancelled" may ask again at once
    m_waiting.clear();
    const auto exchanges = findChildren<HttpExchange *>(Qt::FindDirectChildrenOnly);
    qDeleteAll(exchanges);
}

void QtHttp::setRules(NetworkRules rules)
{
    m_rules = std::move(rules);
    m_manager->setProxyFactory(new RuleProxies(m_rules)); // the manager owns it
    m_manager->clearConnectionCache();
}

Task<HttpReply> QtHttp::send(const HttpRequest &request)
{
    if (m_closing || request.cancel.isCancelled())
        return Task<HttpReply>::ready(fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s));
    if (!mayConnect(request.url)) {
        const bool clear = request.url.startsWith("http://");
        return Task<HttpReply>::ready(clear ? fail(ErrorKind::Tls, u"PARVIS_HTTPS_ONLY"_s)
                                            : fail(ErrorKind::Usage, u"PARVIS_BAD_URL"_s));
    }
    // What the administrator wanted checked cannot be: nothing is sent rather than to anybody.
    if (m_rules.problem)
        return Task<HttpReply>::ready(tl::unexpected(*m_rules.problem));

    auto *exchange = new HttpExchange(request, this);
    auto task = exchange->task();
    connect(exchange, &HttpExchange::ended, this, [this, exchange] { finished(exchange); });
    if (exchange->isLongPoll())
        exchange->begin(*m_manager, m_rules, m_userAgent);
    else
        m_waiting.push_back(exchange);
    startWaiting();
    return task;
}

int QtHttp::waiting() const
{
    return int(m_waiting.size());
}

void QtHttp::startWaiting()
{
    while (m_inFlight < maxInFlight && !m_waiting.empty()) {
        HttpExchange *next = m_waiting.front();
        m_waiting.pop_front();
        ++m_inFlight;
        next->begin(*m_manager, m_rules, m_userAgent);
    }
}

void QtHttp::finished(HttpExchange *exchange)
{
    if (exchange->started() && !exchange->isLongPoll())
        --m_inFlight;
    std::erase(m_waiting, exchange);
    exchange->deleteLater();
    startWaiting();
}

} // namespace parvis
