// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What a room holds beside the lines of its conversation: threads, pinned messages, who writes and who has
// read.
#include "client/words.h"

#include <algorithm>

#include "driver.h"
#include "known_rooms.h"
#include "open_timelines.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// Whether @p user, or with none anybody, has read up to @p event or further.
bool hasRead(const OpenTimeline &open, const EventId &event, const UserId &user)
{
    const auto at = std::find_if(open.items.cbegin(), open.items.cend(),
                                 [&](const TimelineItem &item) { return item.eventId == event; });
    return std::any_of(at, open.items.cend(), [&](const TimelineItem &item) {
        return user.isEmpty() ? !item.readBy.isEmpty() : item.readBy.contains(user);
    });
}

/// Whether @p user, or with none anybody, writes.
bool types(const OpenTimeline &open, const UserId &user)
{
    const QList<UserId> &now = open.header.typingUsers;
    return user.isEmpty() ? !now.isEmpty() : now.contains(user);
}

Task<QJsonValue> waitReceipt(OpenTimelines *open, const QJsonObject &args)
{
    const EventId event(args["event"_L1].toString());
    const UserId user(args["user"_L1].toString());
    return open
        ->waitFor(roomOf(args),
                  [event, user](const OpenTimeline &room) { return hasRead(room, event, user); })
        .andThen(open, [](OpenTimeline *) { return answer(QJsonObject()); });
}

Task<QJsonValue> waitTyping(OpenTimelines *open, const QJsonObject &args)
{
    const UserId user(args["user"_L1].toString());
    const bool on = args["on"_L1].toBool(true);
    return open
        ->waitFor(roomOf(args), [user, on](const OpenTimeline &room) { return types(room, user) == on; })
        .andThen(open, [](OpenTimeline *room) {
            return answer(QJsonObject{{"users"_L1, toJson(room->header.typingUsers)}});
        });
}

/// What the desktop would show, as the window would hear of it.
class ShownNotifications : public QObject
{
public:
    ShownNotifications(NotificationPort &port, QObject *parent) : QObject(parent)
    {
        port.subscribeNotifications(this, [this](const ListDiffs<NotificationCard> &diffs) {
            for (const auto &diff : diffs)
                std::visit([this](const auto &change) { apply(change); }, diff.change);
        });
    }
    [[nodiscard]] QList<NotificationCard> newest(int limit) const
    {
        return m_cards.first(std::clamp<qsizetype>(limit, 0, m_cards.size()));
    }

private:
    using Diff = ListDiff<NotificationCard>;
    void apply(const Diff::Reset &change) { m_cards = change.items; }
    void apply(const Diff::Update &change) { m_cards[change.at] = change.item; }
    void apply(const Diff::Remove &change) { m_cards.remove(change.at, change.count); }
    void apply(const Diff::Insert &change)
    {
        for (qsizetype i = 0; i < change.items.size(); ++i)
            m_cards.insert(change.at + i, change.items[i]);
    }

    QList<NotificationCard> m_cards;
};

} // namespace

QJsonObject toJson(const NotificationCard &card)
{
    return {{"room_id"_L1, card.roomId.toString()},
            {"room_name"_L1, card.roomName},
            {"event_id"_L1, card.eventId.toString()},
            {"sender"_L1, card.sender.toString()},
            {"sender_name"_L1, card.senderName},
            {"kind"_L1, card.invitation ? u"invitation"_s : word(card.kind)},
            {"body"_L1, card.body},
            {"readable"_L1, card.readable()},
            {"highlight"_L1, card.highlight},
            {"ts"_L1, card.ts}};
}

QJsonObject toJson(const PollState &poll)
{
    QJsonArray choices;
    for (const PollChoice &choice : poll.choices)
        choices.append(QJsonObject{{"id"_L1, choice.id},
                                   {"text"_L1, choice.text},
                                   {"voters"_L1, toJson(choice.voters)},
                                   {"own"_L1, choice.own}});
    return {{"answers"_L1, choices},
            {"max_selections"_L1, poll.maxSelections},
            {"disclosed"_L1, poll.disclosed},
            {"ended"_L1, poll.ended},
            {"people"_L1, poll.people}};
}

QJsonObject toJson(const ThreadCard &thread)
{
    QJsonObject json = toJson(thread.root);
    json.insert("count"_L1, thread.count);
    if (thread.latest)
        json.insert("latest"_L1, toJson(*thread.latest));
    return json;
}

void addRoomContentCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known,
                            OpenTimelines &timelines)
{
    auto *open = &timelines;
    const auto on = [&protocol, &known, open](const QString &command, auto run) {
        protocol.on(command, [open, &known, run](const QJsonObject &args) {
            auto task = known.find(roomOf(args)).andThen(open, [run, args] { return run(args); });
            return withTimeout(std::move(task), timeoutOf(args), open);
        });
    };
    on(u"threads"_s, [open, ports](const QJsonObject &args) {
        return shaped(ports.timelines.threads(roomOf(args)), open);
    });
    on(u"pins"_s,
       [open, ports](const QJsonObject &args) { return shaped(ports.timelines.pinned(roomOf(args)), open); });
    for (const bool pin : {true, false}) {
        on(pin ? u"pin"_s : u"unpin"_s, [open, ports, pin](const QJsonObject &args) {
            const EventId event(args["event"_L1].toString());
            return done(ports.timelines.setPinned(roomOf(args), event, pin), open);
        });
    }
    protocol.on(u"notifications"_s,
                [shown = new ShownNotifications(ports.notifications, open), &known](const QJsonObject &args) {
                    return known.settled().andThen(shown, [shown, limit = args["limit"_L1].toInt(50)] {
                        return answer(toJson(shown->newest(limit)));
                    });
                });
    on(u"typing"_s, [open](const QJsonObject &args) {
        return open->open(roomOf(args)).andThen(open, [open, args](OpenTimeline *room) {
            return done(room->timeline->setTyping(args["on"_L1].toBool(true)), open);
        });
    });
    on(u"wait_typing"_s, [open](const QJsonObject &args) { return waitTyping(open, args); });
    on(u"wait_receipt"_s, [open](const QJsonObject &args) { return waitReceipt(open, args); });
}

} // namespace parvis::driver
