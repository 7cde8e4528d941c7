// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/recovery_setup.h"

#include "base/raw_object.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

QString defaultStorageKey(const QByteArray &content)
{
    constexpr qsizetype maxId = 255;
    const auto object = RawObject::parse(content);
    const QString id = object ? object->text(u"key"_s) : QString();
    return id.size() <= maxId ? id : QString();
}

bool isBackupUnwanted(const QByteArray &content)
{
    const auto object = RawObject::parse(content);
    return object && object->boolean(u"enabled"_s) == std::optional(false);
}

Result<void> RecoverySetup::begin()
{
    KeyRecovery recovery = m_machine.recovery();
    const auto begun = recovery.begunStorage();
    const auto replaces = recovery.begunStorageReplaces();
    const auto known = recovery.knownStorageKey();
    const auto own = m_machine.ownIdentity();
    for (const auto *read : {&begun, &known}) {
        if (!*read)
            return tl::unexpected(read->error());
    }
    if (!replaces || !own)
        return tl::unexpected(replaces ? own.error() : replaces.error());
    m_replaces = m_replace || *replaces;
    // A reset that the person begins has a key of its own: who saw the one before may be the reason for it.
    // It is made with the new identity; until the server has that, nothing of before is given up.
    if (m_replace)
        return {};
    // A reset that was begun here was of an identity that another one has taken the place of since.
    if (own->exists && !own->isWhole())
        return fail(ErrorKind::Usage, u"PARVIS_IDENTITY_EXISTS"_s);
    const bool foreign = !m_storage->isEmpty() && *m_storage != *begun;
    // Until a reset has come to its end, what is there is what it replaces. Afterwards it is of another
    // device.
    if (m_replaces && !(foreign && *known == *begun))
        return recovery.beginStorage(true);
    if (!foreign)
        return recovery.beginStorage(false);
    if (auto dropped = recovery.abandonStorage(); !dropped)
        return dropped;
    return fail(ErrorKind::Usage,
                *known == *m_storage ? u"PARVIS_IDENTITY_EXISTS"_s : u"PARVIS_RECOVERY_EXISTS"_s);
}

Result<RecoverySetup::Step> RecoverySetup::next()
{
    if (!m_storage)
        return ReadStorage{};
    if (!m_wantsBackup)
        return ReadWish{};
    if (!m_begun) {
        if (auto begun = begin(); !begun)
            return tl::unexpected(begun.error());
        m_begun = true;
    }
    const auto own = m_machine.ownIdentity();
    if (!own)
        return tl::unexpected(own.error());
    if (!m_identityMade && (m_replace || !own->isWhole()))
        return MakeIdentity{.replace = m_replaces};
    if (!m_backupKnown) {
        if (m_replace) { // is there since the identity is, unless it was made in another way
            if (auto begun = m_machine.recovery().beginStorage(true); !begun)
                return tl::unexpected(begun.error());
        }
        return AskForBackup{};
    }
    const auto backup = m_machine.recovery().backup();
    if (!backup)
        return tl::unexpected(backup.error());
    const bool lacksOne = !backup->holdsKey && *m_wantsBackup;
    if (lacksOne || (m_replace && !m_backupMade)) {
        const auto body = m_machine.recovery().newBackup();
        if (!body)
            return tl::unexpected(body.error());
        return MakeBackup{*body};
    }
    return nextWrite(backup->holdsKey && *m_wantsBackup);
}

Result<RecoverySetup::Step> RecoverySetup::nextWrite(bool backup)
{
    if (!m_writes) {
        const auto writes = m_machine.recovery().storageWrites(backup);
        if (!writes)
            return tl::unexpected(writes.error());
        m_writes = *writes;
    }
    if (m_written < m_writes->size())
        return Write{m_writes->at(m_written)};
    auto key = m_machine.recovery().storageWritten();
    if (!key)
        return tl::unexpected(key.error());
    return Done{*std::move(key)};
}

void RecoverySetup::storageIs(const std::optional<QByteArray> &content)
{
    m_storage = content ? defaultStorageKey(*content) : QString();
}

void RecoverySetup::wishIs(const std::optional<QByteArray> &content)
{
    m_wantsBackup = m_replace || !content || !isBackupUnwanted(*content);
}

Result<void> RecoverySetup::backupIs(const std::optional<QByteArray> &body)
{
    m_backupKnown = true;
    return m_machine.recovery().backupIs(body);
}

Result<void> RecoverySetup::backupMade(const QString &version)
{
    m_backupMade = true;
    return m_machine.recovery().newBackupAccepted(version);
}

} // namespace parvis::crypto
