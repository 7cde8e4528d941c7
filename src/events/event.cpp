// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/event.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace event_type {
const QString encrypted = u"m.room.encrypted"_s, message = u"m.room.message"_s, sticker = u"m.sticker"_s,
              reaction = u"m.reaction"_s, redaction = u"m.room.redaction"_s, member = u"m.room.member"_s,
              create = u"m.room.create"_s, name = u"m.room.name"_s, topic = u"m.room.topic"_s,
              avatar = u"m.room.avatar"_s, canonicalAlias = u"m.room.canonical_alias"_s,
              encryption = u"m.room.encryption"_s, joinRules = u"m.room.join_rules"_s,
              historyVisibility = u"m.room.history_visibility"_s, powerLevels = u"m.room.power_levels"_s,
              tombstone = u"m.room.tombstone"_s, pinnedEvents = u"m.room.pinned_events"_s,
              functionalMembers = u"io.element.functional_members"_s, fullyRead = u"m.fully_read"_s,
              markedUnread = u"m.marked_unread"_s, tag = u"m.tag"_s, direct = u"m.direct"_s,
              ignoredUsers = u"m.ignored_user_list"_s, pushRules = u"m.push_rules"_s;
} // namespace event_type

bool Event::isEncrypted() const
{
    return type == event_type::encrypted && !isState();
}

QJsonObject Event::json() const
{
    return QJsonDocument::fromJson(raw).object();
}

QJsonObject Event::content() const
{
    return json()["content"_L1].toObject();
}

QJsonObject Event::unsignedData() const
{
    return json()["unsigned"_L1].toObject();
}

} // namespace parvis
