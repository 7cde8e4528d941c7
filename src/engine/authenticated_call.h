// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "api/interactive_auth.h"
#include "base/ids.h"
#include "base/secret.h"

#include <QByteArray>
#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

namespace parvis {

/// What was begun in the browser: which question of the server's goes with which request. In memory alone:
/// a server forgets it within the hour. Core thread.
class AuthMemory
{
public:
    /// The question that @p body was answered with before.
    [[nodiscard]] std::optional<api::AuthChallenge> take(const QByteArray &body) { return m_open.take(body); }
    void keep(const QByteArray &body, const api::AuthChallenge &challenge)
    {
        if (m_open.size() >= capacity)
            m_open.clear();
        m_open.insert(body, challenge);
    }

private:
    static constexpr qsizetype capacity = 16;

    QHash<QByteArray, std::optional<api::AuthChallenge>> m_open;
};

/// A request that the server takes only once it knows who asks (specification, "User-interactive
/// authentication"). Answers when it was accepted. Whatever the server asks, the password goes out at most
/// once. Deletes itself when it has answered. Core thread.
///
/// PARVIS_PASSWORD_NEEDED; PARVIS_WRONG_PASSWORD; PARVIS_AUTH_IN_BROWSER, with the address in `detail`, where
/// the person is to agree there first: the same request once more then says that it was done.
class AuthenticatedCall : public QObject
{
public:
    struct What {
        std::function<HttpRequest(const QByteArray &body)> build;
        QByteArray body; ///< a JSON object without `auth`
        /// Called before each request that carries the person's consent; what it fails with is the answer.
        std::function<Result<void>()> agreed = {};
    };

    [[nodiscard]] static Task<void> run(ApiClient &api, AuthMemory &memory, const UserId &user, What what,
                                        Secret password);

private:
    AuthenticatedCall(ApiClient &api, AuthMemory &memory, UserId user, What what, Secret password);

    enum class With { Nothing, Session, Password };
    void send(With with, const QByteArray &body);
    void answered(With with, const Result<HttpReply> &reply);
    void challenged(With with, const api::AuthChallenge &challenge);
    void finish(const Result<void> &result);

    ApiClient &m_api;
    AuthMemory &m_memory;
    UserId m_user;
    What m_what;
    Secret m_password;
    Promise<void> m_promise;
};

} // namespace parvis
