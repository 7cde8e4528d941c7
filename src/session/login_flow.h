// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "api/login.h"

#include <QObject>

namespace parvis::session {

/// A session that the server just opened; nothing of it is kept anywhere yet.
struct NewSession {
    UserId userId;
    DeviceId deviceId;
    QByteArray baseUrl;
    Tokens tokens;
};

/// Signing in. Core thread.
class LoginFlow : public QObject
{
public:
    struct Password {
        QByteArray baseUrl = {}; ///< DiscoveredServer::baseUrl
        QString user = {};       ///< a Matrix id or the part before its colon
        Secret password = {};
        DeviceId deviceId =
            {}; ///< to sign in as the same device again; its user must then be the same as well
        QString deviceName = {};
        UserId expected = {}; ///< an answer for anyone else is refused, and that session closed again
    };

    LoginFlow(Http &http, const Clock &clock, QObject *parent = nullptr);

    /// One try: a login that is repeated blindly leaves devices behind.
    [[nodiscard]] Task<NewSession> withPassword(Password login, const CancelToken &cancel = {});

    /// A session that was opened elsewhere, once the server has said that it is that user's and that
    /// device's. PARVIS_OTHER_ACCOUNT, PARVIS_OTHER_DEVICE. It is never closed here.
    [[nodiscard]] Task<NewSession> withToken(NewSession opened);

private:
    [[nodiscard]] NewSession newSession(const QByteArray &baseUrl,
                                        const api::LoginWithPassword::Response &answer) const;
    void giveBack(const QByteArray &baseUrl, const api::TokenAnswer &tokens);

    Http &m_http;
    const Clock &m_clock;
};

/// Tells the server that this device (or all of them) is no more. A token that it knows no longer is success.
[[nodiscard]] Task<void> closeSession(ApiClient &client, bool everywhere);

} // namespace parvis::session
