// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/api_error.h"
#include "net/http.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QUrl>

#include "driver.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

Secret secret(const QJsonValue &value)
{
    QByteArray bytes = value.toString().toUtf8();
    Secret kept(bytes);
    wipe(bytes);
    return kept;
}

/// Finds the server, then signs in: what a person does on the two pages.
Task<QJsonValue> logIn(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    return ports.login.discover(args["server"_L1].toString())
        .andThen(home,
                 [ports, args](ServerInfo server) {
                     const PasswordLogin login{.baseUrl = server.baseUrl,
                                               .user = args["user"_L1].toString(),
                                               .deviceName = args["device_name"_L1].toString(u"Parvis"_s)};
                     return ports.login.loginPassword(login, secret(args["password"_L1]),
                                                      secret(args["vault_passphrase"_L1]));
                 })
        .andThen(home, [](const SessionInfo &session) { return Result<QJsonValue>(toJson(session)); });
}

/// Opens the account that is in the profile: the one that is named, or the only one.
Task<QJsonValue> restore(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    return ports.login.accounts()
        .andThen(home,
                 [ports, args](QList<StoredAccount> accounts) {
                     const UserId wanted(args["user_id"_L1].toString());
                     for (const StoredAccount &account : accounts) {
                         if (wanted.isEmpty() || account.userId == wanted)
                             return ports.login.restore(account.userId, secret(args["vault_passphrase"_L1]));
                     }
                     return Task<StoredAccount>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_ACCOUNT"_s));
                 })
        .andThen(home, [](const StoredAccount &account) -> Result<QJsonValue> {
            if (account.state != StoredState::Ready && account.state != StoredState::SignedOut)
                return tl::unexpected(account.problem.value_or(
                    Error{ErrorKind::Keychain, u"PARVIS_ACCOUNT_NOT_OPEN"_s, {}, 0}));
            return QJsonValue(toJson(account));
        });
}

Task<QJsonValue> attach(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    return ports.login.discover(args["server"_L1].toString())
        .andThen(home,
                 [ports, args](ServerInfo server) {
                     const AttachAccount account{.baseUrl = server.baseUrl,
                                                 .userId = UserId(args["user_id"_L1].toString()),
                                                 .deviceId = DeviceId(args["device_id"_L1].toString())};
                     return ports.diagnostics.attach(account, secret(args["access_token"_L1]),
                                                     secret(args["refresh_token"_L1]));
                 })
        .andThen(home, [](const SessionInfo &session) { return Result<QJsonValue>(toJson(session)); });
}

Task<QJsonValue> raw(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    RawRequest request{.method = args["method"_L1].toString(u"GET"_s).toUtf8(),
                       .path = args["path"_L1].toString().toUtf8(),
                       .body = {}};
    const QJsonObject query = args["query"_L1].toObject();
    QByteArray joined;
    for (auto it = query.begin(); it != query.end(); ++it)
        joined += (joined.isEmpty() ? '?' : '&') + QUrl::toPercentEncoding(it.key()) + '='
            + QUrl::toPercentEncoding(it.value().toVariant().toString());
    request.path += joined;
    if (args["body"_L1].isObject())
        request.body = QJsonDocument(args["body"_L1].toObject()).toJson(QJsonDocument::Compact);
    return ports.diagnostics.raw(request).andThen(home, [](RawAnswer reply) {
        const auto document = QJsonDocument::fromJson(reply.body);
        const QJsonValue body = document.isObject() ? QJsonValue(document.object())
            : document.isArray()                    ? QJsonValue(document.array())
                                                    : QJsonValue(QString::fromUtf8(reply.body));
        return Result<QJsonValue>(QJsonObject{{"status"_L1, reply.status}, {"body"_L1, body}});
    });
}

/// Who the server says that the token is; what it says against it is an error, as of any request.
Task<QJsonValue> whoAmI(LineProtocol *home, const Ports &ports)
{
    return ports.diagnostics.raw({.method = "GET", .path = "/_matrix/client/v3/account/whoami", .body = {}})
        .andThen(home, [](const RawAnswer &answer) -> Result<QJsonValue> {
            const HttpReply reply{.status = answer.status, .body = answer.body};
            if (!reply.ok())
                return tl::unexpected(errorFromReply(reply, QDateTime::currentMSecsSinceEpoch()));
            const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
            if (!body["user_id"_L1].isString())
                return fail(ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s);
            return QJsonValue(body);
        });
}

} // namespace

void addAccountCommands(LineProtocol &protocol, const Ports &ports)
{
    auto *home = &protocol;
    protocol.on(u"discover"_s, [home, ports](const QJsonObject &args) {
        const QString server = args["server"_L1].toString(args["email"_L1].toString());
        return shaped(ports.login.discover(server), home);
    });
    protocol.on(u"login"_s, [home, ports](const QJsonObject &args) { return logIn(home, ports, args); });
    protocol.on(u"attach"_s, [home, ports](const QJsonObject &args) { return attach(home, ports, args); });
    protocol.on(u"restore"_s, [home, ports](const QJsonObject &args) { return restore(home, ports, args); });
    protocol.on(u"accounts"_s,
                [home, ports](const QJsonObject &) { return shaped(ports.login.accounts(), home); });
    protocol.on(u"whoami"_s, [home, ports](const QJsonObject &) { return whoAmI(home, ports); });
    protocol.on(u"sign_in_again"_s, [home, ports](const QJsonObject &args) {
        return shaped(
            ports.login.signInAgain(UserId(args["user_id"_L1].toString()), secret(args["password"_L1])),
            home);
    });
    protocol.on(u"logout"_s, [home, ports](const QJsonObject &args) {
        return done(ports.login.logout(args["everywhere"_L1].toBool()), home);
    });
    protocol.on(u"start"_s,
                [home, ports](const QJsonObject &) { return done(ports.account.startSync(), home); });
    protocol.on(u"stop"_s,
                [home, ports](const QJsonObject &) { return done(ports.account.stopSync(), home); });
    protocol.on(u"status"_s,
                [home, ports](const QJsonObject &) { return shaped(ports.diagnostics.status(), home); });
    protocol.on(u"wait_idle"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(shaped(ports.diagnostics.waitIdle(), home), timeoutOf(args), home);
    });
    protocol.on(u"raw"_s, [home, ports](const QJsonObject &args) { return raw(home, ports, args); });
}

void announceChanges(LineProtocol &protocol, const Ports &ports, QObject *context)
{
    ports.account.subscribeConnection(
        context, [&protocol](const Connection &now) { protocol.announce(u"connection"_s, toJson(now)); });
    ports.account.subscribeSession(context, [&protocol, was = UserId()](const SessionInfo &now) mutable {
        if (now.userId.isEmpty() && !was.isEmpty())
            protocol.announce(u"logged_out"_s, {{"user_id"_L1, was.toString()}});
        if (now.needsSignIn)
            protocol.announce(u"needs_sign_in"_s, {{"user_id"_L1, now.userId.toString()}});
        was = now.userId;
    });
}

} // namespace parvis::driver
