// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_polls.h"

#include "engine/engine.h"
#include "rooms/room_state.h"
#include "send/compose_poll.h"
#include "timeline/item_reader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

Result<timeline::Poll> RoomPolls::openPoll(const EventId &poll)
{
    const auto row = m_engine.cache().events().event(m_room, poll);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    rooms::Members members(m_engine.cache().rooms(), m_room);
    rooms::IgnoredPeople ignored(m_engine.cache());
    if (const auto read = ignored.read(); !read)
        return tl::unexpected(read.error());
    const timeline::ItemFactory factory(m_engine.user(), members, ignored);
    const auto item = timeline::readItem(m_engine.cache(), m_room, factory, **row);
    if (!item)
        return tl::unexpected(item.error());
    if (!*item || !(*item)->poll)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    if ((*item)->poll->ended)
        return fail(ErrorKind::Usage, u"PARVIS_POLL_ENDED"_s);
    return *(*item)->poll;
}

Result<TransactionId> RoomPolls::start(const NewPoll &poll)
{
    return composePoll({.question = poll.question,
                        .answers = poll.answers,
                        .disclosed = poll.disclosed,
                        .maxSelections = poll.maxSelections})
        .and_then([&](const QByteArray &content) {
            return m_engine.queue().enqueue(m_room, poll_type::start, content);
        });
}

Result<TransactionId> RoomPolls::vote(const EventId &poll, const QStringList &choices)
{
    return openPoll(poll).and_then([&](const timeline::Poll &asked) -> Result<TransactionId> {
        const auto &answers = asked.start.answers;
        const bool known = std::all_of(choices.cbegin(), choices.cend(), [&](const QString &id) {
            return std::any_of(answers.cbegin(), answers.cend(),
                               [&](const PollAnswer &answer) { return answer.id == id; });
        });
        if (!known)
            return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s, u"answers: none of this poll"_s);
        return m_engine.queue().enqueue(
            m_room, poll_type::response,
            composeVote(poll, choices.first(std::min<qsizetype>(choices.size(), asked.start.maxSelections))));
    });
}

Result<TransactionId> RoomPolls::end(const EventId &poll)
{
    return openPoll(poll).and_then([&](const timeline::Poll &) -> Result<TransactionId> {
        const auto row = m_engine.cache().events().event(m_room, poll);
        const auto levels = rooms::RoomState(m_engine.cache().rooms(), m_room).powerLevels();
        if (!row || !levels)
            return tl::unexpected(!row ? row.error() : levels.error());
        const bool own = *row && (*row)->event.event.sender == m_engine.user();
        if (!own && levels->of(m_engine.user()) < levels->toRedact())
            return fail(ErrorKind::Forbidden, u"PARVIS_NOT_YOUR_MESSAGE"_s);
        return m_engine.queue().enqueue(m_room, poll_type::end, composePollEnd(poll, u"Poll ended"_s));
    });
}

} // namespace parvis
