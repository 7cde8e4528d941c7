// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/discovery.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

constexpr qint64 maxSmallAnswer = 64 * 1024; // what the specification allows a well-known file

} // namespace

HttpRequest WellKnown::build() const
{
    HttpRequest request = getFrom("https://" + serverName.toUtf8() + "/.well-known/matrix/client");
    request.authenticated = false;
    request.maxReplyBytes = maxSmallAnswer;
    return request;
}

Result<WellKnown::Response> WellKnown::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        Fields server(fields.optionalObject("m.homeserver"_L1));
        Response response{.baseUrl = server.optionalText("base_url"_L1), .all = object};
        return fields.result(response).and_then([&](const Response &r) { return server.result(r); });
    });
}

bool Versions::Response::slidingSync() const
{
    return unstable.contains(u"org.matrix.simplified_msc3575"_s);
}

HttpRequest Versions::build() const
{
    HttpRequest request = getFrom("/_matrix/client/versions");
    request.authenticated = authenticated;
    request.maxReplyBytes = maxSmallAnswer;
    return request;
}

Result<Versions::Response> Versions::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        Response response;
        const QJsonArray versions = fields.array("versions"_L1);
        for (const auto &version : versions) {
            if (version.isString())
                response.versions += version.toString();
        }
        const QJsonObject unstable = fields.optionalObject("unstable_features"_L1);
        for (auto it = unstable.begin(); it != unstable.end(); ++it) {
            if (it.value().toBool())
                response.unstable += it.key();
        }
        return fields.result(response);
    });
}

HttpRequest Capabilities::build() const
{
    return getFrom(v3({u"capabilities"_s}));
}

Result<QJsonObject> Capabilities::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const QJsonObject capabilities = fields.object("capabilities"_L1);
        return fields.result(capabilities);
    });
}

} // namespace parvis::api
