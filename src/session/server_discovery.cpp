// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/server_discovery.h"

#include "api/api_error.h"
#include "policy/server_rules.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

constexpr qsizetype longestName = 255;

bool isServerName(const QString &name)
{
    static const QRegularExpression pattern(
        u"^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?$"_s);
    return name.size() <= longestName && pattern.match(name).hasMatch() && !name.contains(u".."_s);
}

/// The address on a visiting card: its domain says where the server is, as in a Matrix id.
bool isMailAddress(const QString &typed)
{
    static const QRegularExpression pattern(u"^[A-Za-z0-9._%+'-]+@[^@:\\s]+$"_s);
    return typed.size() <= longestName && pattern.match(typed).hasMatch();
}

tl::unexpected<Error> badName()
{
    return fail(ErrorKind::Usage, u"PARVIS_BAD_SERVER_NAME"_s);
}

Result<ServerInput> fromName(const QString &typed, const UserId &user)
{
    QString name = typed.toLower();
    if (name.endsWith(u'/'))
        name.chop(1);
    // People type accents; servers and certificates know the other form alone.
    if (std::any_of(name.cbegin(), name.cend(), [](QChar c) { return c.unicode() > 127; }))
        name = QString::fromLatin1(QUrl::toAce(name));
    if (!isServerName(name))
        return badName();
    return ServerInput{.serverName = name, .baseUrl = {}, .user = user};
}

Result<ServerInput> fromUrl(const QString &typed)
{
    const QUrl url(typed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery()
        || url.hasFragment())
        return badName();
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return badName();
    QByteArray base = url.toEncoded(QUrl::StripTrailingSlash);
    while (base.endsWith('/'))
        base.chop(1);
    if (!mayConnect(base))
        return fail(ErrorKind::Tls, u"PARVIS_HTTPS_ONLY"_s);
    const QString name = QString::fromLatin1(QUrl::toAce(url.host()));
    const QString port = url.port() > 0 ? u':' + QString::number(url.port()) : QString();
    return ServerInput{
        .serverName = (name.isEmpty() ? u'[' + url.host() + u']' : name) + port, .baseUrl = base, .user = {}};
}

Task<HttpReply> ask(Http &http, HttpRequest request, const QByteArray &baseUrl, const CancelToken &cancel)
{
    if (request.url.startsWith('/'))
        request.url.prepend(baseUrl);
    request.cancel = cancel;
    return http.send(request);
}

Error errorOf(const HttpReply &reply)
{
    return errorFromReply(reply, QDateTime::currentMSecsSinceEpoch());
}

/// What https://name/.well-known/matrix/client says about where the homeserver is.
Result<QByteArray> baseUrlFrom(const HttpReply &reply, const QString &serverName)
{
    if (reply.status == 404)
        return "https://" + serverName.toUtf8();
    if (!reply.ok()) {
        Error error = errorOf(reply);
        error.code = error.kind == ErrorKind::RateLimited ? error.code : u"PARVIS_WELL_KNOWN_FAILED"_s;
        return tl::unexpected(error);
    }
    const auto answer = api::WellKnown::parse(reply);
    if (!answer && reply.isHtml())
        return fail(ErrorKind::Protocol, u"PARVIS_NOT_A_HOMESERVER"_s, u"a web page as well-known file"_s);
    if (!answer || answer->baseUrl.isEmpty())
        return fail(ErrorKind::Protocol, u"PARVIS_WELL_KNOWN_INVALID"_s);
    QByteArray base = QUrl(answer->baseUrl, QUrl::StrictMode).toEncoded();
    while (base.endsWith('/'))
        base.chop(1);
    if (!mayConnect(base) || base.contains('?') || base.contains('#'))
        return fail(ErrorKind::Protocol, u"PARVIS_WELL_KNOWN_INVALID"_s, u"base_url"_s);
    return base;
}

Result<api::Versions::Response> versionsFrom(const HttpReply &reply)
{
    if (!reply.ok()) {
        const Error error = errorOf(reply);
        if (isTransient(error))
            return tl::unexpected(error);
        return fail(ErrorKind::Protocol, u"PARVIS_NOT_A_HOMESERVER"_s, error.detail);
    }
    const auto answer = api::Versions::parse(reply);
    if (!answer)
        return fail(ErrorKind::Protocol, u"PARVIS_NOT_A_HOMESERVER"_s, answer.error().detail);
    const bool modern = std::any_of(answer->versions.cbegin(), answer->versions.cend(),
                                    [](const QString &version) { return version.startsWith("v1."_L1); });
    if (!modern)
        return fail(ErrorKind::Protocol, u"PARVIS_SERVER_TOO_OLD"_s);
    return answer;
}

Result<api::LoginFlows::Response> flowsFrom(const HttpReply &reply, const QStringList &allowed)
{
    if (!reply.ok())
        return tl::unexpected(errorOf(reply));
    return api::LoginFlows::parse(reply).and_then(
        [&](const api::LoginFlows::Response &offered) -> Result<api::LoginFlows::Response> {
            const api::LoginFlows::Response none;
            if (offered == none)
                return fail(ErrorKind::Forbidden, u"PARVIS_NO_LOGIN_KIND"_s);
            const api::LoginFlows::Response left{.password =
                                                     offered.password && allowed.contains(u"password"_s),
                                                 .sso = offered.sso && allowed.contains(u"sso"_s),
                                                 .token = offered.token && allowed.contains(u"token"_s),
                                                 .oauth = offered.oauth && allowed.contains(u"oauth"_s)};
            if (left == none)
                return fail(ErrorKind::Policy, u"PARVIS_LOGIN_KIND_NOT_ALLOWED"_s);
            return left;
        });
}

} // namespace

Result<ServerInput> ServerInput::parse(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.contains("://"_L1))
        return fromUrl(text);
    if (!text.startsWith(u'@'))
        return fromName(isMailAddress(text) ? text.sliced(text.indexOf(u'@') + 1) : text, {});
    const qsizetype colon = text.indexOf(u':');
    if (colon < 2 || text.size() > longestName)
        return badName();
    return fromName(text.sliced(colon + 1), UserId(text));
}

ServerDiscovery::ServerDiscovery(Http &http, policy::Policy policy, QObject *parent)
    : QObject(parent), m_http(http), m_policy(std::move(policy))
{
}

Task<DiscoveredServer> ServerDiscovery::discover(const QString &serverOrUser, const CancelToken &cancel)
{
    using Answer = Task<DiscoveredServer>;
    const auto input = ServerInput::parse(serverOrUser);
    if (!input)
        return Answer::ready(tl::unexpected(input.error()));
    if (!policy::serverAllowed(m_policy.list(policy::Key::Servers), input->serverName))
        return Answer::ready(fail(ErrorKind::Policy, u"PARVIS_SERVER_NOT_ALLOWED"_s));

    DiscoveredServer found{
        .serverName = input->serverName, .baseUrl = {}, .user = input->user, .flows = {}, .versions = {}};
    return baseUrl(*input, cancel).andThen(this, [this, cancel, found](const QByteArray &base) {
        return askServer(found, base, cancel);
    });
}

Task<DiscoveredServer> ServerDiscovery::askServer(DiscoveredServer found, const QByteArray &base,
                                                  const CancelToken &cancel)
{
    found.baseUrl = base;
    return ask(m_http, api::Versions{}.build(), base, cancel)
        .andThen(this, [](const HttpReply &reply) { return versionsFrom(reply); })
        .andThen(this, [this, cancel, found](api::Versions::Response versions) mutable {
            found.versions = std::move(versions);
            return flows(found.baseUrl, cancel)
                .andThen(this, [found](const api::LoginFlows::Response &flows) {
                    DiscoveredServer whole = found;
                    whole.flows = flows;
                    return Result<DiscoveredServer>(whole);
                });
        });
}

Task<QByteArray> ServerDiscovery::baseUrl(const ServerInput &input, const CancelToken &cancel)
{
    if (!input.baseUrl.isEmpty())
        return Task<QByteArray>::ready(input.baseUrl);
    const api::WellKnown request{.serverName = input.serverName};
    return ask(m_http, request.build(), {}, cancel)
        .andThen(this,
                 [name = input.serverName](const HttpReply &reply) { return baseUrlFrom(reply, name); });
}

Task<api::LoginFlows::Response> ServerDiscovery::flows(const QByteArray &baseUrl, const CancelToken &cancel)
{
    return ask(m_http, api::LoginFlows{}.build(), baseUrl, cancel)
        .andThen(this, [allowed = m_policy.list(policy::Key::LoginKinds)](const HttpReply &reply) {
            return flowsFrom(reply, allowed);
        });
}

} // namespace parvis::session
