// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/timeline_values.h"

#include "engine/person_name.h"
#include "media/file_name.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

SendState stateOf(timeline::ItemState state)
{
    switch (state) {
    case timeline::ItemState::Sent:
        return SendState::Sent;
    case timeline::ItemState::Queued:
        return SendState::Queued;
    case timeline::ItemState::Sending:
        return SendState::Sending;
    case timeline::ItemState::Failed:
        return SendState::Failed;
    }
    Q_UNREACHABLE();
    return SendState::Sent;
}

ItemKind kindOf(const timeline::Item &item)
{
    switch (item.kind) {
    case timeline::ItemKind::State:
        return ItemKind::State;
    case timeline::ItemKind::Unreadable:
        return ItemKind::Unreadable;
    case timeline::ItemKind::Redacted:
        return ItemKind::Redacted;
    case timeline::ItemKind::Poll:
        return ItemKind::Poll;
    case timeline::ItemKind::Other:
        return ItemKind::Unknown;
    case timeline::ItemKind::Message:
        break;
    }
    switch (item.message.kind) {
    case MessageKind::Text:
        return ItemKind::Text;
    case MessageKind::Notice:
        return ItemKind::Notice;
    case MessageKind::Emote:
        return ItemKind::Emote;
    case MessageKind::Image:
        return ItemKind::Image;
    case MessageKind::File:
        return ItemKind::File;
    case MessageKind::Audio:
        return ItemKind::Audio;
    case MessageKind::Video:
        return ItemKind::Video;
    case MessageKind::Location:
        return ItemKind::Location;
    case MessageKind::Other:
        return ItemKind::Unknown;
    }
    Q_UNREACHABLE();
    return ItemKind::Unknown;
}

StateChange::What whatOf(timeline::Change::What what)
{
    using From = timeline::Change::What;
    using To = StateChange::What;
    switch (what) {
    case From::None:
        return To::None;
    case From::RoomCreated:
        return To::RoomCreated;
    case From::EncryptionOn:
        return To::EncryptionOn;
    case From::Joined:
        return To::Joined;
    case From::Left:
        return To::Left;
    case From::Invited:
        return To::Invited;
    case From::InviteDeclined:
        return To::InviteDeclined;
    case From::InviteWithdrawn:
        return To::InviteWithdrawn;
    case From::Removed:
        return To::Removed;
    case From::Banned:
        return To::Banned;
    case From::Unbanned:
        return To::Unbanned;
    case From::Knocked:
        return To::None;
    case From::DisplayName:
        return To::DisplayName;
    case From::Picture:
        return To::Picture;
    case From::RoomName:
        return To::RoomName;
    case From::RoomTopic:
        return To::RoomTopic;
    case From::RoomPicture:
        return To::RoomPicture;
    case From::JoinRule:
        return To::JoinRule;
    case From::HistoryVisibility:
        return To::HistoryVisibility;
    case From::PowerLevels:
        return To::PowerLevels;
    case From::Upgraded:
        return To::Upgraded;
    }
    Q_UNREACHABLE();
    return To::None;
}

MediaInfo mediaOf(const Message &message)
{
    const Attachment &file = message.attachment;
    return {.name = cleanFileName(message.fileName),
            .mediaType = file.mediaType,
            .bytes = file.bytes,
            .width = file.width,
            .height = file.height,
            .caption = message.caption,
            .encrypted = file.encrypted};
}

PollState pollOf(const timeline::Poll &poll)
{
    PollState state{.choices = {},
                    .maxSelections = poll.start.maxSelections,
                    .disclosed = poll.start.disclosed,
                    .ended = poll.ended,
                    .people = poll.people};
    for (qsizetype i = 0; i < poll.start.answers.size(); ++i) {
        const PollAnswer &answer = poll.start.answers.at(i);
        state.choices.append({.id = answer.id,
                              .text = answer.text,
                              .voters = poll.voters.value(i),
                              .own = poll.ownVote.contains(answer.id)});
    }
    return state;
}

timeline::ItemState echoState(store::QueueState state)
{
    switch (state) {
    case store::QueueState::Queued:
        return timeline::ItemState::Queued;
    case store::QueueState::Sending:
    case store::QueueState::Sent:
        return timeline::ItemState::Sending;
    case store::QueueState::Failed:
        return timeline::ItemState::Failed;
    }
    Q_UNREACHABLE();
    return timeline::ItemState::Queued;
}

int percentOf(const timeline::Item &item, const QList<FileTransfer> &transfers)
{
    const auto it = std::find_if(transfers.cbegin(), transfers.cend(),
                                 [&](const FileTransfer &transfer) { return concerns(transfer, item); });
    if (it == transfers.cend())
        return -1;
    return it->total > 0 ? int(std::clamp<qint64>(it->done * 100 / it->total, 0, 100)) : 0;
}

} // namespace

Shield shieldOf(ShieldColour colour)
{
    switch (colour) {
    case ShieldColour::None:
        return Shield::None;
    case ShieldColour::Grey:
        return Shield::Grey;
    case ShieldColour::Red:
        return Shield::Red;
    }
    Q_UNREACHABLE();
    return Shield::None;
}

ShieldReason shieldReasonOf(const QString &word)
{
    if (word == "unknown_device"_L1)
        return ShieldReason::UnknownDevice;
    if (word == "unsigned_device"_L1)
        return ShieldReason::UnsignedDevice;
    if (word == "key_from_elsewhere"_L1)
        return ShieldReason::KeyFromElsewhere;
    if (word == "identity_changed"_L1)
        return ShieldReason::IdentityChanged;
    return word == "sent_in_clear"_L1 ? ShieldReason::SentInClear : ShieldReason::None;
}

bool concerns(const FileTransfer &transfer, const timeline::Item &item)
{
    return transfer.event.isEmpty() ? transfer.txn == item.txn : transfer.event == item.id;
}

TimelineItem toClient(const timeline::Item &item, const LineContext &context, const UnreadableCause &cause)
{
    const PersonName person = splitPersonName(item.senderName);
    TimelineItem line{.key = item.key,
                      .eventId = item.id,
                      .txnId = item.txn,
                      .state = stateOf(item.state),
                      .error = item.error,
                      .sender = item.sender,
                      .senderName = person.name,
                      .senderOrganisation = person.organisation,
                      .own = item.own,
                      .ts = item.ts,
                      .kind = kindOf(item),
                      .body = item.body(),
                      .change = {.what = whatOf(item.change.what),
                                 .subjectName = splitPersonName(item.change.subjectName).name,
                                 .subjectIsOwn = false,
                                 .before = item.change.before,
                                 .after = item.change.after},
                      .media = {},
                      .poll = item.poll ? std::optional(pollOf(*item.poll)) : std::nullopt,
                      .geoUri = item.geoUri,
                      .encrypted = item.encrypted,
                      .unreadable = cause.reason,
                      .remedy = cause.remedy,
                      .shield = shieldOf(item.shield),
                      .shieldReason = shieldReasonOf(item.shieldReason),
                      .sharedBy = item.sharedBy,
                      .edited = item.edited,
                      .mention = item.mention,
                      .replyTo = item.replyTo,
                      .threadRoot = item.threadRoot,
                      .reactions = {},
                      .inThread = item.inThread,
                      .readBy = item.readBy};
    for (const timeline::Reaction &reaction : item.reactions)
        line.reactions.append({.key = reaction.key, .senders = reaction.senders, .own = reaction.own});
    if (line.hasMedia())
        line.media = mediaOf(item.message);
    line.media.percent = line.hasMedia() ? percentOf(item, context.transfers) : -1;
    // What is not sent yet has no address, and no key to be seen.
    line.media.encrypted |= line.hasMedia() && line.encrypted && line.state != SendState::Sent;
    const bool text = line.kind == ItemKind::Text || line.kind == ItemKind::Emote;
    line.editable =
        line.own && text && line.state == SendState::Sent && !line.eventId.isEmpty() && context.canSend;
    return line;
}

timeline::LocalEcho toEcho(const store::QueueRow &row, std::optional<Error> error, bool encrypted)
{
    return {.txn = row.txnId,
            .state = echoState(row.state),
            .error = std::move(error),
            .ts = row.createdMs,
            .type = row.kind,
            .content = row.content,
            .sentAs = row.eventId,
            .encrypted = encrypted};
}

} // namespace parvis
