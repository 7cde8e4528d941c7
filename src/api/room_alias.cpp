// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/room_alias.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

HttpRequest ResolveAlias::build() const
{
    return getFrom(v3({u"directory"_s, u"room"_s, alias}));
}

Result<RoomId> ResolveAlias::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const RoomId id(fields.text("room_id"_L1));
        return fields.result(id);
    });
}

} // namespace parvis::api
