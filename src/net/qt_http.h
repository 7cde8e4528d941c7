// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "net/http.h"
#include "net/network_rules.h"

#include <QObject>

#include <deque>
#include <memory>

class QNetworkAccessManager;

namespace parvis {

class HttpExchange;

/// Http on QNetworkAccessManager: no cookies, no disk cache, https only, at most 64 requests in flight; the
/// others wait here, because Qt's own queue gets slow. Core thread, one an account.
class QtHttp final : public QObject, public Http
{
public:
    static constexpr int maxInFlight = 64;
    static constexpr int maxRedirects = 10;

    /// @p userAgent: "Parvis/1.2".
    QtHttp(NetworkRules rules, QByteArray userAgent, QObject *parent = nullptr);
    /// Requests under way answer Cancelled.
    ~QtHttp() override;

    /// Answers NetworkRules::problem, and asks nobody, while the rules have one.
    [[nodiscard]] Task<HttpReply> send(const HttpRequest &request) override;

    /// For requests that begin from now on; open connections are closed.
    void setRules(NetworkRules rules);

    [[nodiscard]] int inFlight() const { return m_inFlight; } ///< long polls not counted
    [[nodiscard]] int waiting() const;

private:
    void startWaiting();
    void finished(HttpExchange *exchange);

    NetworkRules m_rules;
    QByteArray m_userAgent;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::deque<HttpExchange *> m_waiting; ///< children of this object
    int m_inFlight = 0;
    bool m_closing = false;
};

} // namespace parvis
