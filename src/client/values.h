// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"
#include "base/ids.h"
#include "client/reader_values.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// \file
/// What crosses from the core to the window: plain values, compared with == before anything is announced.
/// Words for the person are made in the window, because the language can change while it is open.
/// Names, topics and bodies come from other people: already bounded in length, never markup.
namespace parvis {

/// How we stand with the homeserver.
struct Connection {
    enum class State { Offline, Connecting, Online };

    State state = State::Offline;
    std::optional<Error> reason; ///< why it is not online; empty while nothing was tried yet
    qint64 retryAtMs = 0;        ///< UTC; 0: no retry is planned, or one is under way

    bool operator==(const Connection &) const = default;
};

/// Who is signed in; an empty user id means nobody.
struct SessionInfo {
    UserId userId;
    DeviceId deviceId;
    QString homeserver; ///< base URL
    QString serverName; ///< what stands after the colon of the user id
    QString displayName;
    QString organisation;
    bool needsSignIn = false; ///< the server no longer takes the token; files and queue are kept

    bool operator==(const SessionInfo &) const = default;
};

/// Whether what the person does can be kept.
enum class StorageState {
    Good,
    DiskFull,    ///< nothing new can be written; what was there is safe; resumes by itself
    Failing,     ///< reading or writing fails for another reason
    KeysDamaged, ///< a page of keys.db cannot be read; the file stays as it is
};

enum class RoomKind { Private, External, Unencrypted, Public, Direct, Space, Notices };
enum class Membership { Join, Invite, Knock, Leave, Ban };

/// What a line of the timeline is.
enum class ItemKind {
    Text,
    Notice,
    Emote,
    Image, ///< TimelineItem::media says more of these four
    File,
    Audio,
    Video,
    State,      ///< TimelineItem::change says what happened
    Unreadable, ///< encrypted, and we cannot (yet) read it; TimelineItem::unreadable says why
    Redacted,   ///< removed by its author or a moderator
    Poll,       ///< TimelineItem::poll; body is the question
    Location,   ///< TimelineItem::geoUri, where it is a place on earth; body says it in words
    Unknown,    ///< a kind that this version cannot show; body is its plain-text fallback, maybe empty
};

/// Why an encrypted message is not shown. Each has one plain sentence in the window.
enum class UnreadableReason {
    None,
    KeyNotArrived,     ///< no key yet; it may still come
    BeingFetched,      ///< the key is being fetched from the key backup right now
    SentBeforeDevice,  ///< sent before this device existed, and the account has no key backup
    BackupLocked,      ///< sent before this device existed, and this device cannot open the key backup
    NotInBackup,       ///< sent before this device existed, and the key backup does not have its key
    SentBeforeJoining, ///< sent before the person was a member
    KeyStartsLater,    ///< the key that came opens later messages only
    NotForThisDevice,  ///< the sender withheld the key from this device
    UntrustedDevice,   ///< the sender gives keys to verified devices only
    Replayed,          ///< the same ciphertext was seen in another place
    BadSignature,      ///< decrypts, but is not from whom it claims to be from
    Damaged,           ///< the ciphertext or its content breaks the specification
    UnknownAlgorithm,
};

/// What the person can do about an unreadable message.
enum class UnreadableRemedy {
    None,             ///< nothing
    Wait,             ///< nothing yet: the key is on its way
    VerifyThisDevice, ///< with another device of theirs
    EnterRecoveryKey,
    AskAgain, ///< Timeline::askAgain()
};

enum class Shield { None, Grey, Red };
enum class ShieldReason {
    None,
    UnsignedDevice,   ///< the sending device is not signed by its owner
    UnknownDevice,    ///< sent from a device that is gone or was never seen
    UnverifiedPerson, ///< red only where the person was verified before
    IdentityChanged,
    KeyFromElsewhere, ///< the key came from a backup or a file: the sender is not proven
    SentInClear,      ///< unencrypted in an encrypted room
};

enum class SendState { Sent, Queued, Sending, Failed };

/// A state event or a membership change, in pieces; the window makes the sentence.
struct StateChange {
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
        DisplayName, ///< before -> after
        Picture,
        RoomName,  ///< after
        RoomTopic, ///< after
        RoomPicture,
        JoinRule,
        HistoryVisibility,
        PowerLevels,
        Upgraded,
    };

    What what = What::None;
    QString subjectName; ///< on whom it was done, where that is not the sender
    bool subjectIsOwn = false;
    QString before;
    QString after;

    bool operator==(const StateChange &) const = default;
};

/// Who answered a message with one sign.
struct MessageReaction {
    QString key; ///< almost always an emoji; a stranger's text, at most 128 characters
    QList<UserId> senders;
    bool own = false;

    bool operator==(const MessageReaction &) const = default;
};

/// One of the answers of a poll.
struct PollChoice {
    QString id;
    QString text;         ///< a stranger's
    QList<UserId> voters; ///< empty while the votes are secret
    bool own = false;     ///< the person chose it

    bool operator==(const PollChoice &) const = default;
};

/// A poll, as it stands.
struct PollState {
    QList<PollChoice> choices; ///< at most 20
    int maxSelections = 1;
    bool disclosed = true; ///< votes are seen before it ends
    bool ended = false;
    int people = 0; ///< whose votes count; 0 while they are secret

    bool operator==(const PollState &) const = default;
};

/// The file of a message: what its sender says of it, bounded, and nothing that opens it.
struct MediaInfo {
    QString name; ///< cleaned: may be shown, and proposed to be written
    QString mediaType;
    qint64 bytes = -1; ///< -1: not said
    int width = 0;     ///< 0: not said; at most 16384
    int height = 0;
    QString caption;
    bool encrypted = false;
    int percent = -1; ///< of the way to or from the server; -1: it is not on its way

    bool operator==(const MediaInfo &) const = default;
};

/// One line of a conversation, ready to draw but for the language.
struct TimelineItem {
    QString key;         ///< stable from local echo to remote event; never shown
    EventId eventId;     ///< empty until the server has it
    TransactionId txnId; ///< empty for what others sent
    SendState state = SendState::Sent;
    std::optional<Error> error; ///< with SendState::Failed: what the server or the queue said

    UserId sender;
    QString senderName;
    QString senderOrganisation;
    bool senderExternal = false;
    bool own = false;

    qint64 ts = 0; ///< milliseconds since 1970, as the server says; a local echo has our clock
    ItemKind kind = ItemKind::Text;
    QString body; ///< plain text, at most 64 KiB
    StateChange change;
    MediaInfo media;
    std::optional<PollState> poll;
    QString geoUri; ///< "geo:" and two numbers; empty: no place

    bool encrypted = false;
    UnreadableReason unreadable = UnreadableReason::None;
    UnreadableRemedy remedy = UnreadableRemedy::None; ///< with `unreadable`
    Shield shield = Shield::None;
    ShieldReason shieldReason = ShieldReason::None;
    UserId sharedBy; ///< who passed the key on with an invitation to the room; empty: nobody

    bool edited = false;
    bool editable = false; ///< own, text, sent, and the person may still send here
    bool mention = false;  ///< for the person by name
    EventId replyTo;       ///< what it answers; empty: nothing
    EventId threadRoot;    ///< the first message of the thread that it is in; empty: none
    QList<MessageReaction> reactions;
    int inThread = 0;     ///< so many messages are in the thread that begins here, as far as is known
    QList<UserId> readBy; ///< of others: who has read up to here, and no further

    [[nodiscard]] bool readable() const { return kind != ItemKind::Unreadable; }
    [[nodiscard]] bool hasMedia() const
    {
        return kind == ItemKind::Image || kind == ItemKind::File || kind == ItemKind::Audio
            || kind == ItemKind::Video;
    }
    bool operator==(const TimelineItem &) const = default;
};

/// What the room list says of the newest message.
struct LastMessage {
    UserId sender;
    QString senderName;
    bool own = false;
    ItemKind kind = ItemKind::Text;
    QString preview; ///< one line of plain text; empty for State and Unreadable
    StateChange change;
    qint64 ts = 0; ///< 0: there is no message yet

    [[nodiscard]] bool readable() const { return kind != ItemKind::Unreadable; }
    bool operator==(const LastMessage &) const = default;
};

/// A row of the room list.
struct RoomSummary {
    RoomId roomId;
    QString name;
    RoomKind kind = RoomKind::Private;
    bool encrypted = false;
    Membership membership = Membership::Join;
    int unread = 0;        ///< messages that the person has not read
    int notifications = 0; ///< those of them that the push rules tell of
    int highlight = 0;     ///< and of these, what is for the person
    bool markedUnread = false;
    bool favourite = false;
    bool lowPriority = false;
    bool direct = false;   ///< one other person: drawn as a person
    bool external = false; ///< guests from outside may be here
    RoomId replacedBy;     ///< the room that took this one's place; empty: none
    bool replaced = false; ///< that room says so as well, and the person is in it
    QString avatarSeed;  ///< the id by which the colour is chosen: the person's where direct, else the room's
    QString inviterName; ///< with Membership::Invite
    UserId inviter;      ///< with Membership::Invite
    bool hasDraft = false;
    bool hasFailed = false; ///< something could not be sent here and waits for the person
    LastMessage last;

    bool operator==(const RoomSummary &) const = default;
};

/// Counts over all rooms, whatever the filter, of what the push rules tell: what the window's badges show.
struct UnreadTotals {
    int rooms = 0;
    int messages = 0;
    int highlights = 0;
    int invites = 0;

    bool operator==(const UnreadTotals &) const = default;
};

/// A row of the send queue.
struct QueueItem {
    TransactionId txnId;
    RoomId roomId;
    SendState state = SendState::Queued;
    int attempts = 0;
    std::optional<Error> error;

    bool operator==(const QueueItem &) const = default;
};

/// A member of a room.
struct MemberCard {
    UserId userId;
    QString name;
    QString organisation;
    Membership membership = Membership::Join;
    int power = 0;
    bool external = false;
    bool own = false;

    bool operator==(const MemberCard &) const = default;
};

enum class DeviceTrust { Verified, Signed, Unsigned, Blocked, Violated };

/// A device of the person or of somebody else.
struct DeviceCard {
    DeviceId deviceId;
    QString name;
    DeviceTrust trust = DeviceTrust::Unsigned;
    qint64 lastSeenMs = 0; ///< 0: unknown; known of the person's own devices alone
    bool thisDevice = false;
    bool hasKeys = true; ///< false: a session of the person's that does not take part in encryption

    bool operator==(const DeviceCard &) const = default;
};

/// How far a long work on many keys is.
struct KeyProgress {
    enum class Kind { None, Export, Import, Restore };
    Kind kind = Kind::None; ///< None: nothing runs
    qint64 done = 0;        ///< of `total`; the unit is the work's own
    qint64 total = 0;       ///< 0: not known yet

    bool operator==(const KeyProgress &) const = default;
};

/// What stands above a conversation.
struct RoomHeader {
    /// Why the person cannot write here.
    enum class CannotSend { No, NotMember, ReadOnly, Upgraded, EncryptionUnknown };

    RoomId roomId;
    QString name;
    QString topic;
    RoomKind kind = RoomKind::Private;
    Membership membership = Membership::Join;
    QString inviterName; ///< with Membership::Invite
    bool encrypted = false;
    bool direct = false;
    /// Of an encrypted conversation in which nobody is but the person and the one that it is with: that
    /// one's.
    std::optional<PersonIdentity> person;
    QString avatarSeed;
    int memberCount = 0;
    CannotSend cannotSend = CannotSend::No;
    bool atStart = false; ///< nothing older exists
    bool atEnd = true;    ///< the newest messages are shown, and those that come; else a piece of the past
    EventId readUpTo;     ///< the person's own receipt: what follows is new
    QStringList typing;   ///< names, never the person's own
    QList<UserId> typingUsers; ///< whose names these are
    QList<EventId> pinned;     ///< what was pinned here, in the order of the room's members
    ReaderCounts readers;      ///< of an encrypted one; follows what is known

    [[nodiscard]] bool canSend() const { return cannotSend == CannotSend::No; }
    bool operator==(const RoomHeader &) const = default;
};

} // namespace parvis

// Thousands of them stand in one ordered list, in which each message moves a row.
Q_DECLARE_TYPEINFO(parvis::RoomSummary, Q_RELOCATABLE_TYPE);
