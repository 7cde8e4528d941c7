// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/poll_tally.h"

#include "events/edit.h"
#include "events/relation.h"

#include <QHash>

#include <algorithm>

namespace parvis::timeline {

namespace {

bool counts(const RoomEvent &original, const RoomEvent &event)
{
    const Relation relation = relationOf(event.event.content());
    return !event.event.redacted && !event.event.isState() && event.isReadable()
        && event.isEncrypted() == original.isEncrypted() && relation.kind == RelationKind::Reference
        && relation.target == original.event.id;
}

/// Of two votes or ends, the later one: by time, then by id, as with edits.
bool isLater(const RoomEvent &one, const RoomEvent &other)
{
    return isNewerEdit(one.event, other.event);
}

/// Places of the answers that a vote chooses.
QList<qsizetype> chosen(const RoomEvent &vote, const PollStart &start)
{
    const QStringList ids = pollResponseOf(vote.type(), vote.content()).value_or(QStringList());
    QList<qsizetype> places;
    for (const QString &id : ids.first(std::min<qsizetype>(ids.size(), start.maxSelections))) {
        const auto at = std::find_if(start.answers.cbegin(), start.answers.cend(),
                                     [&](const PollAnswer &answer) { return answer.id == id; });
        const qsizetype place = at - start.answers.cbegin();
        if (at != start.answers.cend() && !places.contains(place))
            places.append(place);
    }
    return places;
}

} // namespace

std::optional<qint64> endOf(const RoomEvent &original, const QList<RoomEvent> &references,
                            const MayEnd &mayEnd)
{
    const RoomEvent *first = nullptr;
    for (const RoomEvent &event : references) {
        const bool may =
            event.event.sender == original.event.sender || (mayEnd && mayEnd(event.event.sender));
        if (isPollEnd(event.type()) && may && counts(original, event) && (!first || isLater(*first, event)))
            first = &event;
    }
    return first ? std::optional(first->event.originServerTs) : std::nullopt;
}

bool hasVotes(const RoomEvent &original, const QList<RoomEvent> &references)
{
    return std::any_of(references.cbegin(), references.cend(), [&](const RoomEvent &event) {
        return pollResponseOf(event.type(), event.content()) && counts(original, event);
    });
}

Poll tallyOf(const RoomEvent &original, const PollStart &start, const QList<RoomEvent> &references,
             const UserId &own, const MayEnd &mayEnd)
{
    const auto end = endOf(original, references, mayEnd);
    QHash<UserId, const RoomEvent *> last;
    for (const RoomEvent &event : references) {
        if (!pollResponseOf(event.type(), event.content()) || !counts(original, event)
            || (end && event.event.originServerTs > *end))
            continue;
        const RoomEvent *&known = last[event.event.sender];
        if (!known || isLater(event, *known))
            known = &event;
    }
    Poll poll{.start = start, .voters = {}, .ownVote = {}, .people = 0, .ended = end.has_value()};
    poll.voters.resize(start.answers.size());
    for (auto it = last.cbegin(); it != last.cend(); ++it) {
        const auto places = chosen(**it, start);
        poll.people += !places.isEmpty(); // none: a vote that was taken back, or is spoilt
        for (const qsizetype place : places) {
            poll.voters[place].append(it.key());
            if (it.key() == own)
                poll.ownVote.append(start.answers.at(place).id);
        }
    }
    for (QList<UserId> &voters : poll.voters)
        std::sort(voters.begin(), voters.end());
    if (!start.disclosed && !poll.ended) {
        poll.voters.clear();
        poll.people = 0;
    }
    return poll;
}

} // namespace parvis::timeline
