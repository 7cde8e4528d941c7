// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "rooms/ignored_people.h"
#include "rooms/space_tree.h"
#include "rooms/summary.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

namespace parvis::rooms {

/// Which rooms a view shows.
struct Filter {
    enum class Show {
        All,
        Unread,
        People,
        Rooms,
        Favourites,
        LowPriority,
        Mentions,
        Invitations,
        Knocks,
        Spaces,
    };

    Show show = Show::All;
    QString text;      ///< part of the name, without regard to case and accents
    RoomId space = {}; ///< those in it and in the spaces below; empty: all
    RoomId keep;       ///< counts as unread, so that the open room does not vanish on being read

    bool operator==(const Filter &) const = default;
};

/// Counts over all rooms, of what the push rules tell: a muted room counts for nothing here.
struct Totals {
    int rooms = 0; ///< with something unread
    int messages = 0;
    int highlights = 0;
    int invites = 0;

    bool operator==(const Totals &) const = default;
};

/// True where the person is in the room, or may come in.
[[nodiscard]] bool isPresent(const Summary &room);
/// True where the room belongs into a view: spaces only into that of spaces, and left rooms only for what was
/// not sent there.
[[nodiscard]] bool matches(const Summary &room, const Filter &filter, const QString &foldedText);
/// Invitations, favourites, the rest, low priority; inside each the newest activity first, then by name and
/// id.
[[nodiscard]] bool goesBefore(const Summary &a, const Summary &b);

/// The rooms of the account that pass a filter, in order. Follows the list that made it while both live.
class RoomView
{
public:
    /// @p inside: what the filter's space holds.
    RoomView(Filter filter, const QHash<RoomId, Summary> &rooms, QSet<RoomId> inside = {});

    [[nodiscard]] ObservableList<Summary> &items() { return m_items; }

private:
    friend class RoomList;
    [[nodiscard]] bool shows(const Summary &room) const;
    void replace(const QHash<RoomId, Summary> &rooms);
    void put(const Summary &room);
    void drop(const RoomId &room);
    [[nodiscard]] qsizetype indexOf(const RoomId &room) const;

    Filter m_filter;
    QString m_foldedText;
    QSet<RoomId> m_inside;
    ObservableList<Summary> m_items;
    QHash<RoomId, const Summary *> m_shown; ///< the items: they stay where they are while they are in it
};

/// All rooms of the account, read once from the cache and then following its commits. Core thread.
class RoomList : public QObject
{
    Q_OBJECT

public:
    explicit RoomList(Cache &cache, QObject *parent = nullptr);

    /// Reads all rooms; also after a change of language, because names are words.
    [[nodiscard]] Result<void> load();
    /// Keeps what was made by queries, so that the next start reads one row a room and no message. Comes by
    /// itself some time after, much of it in parts; here all of it at once, as at the end.
    void keepAll();
    /// In these rooms something waits that was not sent: they stay in every view of all rooms until it went
    /// or was cancelled, even when they were left, and even when the cache does not know them.
    void setUnsent(const QSet<RoomId> &rooms);
    [[nodiscard]] std::shared_ptr<RoomView> view(const Filter &filter);
    /// Which rooms are in which spaces; read when first asked for after a change.
    [[nodiscard]] const SpaceTree &spaces();
    [[nodiscard]] std::optional<Summary> room(const RoomId &room) const;
    [[nodiscard]] QList<Summary> all() const { return m_rooms.values(); }
    [[nodiscard]] const Totals &totals() const { return m_totals; }

Q_SIGNALS:
    /// One or more rooms are another now, or gone.
    void changed(const QList<parvis::RoomId> &rooms);
    /// Rooms may be in other spaces than before; once a turn.
    void spacesChanged();

private:
    void follow(const AppliedChanges &applied);
    /// Its row, without what the person does not want to hear.
    [[nodiscard]] Result<Summary> rowOf(const StoredRoom &room);
    void keepSoon();
    void keepSome();
    [[nodiscard]] bool keep(qsizetype most);
    /// Adds what the room counts for, or takes it away again.
    void count(const Summary &room, int sign);
    /// True where the room is another one now, or gone.
    bool take(const RoomId &id, const Result<Summary> &now);
    [[nodiscard]] std::optional<Summary> shown(const RoomId &room) const;
    [[nodiscard]] QHash<RoomId, Summary> allShown() const;
    void showAgain(const QList<RoomId> &rooms);
    /// Its tombstone names a room that names it, and that the person is in.
    [[nodiscard]] bool isReplaced(const Summary &room) const;
    /// Looks at that again; true where it is another answer than before.
    bool checkReplaced(const RoomId &room);
    void lookAtSpacesSoon();
    void lookAtSpaces();

    Cache &m_cache;
    IgnoredPeople m_ignored;
    QSet<RoomId> m_unsent;
    QHash<RoomId, Summary> m_rooms;
    Totals m_totals; ///< of all of them: kept, as an account may have thousands
    SpaceTree m_spaces;
    bool m_spacesRead = false;
    bool m_lookingAtSpaces = false;
    std::vector<std::weak_ptr<RoomView>> m_views;
    QHash<RoomId, QByteArray> m_unkept; ///< of rooms as the cache has them
    QTimer m_keepTimer;
};

} // namespace parvis::rooms
