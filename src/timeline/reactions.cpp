// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/reactions.h"

#include "events/relation.h"

#include <QJsonDocument>

#include <algorithm>

namespace parvis::timeline {

void addReaction(QList<Reaction> &reactions, const QString &key, const UserId &sender, const UserId &own)
{
    if (key.trimmed().isEmpty() || key.size() > longestReactionKey)
        return;
    auto it = std::find_if(reactions.begin(), reactions.end(),
                           [&](const Reaction &reaction) { return reaction.key == key; });
    if (it == reactions.end()) {
        if (reactions.size() >= mostReactionKeys)
            return;
        it = reactions.insert(reactions.end(), Reaction{.key = key, .senders = {}, .own = false});
    }
    if (it->senders.contains(sender))
        return;
    it->senders.append(sender);
    it->own = it->own || sender == own;
}

QList<Reaction> reactionsOf(const QList<RoomEvent> &annotations, const UserId &own)
{
    QList<Reaction> reactions;
    for (const RoomEvent &annotation : annotations) {
        if (annotation.event.isState() || annotation.event.redacted
            || annotation.type() != event_type::reaction)
            continue;
        const Relation relation = relationOf(annotation.content());
        if (relation.kind == RelationKind::Annotation)
            addReaction(reactions, relation.key, annotation.event.sender, own);
    }
    return reactions;
}

ReactionEcho reactionOf(const LocalEcho &echo)
{
    if (echo.type != event_type::reaction)
        return {};
    const Relation relation = relationOf(QJsonDocument::fromJson(echo.content).object());
    return {.target = relation.target, .key = relation.key};
}

} // namespace parvis::timeline
