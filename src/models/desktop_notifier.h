// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/desktop_port.h"
#include "client/notification_port.h"
#include "client/room_list_port.h"
#include "client/settings_port.h"

#include <QCoreApplication>
#include <QHash>
#include <QTimer>

#include <functional>
#include <memory>

namespace parvis {

/// Tells the desktop of what came: one notice a conversation, exchanged as more comes, gone once it was read
/// here or elsewhere. Never of what the person is looking at. UI thread.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    /// More conversations than this at once are told of in a single notice.
    static constexpr qsizetype mostRooms = 5;
    /// Of a notice that stands for many conversations.
    static constexpr auto keyOfMany = "*";

    struct Parts {
        NotificationPort &cards;
        RoomListPort &rooms;
        DesktopPort *desktop = nullptr; ///< none where the system has nothing to tell with
        /// The person sees what comes to this room.
        std::function<bool(const RoomId &)> watching;
    };

    explicit DesktopNotifier(Parts parts, QObject *parent = nullptr);
    ~DesktopNotifier() override;

    /// Somebody is signed in: from now on. Called again: nothing happens.
    void follow();
    /// The account is closed: nothing of it stays on the screen.
    void forget();
    /// The person looks at this conversation now.
    void looked(const RoomId &room);
    /// How much others may see who look at the same screen; what is shown already is exchanged.
    void setContent(NoticeContent content);

Q_SIGNALS:
    /// The person wants to see it; an empty id: whatever there is.
    void openWanted(const QString &roomId);

private:
    void takeCards(const ListDiffs<NotificationCard> &diffs);
    void takeUnread(const ListDiffs<RoomSummary> &diffs);
    void came(const NotificationCard &card);
    /// It was taken back.
    void went(const NotificationCard &card);
    /// What is on the screen reads differently now, or is gone.
    void showAgain(const RoomId &room);
    /// The newest of the news that is still here; null: none is.
    [[nodiscard]] const NotificationCard *newestOf(const RoomId &room) const;
    void tell();
    void act(const QString &key, DesktopPort::Act act);
    void close(const RoomId &room);
    void closeMany();
    [[nodiscard]] DesktopNotice noticeOf(const RoomId &room) const;
    [[nodiscard]] static QString line(const NotificationCard &card);

    Parts m_parts;
    QList<NotificationCard> m_cards;      ///< the newest first
    QList<RoomId> m_unread;               ///< as the list of unread conversations has them
    QHash<RoomId, QList<EventId>> m_news; ///< what came since the person looked
    QList<RoomId> m_waiting;              ///< told of in a moment, in the order in which they came
    QSet<RoomId> m_shown;                 ///< with a notice of their own
    NoticeContent m_content = NoticeContent::Message;
    bool m_known = false; ///< what was there before somebody could be told
    bool m_many = false;  ///< the notice that stands for many is shown
    QTimer m_delay;
    std::unique_ptr<QObject> m_subscription;
};

} // namespace parvis
