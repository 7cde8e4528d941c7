// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/interactive_auth.h"

#include "api/build_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

constexpr int maxFlows = 64;
constexpr int maxStages = 16;
constexpr qsizetype maxWord = 255;
constexpr qsizetype maxUrl = 2048;

std::optional<QStringList> stagesOf(const QJsonValue &list)
{
    const QJsonArray stages = list.toArray();
    if (!list.isArray() || stages.size() > maxStages)
        return {};
    QStringList names;
    for (const auto &stage : stages) {
        const QString name = stage.toString();
        if (name.isEmpty() || name.size() > maxWord)
            return {}; // one that nobody could go through
        names.append(name);
    }
    return names;
}

/// The page for the stage that its servers call by two names.
QString pageOf(const QJsonObject &params)
{
    for (const auto &stage : {"m.oauth"_L1, "org.matrix.cross_signing_reset"_L1}) {
        const QString text = params[stage]["url"_L1].toString();
        const QUrl url(text, QUrl::StrictMode);
        if (text.size() <= maxUrl && url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty())
            return text;
    }
    return {};
}

/// @p member, a JSON object, as the `auth` of an object that has none.
QByteArray withAuth(const QByteArray &body, const QByteArray &auth)
{
    const qsizetype end = body.lastIndexOf('}');
    const bool empty = body.left(std::max<qsizetype>(0, end)).trimmed() == "{";
    return body.left(std::max<qsizetype>(0, end)) + (empty ? "\"auth\":" : ",\"auth\":") + auth + '}';
}

} // namespace

bool AuthChallenge::isEnough(const QString &stage) const
{
    return std::any_of(flows.cbegin(), flows.cend(), [&](QStringList flow) {
        for (const QString &done : completed)
            flow.removeAll(done);
        return flow == QStringList{stage};
    });
}

QString AuthChallenge::page(const QByteArray &baseUrl) const
{
    if (!url.isEmpty() || session.isEmpty())
        return url;
    for (QStringList flow : flows) {
        for (const QString &done : completed)
            flow.removeAll(done);
        if (flow.size() == 1 && flow.constFirst() != "m.login.password"_L1)
            return QString::fromLatin1(baseUrl + v3({u"auth"_s, flow.constFirst(), u"fallback"_s, u"web"_s})
                                       + query({{"session", session}}));
    }
    return {};
}

std::optional<AuthChallenge> authChallenge(const HttpReply &reply)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const QJsonArray flows = body["flows"_L1].toArray();
    const QString session = body["session"_L1].toString();
    if (reply.status != 401 || flows.isEmpty() || flows.size() > maxFlows || session.size() > maxWord)
        return {};
    AuthChallenge challenge{.session = session,
                            .flows = {},
                            .completed = stagesOf(body["completed"_L1]).value_or(QStringList()),
                            .errcode = body["errcode"_L1].toString().left(64),
                            .url = pageOf(body["params"_L1].toObject())};
    for (const auto &flow : flows) {
        if (const auto stages = stagesOf(flow["stages"_L1]))
            challenge.flows.append(*stages);
    }
    return challenge;
}

QByteArray withPassword(const QByteArray &body, const AuthChallenge &challenge, const QString &user,
                        const Secret &password)
{
    QByteArray auth = compact({{"type"_L1, u"m.login.password"_s},
                               {"session"_L1, challenge.session},
                               {"identifier"_L1, QJsonObject{{"type"_L1, u"m.id.user"_s}, {"user"_L1, user}}},
                               {"password"_L1, QString::fromUtf8(password.view())}});
    QByteArray whole = withAuth(body, auth);
    wipe(auth);
    return whole;
}

QByteArray withSession(const QByteArray &body, const AuthChallenge &challenge)
{
    return withAuth(body, compact({{"session"_L1, challenge.session}}));
}

} // namespace parvis::api
