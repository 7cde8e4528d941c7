// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/edit.h"

#include "events/relation.h"

using namespace Qt::StringLiterals;

namespace parvis {

EditVerdict checkEdit(const RoomEvent &original, const RoomEvent &edit)
{
    if (original.event.redacted || edit.event.redacted)
        return EditVerdict::Redacted;
    // The relation counts as the clear part has it: that is what the server aggregates by.
    const Relation relation = relationOf(edit.event.content());
    if (relation.kind != RelationKind::Replace || relation.target != original.event.id)
        return EditVerdict::NotAnEdit;
    if (original.event.sender != edit.event.sender)
        return EditVerdict::OtherSender;
    if (original.event.isState() || edit.event.isState())
        return EditVerdict::StateEvent;
    if (original.isEncrypted() && !edit.isEncrypted())
        return EditVerdict::ClearEditOfEncrypted;
    if (original.type() != edit.type() || !original.isReadable() || !edit.isReadable())
        return EditVerdict::OtherType;
    if (relationOf(original.event.content()).kind == RelationKind::Replace
        || relationOf(original.content()).kind == RelationKind::Replace)
        return EditVerdict::EditOfEdit;
    if (!edit.content()["m.new_content"_L1].isObject())
        return EditVerdict::NoNewContent;
    return EditVerdict::Valid;
}

bool isNewerEdit(const Event &candidate, const Event &current)
{
    if (candidate.originServerTs != current.originServerTs)
        return candidate.originServerTs > current.originServerTs;
    return candidate.id > current.id;
}

std::optional<RoomEvent> newestEdit(const RoomEvent &original, const QList<RoomEvent> &edits)
{
    const RoomEvent *newest = nullptr;
    for (const RoomEvent &edit : edits) {
        if (checkEdit(original, edit) == EditVerdict::Valid
            && (!newest || isNewerEdit(edit.event, newest->event)))
            newest = &edit;
    }
    return newest ? std::optional(*newest) : std::nullopt;
}

QJsonObject editedContent(const RoomEvent &original, const RoomEvent &edit)
{
    QJsonObject content = edit.content()["m.new_content"_L1].toObject();
    const QJsonValue relation = original.content()["m.relates_to"_L1];
    content.remove("m.relates_to"_L1);
    if (relation.isObject())
        content["m.relates_to"_L1] = relation;
    return content;
}

} // namespace parvis
