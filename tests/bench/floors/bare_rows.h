// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "search/stemmer.h"
#include "store/database.h"

#include <string>
#include <string_view>

namespace parvis::bench {

/// What one pass over an event finds; views into the answer that it stands in.
struct BareEvent {
    std::string_view raw, type, sender, id, stateKey;
    bool isState = false;
    qint64 ts = 0;
    // Of the content
    std::string_view body, session, relType, relTarget;
    std::string_view membership, displayName, avatar;
    std::string_view name, topic, alias, algorithm, roomVersion, roomType, joinRule, history;
};

/// The columns of a room that its state and the answer fill.
struct BareRoom {
    qint64 row = 0;
    qint64 nextPlace = 0;
    qint64 recency = 0;
    qint64 unread = 0, highlight = 0, joined = 0;
    std::string_view heroes = "[]";
    std::string name, topic, avatar, alias, encryption, encryptionEvent, roomType,
        roomVersion = "1", joinRule, history, lastEvent, readUpTo;
};

/// Rows in the tables of cache.db, each written by one prepared statement and never looked for first: the
/// least that storing an account can cost. What goes wrong ends the program.
class BareRows
{
public:
    /// @p stems: the index gets the product's words and stems instead of the folded text. Making them is not
    /// the floor's work: stemmingSeconds() tells how much processor time it took.
    BareRows(const QString &path, std::string own, bool stems);

    void begin();
    void commit();

    void startRoom(BareRoom &room, std::string_view id);
    void timelineEvent(BareRoom &room, const BareEvent &event);
    void stateEvent(BareRoom &room, const BareEvent &event);
    void receipt(BareRoom &room, std::string_view user, std::string_view thread, std::string_view event,
                 qint64 ts);
    void roomAccountData(const BareRoom &room, std::string_view type, std::string_view raw);
    void accountData(std::string_view type, std::string_view raw);
    void finishRoom(const BareRoom &room);
    void position(std::string_view value);

    [[nodiscard]] qint64 documents() const { return m_documents; }
    [[nodiscard]] double stemmingSeconds() const { return m_stemmingSeconds; }

private:
    void index(qint64 row, std::string_view body);

    std::string m_own;
    bool m_stems;
    std::unique_ptr<Database> m_database;
    Statement m_room, m_event, m_state, m_member, m_receipt, m_roomData, m_data, m_roomEnd, m_text,
        m_position;
    search::Stemmer m_stemmer;
    std::string m_folded;
    qint64 m_documents = 0;
    double m_stemmingSeconds = 0;
};

} // namespace parvis::bench
