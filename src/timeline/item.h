// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"
#include "events/message.h"
#include "events/room_event.h"
#include "timeline/poll_tally.h"

namespace parvis::timeline {

enum class ItemState { Sent, Queued, Sending, Failed };

/// What a line of the timeline is.
enum class ItemKind {
    Message,    ///< Item::message says which kind
    State,      ///< Item::change says what happened
    Unreadable, ///< Item::reason says why
    Redacted,
    Poll,  ///< Item::poll; body is the question
    Other, ///< a kind of message that this version cannot show; body is its plain text, maybe empty
};

/// A state event in pieces; the window makes the sentence.
struct Change {
    enum class What {
        None,
        RoomCreated,
        EncryptionOn,
        Joined,
        Left,
        Invited,
        InviteDeclined,
        InviteWithdrawn,
        Removed,
        Banned,
        Unbanned,
        Knocked,
        DisplayName, ///< before -> after
        Picture,
        RoomName,  ///< after
        RoomTopic, ///< after
        RoomPicture,
        JoinRule,          ///< after: the word of the specification
        HistoryVisibility, ///< likewise
        PowerLevels,
        Upgraded,
    };

    What what = What::None;
    UserId subject; ///< on whom it was done; empty: the sender
    QString subjectName;
    QString memberName; ///< of a membership: what the event itself calls whom it is about
    QString before;
    QString after;

    bool operator==(const Change &) const = default;
};

/// Who answered a message with one sign.
struct Reaction {
    QString key; ///< as it was sent: almost always an emoji; a stranger's text
    QList<UserId> senders;
    bool own = false; ///< we are among them

    bool operator==(const Reaction &) const = default;
};

/// One line of a conversation. Immutable once it is in a list; crosses threads by value.
struct Item {
    QString key; ///< stable from local echo to remote event
    EventId id;  ///< empty until the server has it
    TransactionId txn;
    ItemState state = ItemState::Sent;
    std::optional<Error> error;

    UserId sender;
    QString senderName;
    bool own = false;
    qint64 ts = 0; ///< the sender's server's clock, kept between 1970 and 9999: for display only

    ItemKind kind = ItemKind::Message;
    QString type; ///< of the event, decrypted where it was encrypted
    Message message;
    Change change;
    std::optional<Poll> poll;
    QString geoUri; ///< of a place that was sent: "geo:" and two numbers; empty: none
    EventId replyTo;
    EventId threadRoot; ///< the message that it is in the thread of
    QList<Reaction> reactions;
    int inThread = 0; ///< so many messages are in the thread that begins here, as far as is known

    QList<UserId> readBy; ///< of others: who has read up to here, and no further

    bool encrypted = false;
    Undecryptable reason = Undecryptable::None;
    bool beforeJoining = false; ///< with Unreadable: the server says that we were not a member then
    SessionId session;          ///< of an encrypted message: who made it says how it is marked
    ShieldColour shield = ShieldColour::None;
    QString shieldReason; ///< also "sent_in_clear"
    UserId sharedBy;      ///< who passed the key on with an invitation; empty: nobody

    bool edited = false;
    bool mention = false; ///< names the person

    [[nodiscard]] const QString &body() const { return message.body; }
    [[nodiscard]] bool isReadable() const { return kind != ItemKind::Unreadable; }
    bool operator==(const Item &) const = default;
};

/// What the send queue shows of a message that the server has not confirmed.
struct LocalEcho {
    TransactionId txn;
    ItemState state = ItemState::Queued;
    std::optional<Error> error;
    qint64 ts = 0;
    QString type;
    QByteArray content; ///< a JSON object, in clear
    EventId sentAs;     ///< what the server answered; empty before
    bool encrypted = false;
};

} // namespace parvis::timeline
