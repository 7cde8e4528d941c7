// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/relation.h"

#include "events/event.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype maxKeyLength = 1024;

EventId eventId(const QJsonValue &value)
{
    const QString id = value.toString();
    return id.size() <= maxIdLength ? EventId(id) : EventId();
}

RelationKind relationKindOf(const QString &relType)
{
    if (relType == "m.replace"_L1)
        return RelationKind::Replace;
    if (relType == "m.annotation"_L1)
        return RelationKind::Annotation;
    if (relType == "m.reference"_L1)
        return RelationKind::Reference;
    if (relType == "m.thread"_L1)
        return RelationKind::Thread;
    return RelationKind::Other;
}

} // namespace

Relation relationOf(const QJsonObject &content)
{
    const QJsonObject relates = content["m.relates_to"_L1].toObject();
    Relation relation;
    relation.replyTo = eventId(relates["m.in_reply_to"_L1].toObject()["event_id"_L1]);
    const QString relType = relates["rel_type"_L1].toString();
    const EventId target = eventId(relates["event_id"_L1]);
    if (relType.isEmpty() || relType.size() > maxIdLength || target.isEmpty())
        return relation;
    relation.relType = relType;
    relation.target = target;
    relation.kind = relationKindOf(relType);
    if (relation.kind == RelationKind::Annotation)
        relation.key = relates["key"_L1].toString().left(maxKeyLength);
    relation.fallback = relation.kind == RelationKind::Thread && relates["is_falling_back"_L1].toBool();
    return relation;
}

} // namespace parvis
