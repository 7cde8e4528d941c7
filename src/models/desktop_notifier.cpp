// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/desktop_notifier.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parvis {

namespace {

constexpr auto pause = 300ms; // what comes in one go is told once

template <typename T>
void replay(const ListDiffs<T> &diffs, QList<T> &list)
{
    for (const auto &diff : diffs) {
        if (const auto *insert = std::get_if<typename ListDiff<T>::Insert>(&diff.change)) {
            for (qsizetype i = 0; i < insert->items.size(); ++i)
                list.insert(insert->at + i, insert->items.at(i));
        } else if (const auto *update = std::get_if<typename ListDiff<T>::Update>(&diff.change)) {
            list[update->at] = update->item;
        } else if (const auto *remove = std::get_if<typename ListDiff<T>::Remove>(&diff.change)) {
            list.remove(remove->at, remove->count);
        } else {
            list = std::get<typename ListDiff<T>::Reset>(diff.change).items;
        }
    }
}

} // namespace

DesktopNotifier::DesktopNotifier(Parts parts, QObject *parent) : QObject(parent), m_parts(std::move(parts))
{
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &DesktopNotifier::tell);
    if (m_parts.desktop)
        m_parts.desktop->onAct([this](const QString &key, DesktopPort::Act what) { act(key, what); });
}

DesktopNotifier::~DesktopNotifier()
{
    if (m_parts.desktop)
        m_parts.desktop->onAct({});
}

void DesktopNotifier::follow()
{
    if (m_subscription || !m_parts.desktop)
        return;
    m_subscription = std::make_unique<QObject>();
    m_parts.cards.subscribeNotifications(
        m_subscription.get(), [this](const ListDiffs<NotificationCard> &diffs) { takeCards(diffs); });
    m_parts.rooms.subscribe({.show = RoomFilter::Show::Unread, .text = {}, .keep = {}}, m_subscription.get(),
                            [this](const ListDiffs<RoomSummary> &diffs) { takeUnread(diffs); });
}

void DesktopNotifier::forget()
{
    m_subscription.reset();
    m_delay.stop();
    const auto shown = std::exchange(m_shown, {});
    for (const RoomId &room : shown)
        m_parts.desktop->close(room.toString());
    closeMany();
    m_known = false;
    m_cards.clear();
    m_unread.clear();
    m_news.clear();
    m_waiting.clear();
}

void DesktopNotifier::takeCards(const ListDiffs<NotificationCard> &diffs)
{
    using Key = std::pair<RoomId, EventId>;
    const auto keysOf = [](const QList<NotificationCard> &cards) {
        QSet<Key> keys;
        for (const NotificationCard &card : cards)
            keys.insert({card.roomId, card.eventId});
        return keys;
    };
    QList<NotificationCard> before = m_cards;
    replay(diffs, m_cards);
    if (!std::exchange(m_known, true)) {
        // The list comes whole at first: that is of before, and what stands behind it in one batch is not.
        for (const auto &diff : diffs) {
            if (const auto *whole = std::get_if<ListDiff<NotificationCard>::Reset>(&diff.change))
                before = whole->items;
        }
    }
    const QSet<Key> had = keysOf(before), has = keysOf(m_cards);
    QSet<RoomId> touched;
    const auto oldestFirst = [](QList<NotificationCard> cards) {
        std::reverse(cards.begin(), cards.end());
        return cards;
    };
    const auto cards = oldestFirst(m_cards), cardsBefore = oldestFirst(before);
    for (const NotificationCard &card : cards) {
        if (!had.contains({card.roomId, card.eventId}))
            came(card);
        else if (!before.contains(card))
            touched.insert(card.roomId); // its key came
    }
    // The oldest make room where there are many: nobody took them back.
    const bool full = m_cards.size() >= NotificationPort::mostCards;
    bool madeRoom = full;
    for (const NotificationCard &card : cardsBefore) {
        const bool gone = !has.contains({card.roomId, card.eventId});
        madeRoom = madeRoom && gone;
        if (gone && !madeRoom)
            went(card);
    }
    for (const RoomId &room : std::as_const(touched))
        showAgain(room);
}

void DesktopNotifier::takeUnread(const ListDiffs<RoomSummary> &diffs)
{
    QList<RoomSummary> rooms;
    for (const RoomId &id : std::as_const(m_unread)) {
        rooms.emplace_back();
        rooms.last().roomId = id;
    }
    replay(diffs, rooms);
    const QList<RoomId> before = std::exchange(m_unread, {});
    for (const RoomSummary &room : std::as_const(rooms))
        m_unread.append(room.roomId);
    for (const RoomId &room : before) {
        if (!m_unread.contains(room))
            close(room); // read, here or on another device
    }
}

void DesktopNotifier::came(const NotificationCard &card)
{
    if (m_parts.watching(card.roomId))
        return;
    QList<EventId> &news = m_news[card.roomId];
    if (!news.contains(card.eventId))
        news.append(card.eventId);
    if (!m_waiting.contains(card.roomId))
        m_waiting.append(card.roomId);
    if (!m_delay.isActive())
        m_delay.start(pause);
}

void DesktopNotifier::went(const NotificationCard &card)
{
    const auto news = m_news.find(card.roomId);
    if (news == m_news.end() || news->removeAll(card.eventId) == 0)
        return;
    showAgain(card.roomId);
}

void DesktopNotifier::showAgain(const RoomId &room)
{
    if (!newestOf(room))
        close(room);
    else if (m_shown.contains(room))
        m_parts.desktop->show(noticeOf(room));
}

const NotificationCard *DesktopNotifier::newestOf(const RoomId &room) const
{
    const auto news = m_news.constFind(room);
    if (news == m_news.cend())
        return nullptr;
    const auto newest = std::find_if(m_cards.cbegin(), m_cards.cend(), [&](const NotificationCard &card) {
        return card.roomId == room && news->contains(card.eventId);
    });
    return newest == m_cards.cend() ? nullptr : &*newest;
}

void DesktopNotifier::tell()
{
    QList<RoomId> rooms = std::exchange(m_waiting, {});
    rooms.removeIf([this](const RoomId &room) { return m_parts.watching(room) || !newestOf(room); });
    const bool any = !rooms.isEmpty();
    QSet<RoomId> all = m_shown;
    for (const RoomId &room : std::as_const(rooms))
        all.insert(room);
    if (any && (m_many || all.size() > mostRooms)) {
        const auto shown = std::exchange(m_shown, {});
        for (const RoomId &room : shown)
            m_parts.desktop->close(room.toString());
        m_many = true;
        m_parts.desktop->show({.key = QString::fromLatin1(keyOfMany),
                               .title = tr("Parvis"),
                               .body = tr("New messages in %n conversation(s)", nullptr, int(m_news.size())),
                               .readText = {}});
        return;
    }
    for (const RoomId &room : std::as_const(rooms)) {
        m_shown.insert(room);
        m_parts.desktop->show(noticeOf(room));
    }
}

QString DesktopNotifier::line(const NotificationCard &card)
{
    if (card.invitation)
        return tr("%1 invites you.").arg(card.senderName);
    switch (card.kind) {
    case ItemKind::Unreadable:
        return tr("An encrypted message");
    case ItemKind::Image:
        return tr("A picture");
    case ItemKind::Video:
        return tr("A film");
    case ItemKind::Audio:
        return tr("A sound");
    case ItemKind::File:
        return card.body.isEmpty() ? tr("A file") : tr("A file: %1").arg(card.body);
    case ItemKind::Poll:
        return tr("A poll: %1").arg(card.body);
    case ItemKind::Location:
        return tr("A place");
    default:
        return card.body.isEmpty() ? tr("A message") : card.body;
    }
}

DesktopNotice DesktopNotifier::noticeOf(const RoomId &room) const
{
    const NotificationCard *newest = newestOf(room);
    DesktopNotice notice{.key = room.toString(), .title = {}, .body = {}, .readText = {}};
    if (!newest)
        return notice;
    const int news = int(m_news.value(room).size());
    if (!newest->invitation)
        notice.readText = tr("Mark as read");
    if (m_content == NoticeContent::None) {
        notice.title = tr("Parvis");
        notice.body = tr("%n new message(s)", nullptr, std::max(1, news));
        return notice;
    }
    notice.title = newest->invitation || newest->direct
        ? newest->roomName
        //: 1: a person, 2: a conversation
        : tr("%1 in %2").arg(newest->senderName, newest->roomName);
    if (m_content == NoticeContent::Sender && !newest->invitation) {
        notice.body = tr("%n new message(s)", nullptr, std::max(1, news));
        return notice;
    }
    notice.body = line(*newest);
    if (news > 1)
        notice.body += u'\n' + tr("and %n more", nullptr, news - 1);
    return notice;
}

void DesktopNotifier::setContent(NoticeContent content)
{
    if (std::exchange(m_content, content) == content)
        return;
    for (const RoomId &room : std::as_const(m_shown))
        m_parts.desktop->show(noticeOf(room));
}

void DesktopNotifier::looked(const RoomId &room)
{
    close(room);
    closeMany();
}

void DesktopNotifier::close(const RoomId &room)
{
    m_news.remove(room);
    m_waiting.removeOne(room);
    if (m_shown.remove(room))
        m_parts.desktop->close(room.toString());
    if (m_news.isEmpty())
        closeMany();
}

void DesktopNotifier::closeMany()
{
    if (std::exchange(m_many, false))
        m_parts.desktop->close(QString::fromLatin1(keyOfMany));
}

void DesktopNotifier::act(const QString &key, DesktopPort::Act act)
{
    if (act == DesktopPort::Act::Gone) { // unread all the same: the next one says how many there are
        m_many = m_many && key != QLatin1StringView(keyOfMany);
        m_shown.remove(RoomId(key));
        return;
    }
    if (key == QLatin1StringView(keyOfMany)) {
        m_news.clear();
        closeMany();
        Q_EMIT openWanted({});
        return;
    }
    const RoomId room(key);
    if (act == DesktopPort::Act::MarkRead)
        m_parts.rooms.markRead(room).then(this, [](const Result<void> &) {}); // the list says what is unread
    close(room);
    if (act == DesktopPort::Act::Open)
        Q_EMIT openWanted(key);
}

} // namespace parvis
