// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "client/words.h"

using namespace Qt::StringLiterals;

namespace parvis {

QString word(Connection::State state)
{
    switch (state) {
    case Connection::State::Offline:
        return u"offline"_s;
    case Connection::State::Connecting:
        return u"connecting"_s;
    case Connection::State::Online:
        return u"online"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(RoomKind kind)
{
    switch (kind) {
    case RoomKind::Private:
        return u"private"_s;
    case RoomKind::External:
        return u"external"_s;
    case RoomKind::Unencrypted:
        return u"unencrypted"_s;
    case RoomKind::Public:
        return u"public"_s;
    case RoomKind::Direct:
        return u"direct"_s;
    case RoomKind::Space:
        return u"space"_s;
    case RoomKind::Notices:
        return u"notices"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(Membership membership)
{
    switch (membership) {
    case Membership::Join:
        return u"join"_s;
    case Membership::Invite:
        return u"invite"_s;
    case Membership::Knock:
        return u"knock"_s;
    case Membership::Leave:
        return u"leave"_s;
    case Membership::Ban:
        return u"ban"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(ItemKind kind)
{
    switch (kind) {
    case ItemKind::Text:
        return u"text"_s;
    case ItemKind::Notice:
        return u"notice"_s;
    case ItemKind::Emote:
        return u"emote"_s;
    case ItemKind::Image:
        return u"image"_s;
    case ItemKind::File:
        return u"file"_s;
    case ItemKind::Audio:
        return u"audio"_s;
    case ItemKind::Video:
        return u"video"_s;
    case ItemKind::State:
        return u"state"_s;
    case ItemKind::Unreadable:
        return u"unreadable"_s;
    case ItemKind::Redacted:
        return u"redacted"_s;
    case ItemKind::Poll:
        return u"poll"_s;
    case ItemKind::Location:
        return u"location"_s;
    case ItemKind::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(UnreadableReason reason)
{
    switch (reason) {
    case UnreadableReason::None:
        return u"none"_s;
    case UnreadableReason::KeyNotArrived:
        return u"key_not_arrived"_s;
    case UnreadableReason::BeingFetched:
        return u"being_fetched"_s;
    case UnreadableReason::SentBeforeDevice:
        return u"sent_before_device"_s;
    case UnreadableReason::BackupLocked:
        return u"backup_locked"_s;
    case UnreadableReason::NotInBackup:
        return u"not_in_backup"_s;
    case UnreadableReason::KeyStartsLater:
        return u"key_starts_later"_s;
    case UnreadableReason::SentBeforeJoining:
        return u"sent_before_joining"_s;
    case UnreadableReason::NotForThisDevice:
        return u"not_for_this_device"_s;
    case UnreadableReason::UntrustedDevice:
        return u"untrusted_device"_s;
    case UnreadableReason::Replayed:
        return u"replayed"_s;
    case UnreadableReason::BadSignature:
        return u"bad_signature"_s;
    case UnreadableReason::Damaged:
        return u"damaged"_s;
    case UnreadableReason::UnknownAlgorithm:
        return u"unknown_algorithm"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(UnreadableRemedy remedy)
{
    switch (remedy) {
    case UnreadableRemedy::None:
        return u"none"_s;
    case UnreadableRemedy::Wait:
        return u"wait"_s;
    case UnreadableRemedy::VerifyThisDevice:
        return u"verify_this_device"_s;
    case UnreadableRemedy::EnterRecoveryKey:
        return u"enter_recovery_key"_s;
    case UnreadableRemedy::AskAgain:
        return u"ask_again"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(ReaderExclusion exclusion)
{
    switch (exclusion) {
    case ReaderExclusion::None:
        return u"none"_s;
    case ReaderExclusion::Blocked:
        return u"blocked"_s;
    case ReaderExclusion::Unsigned:
        return u"unsigned"_s;
    case ReaderExclusion::Unverified:
        return u"unverified"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(ReadersRule rule)
{
    switch (rule) {
    case ReadersRule::AllDevices:
        return u"all_devices"_s;
    case ReadersRule::SignedDevices:
        return u"signed_devices"_s;
    case ReadersRule::VerifiedDevices:
        return u"verified_devices"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(Shield shield)
{
    switch (shield) {
    case Shield::None:
        return u"none"_s;
    case Shield::Grey:
        return u"grey"_s;
    case Shield::Red:
        return u"red"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(ShieldReason reason)
{
    switch (reason) {
    case ShieldReason::None:
        return u"none"_s;
    case ShieldReason::UnsignedDevice:
        return u"unsigned_device"_s;
    case ShieldReason::UnknownDevice:
        return u"unknown_device"_s;
    case ShieldReason::UnverifiedPerson:
        return u"unverified_person"_s;
    case ShieldReason::IdentityChanged:
        return u"identity_changed"_s;
    case ShieldReason::KeyFromElsewhere:
        return u"key_from_elsewhere"_s;
    case ShieldReason::SentInClear:
        return u"sent_in_clear"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(SendState state)
{
    switch (state) {
    case SendState::Sent:
        return u"sent"_s;
    case SendState::Queued:
        return u"queued"_s;
    case SendState::Sending:
        return u"sending"_s;
    case SendState::Failed:
        return u"failed"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(DeviceTrust trust)
{
    switch (trust) {
    case DeviceTrust::Verified:
        return u"verified"_s;
    case DeviceTrust::Signed:
        return u"signed"_s;
    case DeviceTrust::Unsigned:
        return u"unsigned"_s;
    case DeviceTrust::Blocked:
        return u"blocked"_s;
    case DeviceTrust::Violated:
        return u"violated"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(SettingSource source)
{
    switch (source) {
    case SettingSource::BuiltIn:
        return u"built_in"_s;
    case SettingSource::Recommended:
        return u"recommended"_s;
    case SettingSource::Person:
        return u"person"_s;
    case SettingSource::Mandatory:
        return u"mandatory"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::System:
        return u"system"_s;
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString word(NoticeContent content)
{
    switch (content) {
    case NoticeContent::Message:
        return u"message"_s;
    case NoticeContent::Sender:
        return u"sender"_s;
    case NoticeContent::None:
        return u"none"_s;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<RoomKind> roomKind(const QString &word)
{
    for (const auto kind : {RoomKind::Private, RoomKind::External, RoomKind::Unencrypted, RoomKind::Public,
                            RoomKind::Direct, RoomKind::Space, RoomKind::Notices}) {
        if (parvis::word(kind) == word)
            return kind;
    }
    return {};
}

std::optional<ThemeChoice> themeChoice(const QString &word)
{
    for (const auto theme : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) {
        if (parvis::word(theme) == word)
            return theme;
    }
    return {};
}

std::optional<NoticeContent> noticeContent(const QString &word)
{
    for (const auto content : {NoticeContent::Message, NoticeContent::Sender, NoticeContent::None}) {
        if (parvis::word(content) == word)
            return content;
    }
    return {};
}

} // namespace parvis
