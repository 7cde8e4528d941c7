// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "net/http.h"
#include "net/network_rules.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>
#include <QUrl>

namespace parvis {

/// Chooses the proxy of each connection by the rules; never one for this computer itself.
class RuleProxies final : public QNetworkProxyFactory
{
public:
    explicit RuleProxies(const NetworkRules &rules) : m_kind(rules.proxyKind), m_proxy(rules.proxy) {}
    [[nodiscard]] QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    NetworkRules::ProxyKind m_kind;
    QNetworkProxy m_proxy;
};

/// One request from its start to its one answer, redirects included.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    HttpExchange(HttpRequest request, QObject *parent);
    /// Answers Cancelled where there was no answer yet.
    ~HttpExchange() override;

    [[nodiscard]] Task<HttpReply> task() { return m_promise.task(); }
    [[nodiscard]] bool isLongPoll() const { return m_request.longPoll; }
    [[nodiscard]] bool started() const { return m_manager != nullptr; }

    void begin(QNetworkAccessManager &manager, const NetworkRules &rules, const QByteArray &userAgent);
    void cancel();

Q_SIGNALS:
    /// Just before the answer is given.
    void ended();

private:
    void ask(const QUrl &url);
    void watch();
    void limitBuffer();
    void read();
    /// More may follow at once.
    [[nodiscard]] bool readToMemory();
    [[nodiscard]] bool readToFile();
    [[nodiscard]] bool count(qint64 bytes, qint64 limit);
    [[nodiscard]] bool rewindFiles();
    void finish();
    void finishWithError(QNetworkReply::NetworkError error);
    void follow(const QUrl &target);
    void askForTheTime(Error tlsError);
    void checkTime();
    void dropReply();
    void end(Result<HttpReply> result);

    HttpRequest m_request;
    Promise<HttpReply> m_promise;
    QPointer<QNetworkAccessManager> m_manager;
    NetworkRules m_rules;
    QByteArray m_userAgent;
    QPointer<QNetworkReply> m_reply;
    QList<QSslError> m_tlsErrors;
    QUrl m_url;
    QByteArray m_body;
    qint64 m_received = 0; ///< of the body, whichever way it goes
    qint64 m_announced = -1;
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_lastProgressMs = 0;
    qint64 m_sentBytes = 0;
    int m_redirects = 0;
    bool m_ended = false;
};

} // namespace parvis
