// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "rooms/summary.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>
#include <vector>

namespace parvis::rooms {

/// Which rooms a view shows.
struct Filter {
    enum class Show { All, Unread, People, Rooms };

    Show show = Show::All;
    QString text; ///< part of the name, without regard to case and accents
    RoomId keep;  ///< counts as unread, so that the open room does not vanish on being read

    bool operator==(const Filter &) const = default;
};

/// Counts over all rooms.
struct Totals {
    int rooms = 0; ///< with something unread
    int messages = 0;
    int highlights = 0;
    int invites = 0;

    bool operator==(const Totals &) const = default;
};

/// True where the room belongs into a view: spaces never do, and left rooms only for what was not sent there.
[[nodiscard]] bool matches(const Summary &room, const Filter &filter, const QString &foldedText);
/// Invitations, favourites, the rest, low priority; inside each the newest activity first, then by name and
/// id.
[[nodiscard]] bool goesBefore(const Summary &a, const Summary &b);

/// The rooms of the account that pass a filter, in order. Follows the list that made it while both live.
class RoomView
{
public:
    RoomView(Filter filter, const QHash<RoomId, Summary> &rooms);

    [[nodiscard]] ObservableList<Summary> &items() { return m_items; }

private:
    friend class RoomList;
    void replace(const QHash<RoomId, Summary> &rooms);
    void put(const Summary &room);
    void drop(const RoomId &room);
    [[nodiscard]] qsizetype indexOf(const RoomId &room) const;

    Filter m_filter;
    QString m_foldedText;
    ObservableList<Summary> m_items;
};

/// All rooms of the account, read once from the cache and then following its commits. Core thread.
class RoomList : public QObject
{
    Q_OBJECT

public:
    explicit RoomList(Cache &cache, QObject *parent = nullptr);

    /// Reads all rooms; also after a change of language, because names are words.
    [[nodiscard]] Result<void> load();
    /// In these rooms something waits that was not sent: they stay in every view of all rooms until it went
    /// or was cancelled, even when they were left, and even when the cache does not know them.
    void setUnsent(const QSet<RoomId> &rooms);
    [[nodiscard]] std::shared_ptr<RoomView> view(const Filter &filter);
    [[nodiscard]] std::optional<Summary> room(const RoomId &room) const;
    [[nodiscard]] QList<Summary> all() const { return m_rooms.values(); }
    [[nodiscard]] Totals totals() const;

Q_SIGNALS:
    /// One or more rooms are another now, or gone.
    void changed(const QList<parvis::RoomId> &rooms);

private:
    void follow(const AppliedChanges &applied);
    [[nodiscard]] std::optional<Summary> shown(const RoomId &room) const;
    [[nodiscard]] QHash<RoomId, Summary> allShown() const;
    void showAgain(const QList<RoomId> &rooms);

    Cache &m_cache;
    QSet<RoomId> m_unsent;
    QHash<RoomId, Summary> m_rooms;
    std::vector<std::weak_ptr<RoomView>> m_views;
};

} // namespace parvis::rooms
