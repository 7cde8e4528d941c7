// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "api/tokens.h"
#include "base/clock.h"
#include "net/delay.h"

#include <QObject>
#include <QPointer>

#include <optional>
#include <vector>

namespace parvis {

/// How often a call is repeated where repeating can help.
struct RetryLimit {
    int tries = 4; ///< with the first one
    qint64 totalMs = 15 * 60'000;
};

/// The one account's way to its homeserver: adds the token, refreshes it, turns errcodes into Errors.
/// Core thread.
class ApiClient : public QObject
{
    Q_OBJECT

public:
    ApiClient(Http &http, const Clock &clock, Delay &delay, QObject *parent = nullptr);
    ~ApiClient() override;

    /// "https://matrix.exemple.gouv", without a slash at the end.
    void setBaseUrl(const QByteArray &baseUrl);
    [[nodiscard]] const QByteArray &baseUrl() const { return m_baseUrl; }

    /// @p store hears of every refreshed token before it is used; it outlives this object or the next call.
    void setTokens(Tokens tokens, TokenStore *store);
    /// Back to nobody; calls that wait for a refresh answer Cancelled.
    void clearTokens();
    [[nodiscard]] bool hasToken() const { return !m_tokens.access.isEmpty(); }

    /// One try, but for a second one after a refresh of the token.
    template <ApiRequest R>
    [[nodiscard]] Task<typename R::Response> send(const R &request, const CancelToken &cancel = {})
    {
        HttpRequest http = request.build();
        http.cancel = cancel;
        return call(std::move(http)).andThen(this, [](HttpReply reply) { return R::parse(reply); });
    }

    /// Repeats after transient errors, with the same transaction id. What is not idempotent is repeated only
    /// where the server cannot have seen it, or said to come later.
    template <ApiRequest R>
    [[nodiscard]] Task<typename R::Response> sendWithRetry(const R &request, RetryLimit limit = {},
                                                           const CancelToken &cancel = {})
    {
        HttpRequest http = request.build();
        http.cancel = cancel;
        return callWithRetry(std::move(http), limit).andThen(this, [](HttpReply reply) {
            return R::parse(reply);
        });
    }

    /// Any request; answers with 2xx alone, everything else is an Error.
    [[nodiscard]] Task<HttpReply> call(HttpRequest request);
    [[nodiscard]] Task<HttpReply> callWithRetry(HttpRequest request, RetryLimit limit);
    /// Any request, any status: the driver's `raw`. The token is refreshed where needed.
    [[nodiscard]] Task<HttpReply> exchange(HttpRequest request);

Q_SIGNALS:
    /// The server takes the tokens no longer and gives no new ones. Once; until setTokens every authenticated
    /// call answers this error at once. Nothing is to be deleted: the person signs in again as the same
    /// device.
    void signedOut(const parvis::Error &error);

private:
    struct Waiting;
    struct Try {
        int number;
        qint64 sinceMs;
    };
    enum class Repeat { Once, Never };

    void useTokens(Tokens tokens);
    void dispatch(HttpRequest request, Promise<HttpReply> promise, Repeat repeat);
    void unknownToken(HttpRequest request, Promise<HttpReply> promise, HttpReply reply, quint64 generation);
    void startRefresh();
    void refreshed(const Result<HttpReply> &reply, quint64 generation);
    void settleWaiting(const std::optional<Error> &error);
    void endSession(Error error);
    void attempt(HttpRequest request, RetryLimit limit, Try now, Promise<HttpReply> promise);
    void again(HttpRequest request, RetryLimit limit, Try last, Promise<HttpReply> promise, int delayMs);

    Http &m_http;
    const Clock &m_clock;
    Delay &m_delay;
    QByteArray m_baseUrl;
    Tokens m_tokens;
    TokenStore *m_store = nullptr;
    std::shared_ptr<const Secret> m_bearer;
    quint64 m_generation = 0; ///< of the tokens: tells an answer to an old token from one to the new
    bool m_refreshing = false;
    std::optional<Error> m_ended; ///< why there is no session any more
    std::vector<Waiting> m_waiting;
};

} // namespace parvis
