// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "net/http.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace parvis::api {

/// The server wants to know who asks before it does something that cannot be taken back (specification,
/// "User-interactive authentication").
struct AuthChallenge {
    QString session;
    QList<QStringList> flows; ///< one of them, each stage of it
    QStringList completed;
    QString errcode; ///< why the last stage was refused; empty: it was not, or there was none
    QString url;     ///< of the account's page where the person agrees (m.oauth); https alone; empty: none

    /// Whether @p stage is the only one that is missing in one of the flows.
    [[nodiscard]] bool isEnough(const QString &stage) const;
    /// The page where the person agrees: `url`, or the one that the server at @p baseUrl has for the last
    /// stage of a flow that a program cannot go through (specification, "Fallback"); empty: there is none.
    [[nodiscard]] QString page(const QByteArray &baseUrl) const;

    bool operator==(const AuthChallenge &) const = default;
};

/// What a reply of status 401 asks; none where it asks nothing: the token is at fault, or the shape.
[[nodiscard]] std::optional<AuthChallenge> authChallenge(const HttpReply &reply);

/// @p body, a JSON object, with the person's password as its `auth`.
[[nodiscard]] QByteArray withPassword(const QByteArray &body, const AuthChallenge &challenge,
                                      const QString &user, const Secret &password);
/// @p body with nothing but the session: what was asked was answered elsewhere, in the browser.
[[nodiscard]] QByteArray withSession(const QByteArray &body, const AuthChallenge &challenge);

} // namespace parvis::api
