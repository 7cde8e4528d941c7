// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/redaction.h"
#include "store/cache/event_traits_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

bool isTold(const RoomEvent &event)
{
    static const QSet<QString> told{
        event_type::message, event_type::encrypted,
        event_type::sticker, u"m.poll.start"_s,
        u"m.poll.end"_s,     u"org.matrix.msc3381.poll.start"_s,
        u"m.message"_s,      u"org.matrix.msc3381.poll.end"_s,
    };
    return !event.event.isState() && told.contains(event.type());
}

bool names(const RoomEvent &event, const UserId &own)
{
    // The search is quick and rules almost all out.
    const QByteArray id = own.toString().toUtf8();
    if (id.isEmpty() || !(event.clear ? event.clear->content : event.event.raw).contains(id))
        return false;
    const QJsonArray users = event.content()["m.mentions"_L1]["user_ids"_L1].toArray();
    return users.contains(own.toString());
}

} // namespace

EventTraits traitsOf(const RoomEvent &event, const UserId &own)
{
    EventTraits traits;
    traits.own = event.event.sender == own;
    bool edit = false;
    if (event.event.type == event_type::redaction && !event.event.isState()) {
        traits.relType = event_type::redaction;
        traits.relTarget = redactedBy(event.event);
    } else if (event.event.raw.contains("m.relates_to")
               || (event.clear && event.clear->content.contains("m.relates_to"))) {
        // An escaped spelling of the key is missed here: then the event has no relation, which hides nothing.
        const Relation relation = relationOf(event.content());
        traits.relType = relation.relType;
        traits.relTarget = relation.target;
        edit = relation.kind == RelationKind::Replace;
    }
    traits.preview = isTold(event) && !edit && !event.event.redacted;
    if (traits.preview && !traits.own)
        traits.counts = names(event, own) ? 2 : 1;
    return traits;
}

} // namespace parvis
