// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/discovery.h"
#include "api/login.h"
#include "net/http.h"
#include "policy/policy.h"

#include <QObject>

namespace parvis::session {

/// A homeserver that was found and can be talked to.
struct DiscoveredServer {
    QString serverName;              ///< as typed, or taken from the Matrix id
    QByteArray baseUrl;              ///< without a slash at the end
    UserId user;                     ///< the Matrix id that was typed; empty if only a server was
    api::LoginFlows::Response flows; ///< what the server offers and the policy allows
    api::Versions::Response versions;
};

/// What a person typed (a server, its URL, a Matrix id, an e-mail address), taken apart; does not ask
/// anybody.
struct ServerInput {
    QString serverName;
    QByteArray baseUrl; ///< set where a URL was typed: then no well-known is asked
    UserId user;

    /// Errors: Usage PARVIS_BAD_SERVER_NAME, Tls PARVIS_HTTPS_ONLY.
    [[nodiscard]] static Result<ServerInput> parse(const QString &typed);
};

/// From what a person typed to a homeserver: well-known, versions, login flows. Core thread.
class ServerDiscovery : public QObject
{
public:
    ServerDiscovery(Http &http, policy::Policy policy, QObject *parent = nullptr);

    /// @p serverOrUser: "exemple.gouv", "https://matrix.exemple.gouv" or "@claire:exemple.gouv".
    [[nodiscard]] Task<DiscoveredServer> discover(const QString &serverOrUser,
                                                  const CancelToken &cancel = {});

private:
    [[nodiscard]] Task<QByteArray> baseUrl(const ServerInput &input, const CancelToken &cancel);
    [[nodiscard]] Task<DiscoveredServer> askServer(DiscoveredServer found, const QByteArray &base,
                                                   const CancelToken &cancel);
    [[nodiscard]] Task<api::LoginFlows::Response> flows(const QByteArray &baseUrl, const CancelToken &cancel);

    Http &m_http;
    policy::Policy m_policy;
};

} // namespace parvis::session
