// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/sentences.h"

using namespace Qt::StringLiterals;

namespace parvis {

QString Sentences::change(const StateChange &change, const QString &who, bool own)
{
    using What = StateChange::What;
    switch (change.what) {
    case What::None:
        return {};
    case What::Joined:
        return own ? tr("You have joined the conversation.") : tr("%1 has joined the conversation.").arg(who);
    case What::Left:
        return own ? tr("You have left the conversation.") : tr("%1 has left the conversation.").arg(who);
    case What::InviteDeclined:
        return own ? tr("You have declined the invitation.") : tr("%1 has declined the invitation.").arg(who);
    case What::DisplayName:
        if (change.after.isEmpty())
            return tr("%1 no longer shows a name.").arg(change.before.isEmpty() ? who : change.before);
        return change.before.isEmpty() ? tr("%1 has chosen a name.").arg(change.after)
                                       : tr("%1 is now called %2.").arg(change.before, change.after);
    case What::Picture:
        return own ? tr("You have changed your picture.") : tr("%1 has changed their picture.").arg(who);
    case What::Invited:
    case What::InviteWithdrawn:
    case What::Removed:
    case What::Banned:
    case What::Unbanned:
        return membershipByOther(change, who, own);
    case What::RoomCreated:
    case What::EncryptionOn:
    case What::RoomName:
    case What::RoomTopic:
    case What::RoomPicture:
    case What::JoinRule:
    case What::HistoryVisibility:
    case What::PowerLevels:
    case What::Upgraded:
        return roomChange(change, who, own);
    }
    Q_UNREACHABLE();
    return {};
}

QString Sentences::membershipByOther(const StateChange &change, const QString &who, bool own)
{
    const auto &whom = change.subjectName;
    switch (change.what) {
    case StateChange::What::Invited:
        if (change.subjectIsOwn)
            return tr("%1 has invited you.").arg(who);
        return own ? tr("You have invited %1.").arg(whom) : tr("%1 has invited %2.").arg(who, whom);
    case StateChange::What::InviteWithdrawn:
        return own ? tr("You have withdrawn the invitation of %1.").arg(whom)
                   : tr("%1 has withdrawn the invitation of %2.").arg(who, whom);
    case StateChange::What::Removed:
        if (change.subjectIsOwn)
            return tr("%1 has removed you from the conversation.").arg(who);
        return own ? tr("You have removed %1.").arg(whom) : tr("%1 has removed %2.").arg(who, whom);
    case StateChange::What::Banned:
        if (change.subjectIsOwn)
            return tr("%1 has banned you from the conversation.").arg(who);
        return own ? tr("You have banned %1.").arg(whom) : tr("%1 has banned %2.").arg(who, whom);
    default:
        return own ? tr("You have lifted the ban of %1.").arg(whom)
                   : tr("%1 has lifted the ban of %2.").arg(who, whom);
    }
}

QString Sentences::roomChange(const StateChange &change, const QString &who, bool own)
{
    const auto &now = change.after;
    switch (change.what) {
    case StateChange::What::RoomCreated:
        return own ? tr("You have created the conversation.")
                   : tr("%1 has created the conversation.").arg(who);
    case StateChange::What::EncryptionOn:
        return tr("Messages are end-to-end encrypted from here on.");
    case StateChange::What::RoomName:
        if (now.isEmpty())
            return own ? tr("You have removed the name.") : tr("%1 has removed the name.").arg(who);
        return own ? tr("You have named the conversation “%1”.").arg(now)
                   : tr("%1 has named the conversation “%2”.").arg(who, now);
    case StateChange::What::RoomTopic:
        if (now.isEmpty())
            return own ? tr("You have removed the topic.") : tr("%1 has removed the topic.").arg(who);
        return own ? tr("You have changed the topic: “%1”.").arg(now)
                   : tr("%1 has changed the topic: “%2”.").arg(who, now);
    case StateChange::What::RoomPicture:
        return own ? tr("You have changed the conversation’s picture.")
                   : tr("%1 has changed the conversation’s picture.").arg(who);
    case StateChange::What::JoinRule:
        return own ? tr("You have changed who can join.") : tr("%1 has changed who can join.").arg(who);
    case StateChange::What::HistoryVisibility:
        return own ? tr("You have changed who can read earlier messages.")
                   : tr("%1 has changed who can read earlier messages.").arg(who);
    case StateChange::What::PowerLevels:
        return own ? tr("You have changed who may do what.") : tr("%1 has changed who may do what.").arg(who);
    default:
        return own ? tr("You have moved the conversation to a new room.")
                   : tr("%1 has moved the conversation to a new room.").arg(who);
    }
}

QString Sentences::unreadable(UnreadableReason reason)
{
    switch (reason) {
    case UnreadableReason::None:
        return {};
    case UnreadableReason::KeyNotArrived:
        return tr("The key of this message has not arrived on this device yet.");
    case UnreadableReason::BeingFetched:
        return tr("The key of this message is being fetched from your key backup.");
    case UnreadableReason::SentBeforeDevice:
        return tr("This message was sent before this device existed.");
    case UnreadableReason::BackupLocked:
        return tr(
            "This message was sent before this device existed. Its key may be in your key backup, which "
            "this device cannot open yet.");
    case UnreadableReason::NotInBackup:
        return tr(
            "This message was sent before this device existed, and your key backup does not have its key.");
    case UnreadableReason::KeyStartsLater:
        return tr("The key that this device got opens later messages only.");
    case UnreadableReason::SentBeforeJoining:
        return tr("This message was sent before you joined.");
    case UnreadableReason::NotForThisDevice:
        return tr("The sender did not share this message with this device.");
    case UnreadableReason::UntrustedDevice:
        return tr("The sender shares messages with verified devices only.");
    case UnreadableReason::Replayed:
        return tr("This message copies another one and is not shown.");
    case UnreadableReason::BadSignature:
        return tr("This message does not come from the person it names and is not shown.");
    case UnreadableReason::Damaged:
        return tr("This message is damaged and cannot be read.");
    case UnreadableReason::UnknownAlgorithm:
        return tr("This message is encrypted in a way that this version does not know.");
    }
    Q_UNREACHABLE();
    return {};
}

QString Sentences::unreadable(UnreadableReason reason, int count)
{
    switch (reason) {
    case UnreadableReason::None:
        return {};
    case UnreadableReason::KeyNotArrived:
        return tr("The keys of %n message(s) have not arrived on this device yet.", "", count);
    case UnreadableReason::BeingFetched:
        return tr("The keys of %n message(s) are being fetched from your key backup.", "", count);
    case UnreadableReason::SentBeforeDevice:
        return tr("%n message(s) were sent before this device existed.", "", count);
    case UnreadableReason::BackupLocked:
        return tr("%n message(s) were sent before this device existed. Their keys may be in your key backup, "
                  "which this device cannot open yet.",
                  "", count);
    case UnreadableReason::NotInBackup:
        return tr(
            "%n message(s) were sent before this device existed, and your key backup does not have their "
            "keys.",
            "", count);
    case UnreadableReason::KeyStartsLater:
        return tr("%n message(s) are older than the keys that this device got.", "", count);
    case UnreadableReason::SentBeforeJoining:
        return tr("%n message(s) were sent before you joined.", "", count);
    case UnreadableReason::NotForThisDevice:
        return tr("%n message(s) were not shared with this device.", "", count);
    case UnreadableReason::UntrustedDevice:
        return tr("%n message(s) were shared with verified devices only.", "", count);
    case UnreadableReason::Replayed:
        return tr("%n message(s) copy others and are not shown.", "", count);
    case UnreadableReason::BadSignature:
        return tr("%n message(s) do not come from the people they name and are not shown.", "", count);
    case UnreadableReason::Damaged:
        return tr("%n message(s) are damaged and cannot be read.", "", count);
    case UnreadableReason::UnknownAlgorithm:
        return tr("%n message(s) are encrypted in a way that this version does not know.", "", count);
    }
    Q_UNREACHABLE();
    return {};
}

QString Sentences::shield(ShieldReason reason, const UserId &sharedBy)
{
    switch (reason) {
    case ShieldReason::None:
        return {};
    case ShieldReason::UnsignedDevice:
        return tr("Sent from a device that its owner has not verified.");
    case ShieldReason::UnknownDevice:
        return tr("Sent from a device that is unknown or was removed.");
    case ShieldReason::UnverifiedPerson:
        return tr("You have not verified this person.");
    case ShieldReason::IdentityChanged:
        return tr("You had verified who sent this, and that no longer holds: their identity, or that of your "
                  "account, has changed.");
    case ShieldReason::KeyFromElsewhere:
        if (!sharedBy.isEmpty())
            //: %1: a person's Matrix id
            return tr("%1 gave you the key of this message with the invitation: its sender is not proven.")
                .arg(sharedBy.toString());
        return tr("The key of this message came from a backup: its sender is not proven.");
    case ShieldReason::SentInClear:
        return tr("This message was not encrypted.");
    }
    Q_UNREACHABLE();
    return {};
}

QString Sentences::cannotSend(RoomHeader::CannotSend reason)
{
    switch (reason) {
    case RoomHeader::CannotSend::No:
        return {};
    case RoomHeader::CannotSend::NotMember:
        return tr("You are not in this conversation. You cannot write here.");
    case RoomHeader::CannotSend::ReadOnly:
        return tr("Only some members may write here. You can read.");
    case RoomHeader::CannotSend::Upgraded:
        return tr("This conversation goes on in a new room.");
    case RoomHeader::CannotSend::EncryptionUnknown:
        return tr("This conversation is encrypted in a way that this version does not know. You cannot write "
                  "here.");
    }
    Q_UNREACHABLE();
    return {};
}

QString Sentences::preview(const RoomSummary &room)
{
    if (room.membership == Membership::Invite)
        return room.inviterName.isEmpty() ? tr("Invitation") : tr("Invitation from %1").arg(room.inviterName);
    const auto &last = room.last;
    QString text = last.preview;
    switch (last.kind) {
    case ItemKind::Text:
    case ItemKind::Notice:
    case ItemKind::Image:
    case ItemKind::File:
    case ItemKind::Audio:
    case ItemKind::Video:
        break;
    case ItemKind::Emote:
        return last.senderName + u' ' + text;
    case ItemKind::State:
        return change(last.change, last.senderName, last.own);
    case ItemKind::Unreadable:
        text = tr("Message that cannot be read yet");
        break;
    case ItemKind::Redacted:
        text = tr("Message removed");
        break;
    case ItemKind::Poll:
    case ItemKind::Location:
    case ItemKind::Unknown:
        text = text.isEmpty() ? tr("Message of an unknown kind") : text;
        break;
    }
    if (text.isEmpty() || last.ts == 0)
        return {};
    if (last.own)
        return tr("You: %1").arg(text);
    //: 1: first name or name, 2: message
    return room.direct ? text : tr("%1: %2").arg(last.senderName.section(u' ', 0, 0), text);
}

} // namespace parvis
