// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/profile.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

HttpRequest GetProfile::build() const
{
    return getFrom(v3({u"profile"_s, userId.toString()}));
}

Result<GetProfile::Response> GetProfile::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const Response response{.displayName = fields.optionalText("displayname"_L1),
                                .avatarUrl = fields.optionalText("avatar_url"_L1)};
        return fields.result(response);
    });
}

HttpRequest SetDisplayName::build() const
{
    return putTo(v3({u"profile"_s, userId.toString(), u"displayname"_s}),
                 compact({{u"displayname"_s, displayName}}));
}

Result<void> SetDisplayName::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

} // namespace parvis::api
