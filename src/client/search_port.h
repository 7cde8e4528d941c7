// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "client/values.h"

#include <QList>
#include <QString>

#include <optional>

namespace parvis {

/// What a message that is looked for has beside its words.
enum class SearchFor { Anything, File, Image, Video, Audio, Link };

/// What the person looks for.
struct SearchRequest {
    QString text{};  ///< as typed: words, "phrases", -without, begin*; empty with a filter: whatever it lets
                     ///< through
    RoomId room{};   ///< empty: all
    UserId sender{}; ///< empty: anybody
    std::optional<qint64> from = {};  ///< milliseconds since 1970, inclusive
    std::optional<qint64> until = {}; ///< exclusive
    SearchFor has = SearchFor::Anything;
    bool best = false; ///< best matches first rather than the newest
    int limit = 20;    ///< 1 to SearchRequest::longestPage
    QString after{};   ///< SearchResult::next of the page before; empty: the first page

    static constexpr int longestPage = 200;
};

/// A stretch of a text, in UTF-16 units.
struct TextStretch {
    qsizetype from = 0;
    qsizetype length = 0;

    bool operator==(const TextStretch &) const = default;
};

/// A message that was found.
struct SearchHit {
    RoomId roomId;
    EventId eventId;
    UserId sender;
    QString senderName{}; ///< without the organisation
    QString roomName{};
    qint64 ts = 0;
    QString snippet;               ///< one line of it, plain text
    QList<TextStretch> highlights; ///< in the snippet
    bool encrypted = false;
    Shield shield = Shield::None; ///< as in its conversation
    ShieldReason shieldReason = ShieldReason::None;

    bool operator==(const SearchHit &) const = default;
};

/// How much of what is on this machine the search knows.
struct SearchCoverage {
    qint64 rooms = 0; ///< with something that can be found
    qint64 indexedEvents = 0;
    qint64 waiting = 0;             ///< events that the index will take next
    qint64 roomsWithoutAllKeys = 0; ///< in which something cannot be read

    bool operator==(const SearchCoverage &) const = default;
};

struct SearchResult {
    QList<SearchHit> hits;
    QString next{}; ///< for the page behind this one; empty: there is none
    SearchCoverage coverage;
};

/// How far search reaches in one room.
struct RoomCoverage {
    RoomId roomId;
    qint64 indexedEvents = 0;
    qint64 oldestMs = 0;   ///< of what is here; 0: nothing
    bool complete = false; ///< back to the beginning, without a hole
    qint64 unreadable = 0; ///< messages whose keys are missing
};

/// How the fetching of older messages stands, which search may find then.
struct HistoryFetching {
    enum class State {
        Waiting, ///< for the start to be over, or for the network
        Off,     ///< the person or the administration wants none
        Fetching,
        Paused, ///< on battery
        Full,   ///< the disk space that was given is used
        Done,   ///< as far back as wanted, in every room
    };
    State state = State::Waiting;
    qint64 roomsLeft = 0;

    bool operator==(const HistoryFetching &) const = default;
};

struct IndexStatus {
    SearchCoverage coverage;
    HistoryFetching history{};
    qint64 bytes = 0;          ///< of everything that can be fetched again, on the disk
    qint64 mostBytes = 0;      ///< beyond, no older messages are fetched; 0: no limit
    QList<RoomCoverage> rooms; ///< the one that was active last first
};

/// Search over every message that this machine holds. UI thread.
class SearchPort
{
public:
    virtual ~SearchPort() = default;

    /// A text without a word, and without a filter, finds nothing. PARVIS_BAD_REQUEST for an `after` that no
    /// page has given.
    [[nodiscard]] virtual Task<SearchResult> search(const SearchRequest &request) = 0;
    /// What is being looked for answers PARVIS_CANCELLED soon.
    virtual void cancel() = 0;
    [[nodiscard]] virtual Task<IndexStatus> status() = 0;
};

} // namespace parvis
