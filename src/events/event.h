// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace parvis {

/// Longest id, type or state key that the specification allows.
inline constexpr qsizetype maxIdLength = 255;

/// One event as the server sent it: the envelope, checked, and the untouched JSON. Values, any thread.
///
/// The content is parsed when asked for: most events of a synchronisation are stored and never looked at
/// again.
struct Event {
    /// The specification allows 64 KiB, as canonical JSON. A server may escape every letter that is not
    /// ASCII, which triples them; "unsigned" (old content, the redaction, bundled edits and the thread) comes
    /// on top, each of them an event.
    static constexpr qsizetype maxBytes = 1024 * 1024;

    EventId id; ///< empty in stripped state and to-device events
    QString type;
    UserId sender;
    std::optional<QString> stateKey; ///< set: a state event
    qint64 originServerTs = 0;       ///< the sender's server's clock: for display only, never for order
    TransactionId transactionId; ///< unsigned.transaction_id: a hint, to be compared with own pending ones
    bool redacted = false;       ///< unsigned.redacted_because is there: may only hide
    QByteArray raw;              ///< the whole JSON object

    [[nodiscard]] bool isState() const { return stateKey.has_value(); }
    [[nodiscard]] bool isEncrypted() const;
    /// The parsed object; empty when the JSON turns out to be broken.
    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] QJsonObject content() const;
    [[nodiscard]] QJsonObject unsignedData() const;

    bool operator==(const Event &) const = default;
};

namespace event_type {
extern const QString encrypted, message, sticker, reaction, redaction, member, create, name, topic, avatar,
    canonicalAlias, encryption, joinRules, historyVisibility, powerLevels, tombstone, pinnedEvents,
    functionalMembers, fullyRead, markedUnread, tag, direct, ignoredUsers, pushRules;
} // namespace event_type

} // namespace parvis

// Lists of them grow by the thousand.
Q_DECLARE_TYPEINFO(parvis::Event, Q_RELOCATABLE_TYPE);
