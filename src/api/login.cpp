// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/login.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

TokenAnswer tokensFrom(Fields &fields)
{
    return {.access = fields.secret("access_token"_L1),
            .refresh = fields.optionalSecret("refresh_token"_L1),
            .expiresInMs = fields.optionalNumber("expires_in_ms"_L1)};
}

/// The secret as a JSON string. Qt's writer makes copies that nobody wipes: they live as long as the request.
QString word(const std::shared_ptr<const Secret> &secret)
{
    return secret ? QString::fromUtf8(secret->view()) : QString();
}

} // namespace

HttpRequest LoginFlows::build() const
{
    HttpRequest request = getFrom(v3({u"login"_s}));
    request.authenticated = false;
    request.maxReplyBytes = 256 * 1024;
    return request;
}

Result<LoginFlows::Response> LoginFlows::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        Response response;
        const QJsonArray flows = fields.array("flows"_L1);
        for (const auto &value : flows) {
            const QJsonObject flow = value.toObject();
            const QString type = flow.value("type"_L1).toString();
            response.password |= type == "m.login.password"_L1;
            response.sso |= type == "m.login.sso"_L1;
            response.token |= type == "m.login.token"_L1;
            response.oauth |= type == "m.login.sso"_L1
                && (flow.value("oauth_aware_preferred"_L1).toBool()
                    || flow.value("org.matrix.msc3824.delegated_oidc_compatibility"_L1).toBool());
        }
        return fields.result(response);
    });
}

HttpRequest LoginWithPassword::build() const
{
    QJsonObject body{
        {u"type"_s, u"m.login.password"_s},
        {u"identifier"_s, QJsonObject{{u"type"_s, u"m.id.user"_s}, {u"user"_s, user}}},
        {u"password"_s, word(password)},
        {u"refresh_token"_s, true},
    };
    if (!deviceId.isEmpty())
        body.insert(u"device_id"_s, deviceId.toString());
    if (!deviceName.isEmpty())
        body.insert(u"initial_device_display_name"_s, deviceName);
    HttpRequest request = postTo(v3({u"login"_s}), compact(body));
    request.authenticated = false;
    return request;
}

Result<LoginWithPassword::Response> LoginWithPassword::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        Response response{.userId = UserId(fields.text("user_id"_L1)),
                          .deviceId = DeviceId(fields.text("device_id"_L1)),
                          .tokens = tokensFrom(fields),
                          .baseUrl = {}};
        // A hint that may be wrong without harm: we are connected already.
        response.baseUrl = object.value("well_known"_L1)["m.homeserver"_L1]["base_url"_L1].toString();
        return fields.result(response);
    });
}

HttpRequest RefreshToken::build() const
{
    HttpRequest request = postTo(v3({u"refresh"_s}), compact({{u"refresh_token"_s, word(refreshToken)}}));
    request.authenticated = false;
    return request;
}

Result<TokenAnswer> RefreshToken::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const TokenAnswer tokens = tokensFrom(fields);
        return fields.result(tokens);
    });
}

HttpRequest Logout::build() const
{
    HttpRequest request = postTo(everywhere ? v3({u"logout"_s, u"all"_s}) : v3({u"logout"_s}), "{}");
    request.idempotent = true;
    return request;
}

Result<void> Logout::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest WhoAmI::build() const
{
    return getFrom(v3({u"account"_s, u"whoami"_s}));
}

Result<WhoAmI::Response> WhoAmI::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const Response response{.userId = UserId(fields.text("user_id"_L1)),
                                .deviceId = DeviceId(fields.optionalText("device_id"_L1))};
        return fields.result(response);
    });
}

} // namespace parvis::api
