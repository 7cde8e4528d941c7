// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/state_changes.h"
#include "store/database.h"

namespace parvis {

/// What a message has beside its words. Stored: new ones go to the end.
enum SearchHas : int { HasFile = 1, HasImage = 2, HasVideo = 4, HasAudio = 8, HasLink = 16 };

/// An event that the index does not know yet as it is now.
struct SearchPending {
    qint64 row = 0; ///< in events
    qint64 room = 0;
    RoomId roomId;
    RoomEvent event;
    bool mayBeEdited = false; ///< something refers to it with m.replace
    bool told = true;         ///< has a line of its own; an edit has none
};

/// What the index takes of one event. Without words and anything that it has, it leaves the index.
struct SearchDocument {
    qint64 row = 0;
    qint64 room = 0;
    UserId sender{};
    qint64 ts = 0;         ///< of the event, but never later than it came here
    int has = 0;           ///< SearchHas
    QByteArray words = {}; ///< folded, separated by blanks, in their order
    QByteArray stems = {};

    [[nodiscard]] bool isEmpty() const { return words.isEmpty() && has == 0; }
};

/// Makes of events what the index takes of them.
class SearchDocuments
{
public:
    virtual ~SearchDocuments() = default;
    /// One for each of @p events, an empty one where there is nothing to find. Inside the transaction of a
    /// commit.
    [[nodiscard]] virtual Result<QList<SearchDocument>> documentsOf(const QList<SearchPending> &events) = 0;
};

/// Where a page of results ends.
struct SearchPlace {
    qint64 ts = 0; ///< of the last event; of no meaning with the best first
    qint64 id = 0; ///< of its document; with the best first: how many results came before

    friend auto operator<=>(const SearchPlace &, const SearchPlace &) = default;
};

/// What is asked of the index. Only rooms that the person is in are looked at.
struct SearchTerms {
    QByteArray match = {}; ///< an FTS5 expression over the columns words and stems; empty: everything
    RoomId room = {};      ///< empty: all
    UserId sender = {};    ///< empty: anybody
    std::optional<qint64> from = {};  ///< milliseconds since 1970, inclusive
    std::optional<qint64> until = {}; ///< exclusive
    int has = 0;                      ///< one of these SearchHas is enough; 0: whatever
    bool best = false;                ///< best matches first rather than the newest
    int limit = 20;
    std::optional<SearchPlace> after = {}; ///< SearchPage::next of the page before
};

struct SearchRow {
    RoomId room;
    RoomEvent event;
};

struct SearchPage {
    QList<SearchRow> rows;           ///< newest, or best, first
    std::optional<SearchPlace> next; ///< for the page behind this one; empty: there is none
};

/// How much of what is on this machine the index knows.
struct SearchCounts {
    qint64 documents = 0;
    qint64 pending = 0;
    qint64 rooms = 0;            ///< with at least one document
    qint64 roomsWithoutKeys = 0; ///< with at least one message that cannot be read

    bool operator==(const SearchCounts &) const = default;
};

/// How far the index reaches in one room.
struct SearchReach {
    RoomId room;
    qint64 documents = 0;
    qint64 oldestMs = 0;   ///< of the oldest event that is here; 0: none
    bool complete = false; ///< back to the room's beginning, without a hole
    qint64 unreadable = 0;

    bool operator==(const SearchReach &) const = default;
};

/// Where what is here of a room ends: older messages lie behind the hole before @p place.
struct SearchFrontier {
    RoomId room;
    TimelinePlace place{};
    qint64 ts = 0; ///< of the oldest event on this side of the hole

    bool operator==(const SearchFrontier &) const = default;
};

/// The full-text index in cache.db. Calls are queries; those that only read may use a connection of their
/// own.
class SearchStore
{
public:
    explicit SearchStore(Database &database) : m_database(database) {}

    /// The first that wait, oldest first: at most @p limit, and no more than @p bytes of JSON, but at least
    /// one.
    [[nodiscard]] Result<QList<SearchPending>> pending(int limit, qsizetype bytes) const;
    [[nodiscard]] Result<bool> hasPending() const;
    /// Writes @p documents, whatever the index had of their events before, and takes them off the list; in
    /// one transaction.
    [[nodiscard]] Result<void> write(const QList<SearchDocument> &documents);
    /// The same for events that came with this commit. Inside its transaction.
    [[nodiscard]] Result<void> writeNew(const QList<SearchDocument> &documents);

    /// PARVIS_CANCELLED where the connection was interrupted.
    [[nodiscard]] Result<SearchPage> find(const SearchTerms &terms) const;
    [[nodiscard]] Result<SearchCounts> counts() const;
    /// Of every room that the person is in and that has an event or a hole.
    [[nodiscard]] Result<QList<SearchReach>> reach() const;
    /// Of every room that the person is in and that has a hole: the newest one.
    [[nodiscard]] Result<QList<SearchFrontier>> frontiers() const;
    [[nodiscard]] Result<std::optional<SearchFrontier>> frontier(const RoomId &room) const;

    /// The part of a commit: an event came or looks different. Inside its transaction.
    [[nodiscard]] Result<void> lookAt(qint64 row);
    [[nodiscard]] Result<void> lookAgain(qint64 room, const EventId &id);
    /// What was taken back leaves at once. Inside the transaction of a commit.
    [[nodiscard]] Result<void> remove(qint64 room, const EventId &id);
    [[nodiscard]] Result<void> removeRoom(qint64 room);

private:
    [[nodiscard]] Result<void> removeEntry(qint64 id);
    [[nodiscard]] Result<void> insertAll(const QList<SearchDocument> &documents);
    [[nodiscard]] Result<qint64> senderRow(const UserId &user);
    /// Takes the first free id from @p least on, and from where the document's time stands; answers with it.
    [[nodiscard]] Result<qint64> insert(const SearchDocument &document, qint64 least);

    Database &m_database;
    QHash<UserId, qint64> m_senders; ///< of one write: a rollback takes new ones away
};

} // namespace parvis
