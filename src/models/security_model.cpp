// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/security_model.h"

namespace parvis {

SecurityModel::SecurityModel(const Parts &parts, QObject *parent)
    : QObject(parent),
      m_session(parts.session),
      m_timeline(parts.timeline),
      m_encryption(parts.encryption, parts.account, parts.rooms),
      m_verification(parts.verifications, parts.encryption, parts.rooms),
      m_recovery(parts.encryption),
      m_recoveryEntry(parts.encryption),
      m_keyFiles(parts.encryption),
      m_devices(parts.encryption),
      m_deviceActions(parts.encryption, m_devices),
      m_readers(parts.encryption),
      m_person(parts.encryption),
      m_identityChanges(parts.encryption, parts.rooms)
{
    connect(&m_session, &SessionModel::changed, this, &SecurityModel::sessionChanged);
    connect(&m_timeline, &TimelineModel::headerChanged, this, &SecurityModel::headerChanged);
    connect(&m_verification, &VerificationModel::finished, this, &SecurityModel::trustChanged);
    connect(&m_recovery, &RecoverySetupModel::done, this, &SecurityModel::trustChanged);
    connect(&m_recovery, &RecoverySetupModel::keyWaitsChanged, this,
            [this] { m_encryption.setKeyWaits(m_recovery.keyWaits()); });
    connect(&m_recoveryEntry, &RecoveryEntryModel::recovered, this, &SecurityModel::trustChanged);
    connect(&m_keyFiles, &KeyFilesModel::taken, &m_encryption, &EncryptionModel::refresh);
    connect(&m_deviceActions, &DeviceActionsModel::done, &m_devices, &DeviceListModel::refresh);
    connect(&m_person, &PersonModel::accepted, &m_identityChanges, &IdentityChangesModel::refresh);
    connect(&m_identityChanges, &IdentityChangesModel::accepted, &m_person, &PersonModel::refresh);
    sessionChanged();
}

void SecurityModel::sessionChanged()
{
    const auto user = m_session.userId();
    if (user == m_user)
        return;
    m_user = user;
    m_verification.setOwnUser(user);
    m_person.close();
    m_person.setOwnUser(user);
    m_devices.setPerson(UserId(user), true);
    m_deviceActions.leave();
    m_recovery.forget();
    m_recovery.setOwnUser(user);
    m_recoveryEntry.begin();
}

void SecurityModel::headerChanged()
{
    const auto &header = m_timeline.header();
    m_readers.setRoom(header);
    const bool inside = header.membership == Membership::Join;
    m_identityChanges.setRoom(inside ? header.roomId : RoomId(), header.encrypted);
    m_identityChanges.setViolated(header.readers.violated);
}

void SecurityModel::trustChanged()
{
    m_encryption.refresh();
    m_devices.refresh();
    m_person.refresh();
    m_identityChanges.refresh();
    m_readers.refresh();
}

void SecurityModel::setTexts(const DateTexts &texts)
{
    m_devices.setTexts(texts);
    m_person.setTexts(texts);
    m_readers.setTexts(texts);
}

void SecurityModel::retranslate()
{
    m_encryption.retranslate();
    m_verification.retranslate();
    m_recovery.retranslate();
    m_recoveryEntry.retranslate();
    m_keyFiles.retranslate();
    m_identityChanges.retranslate();
    m_deviceActions.retranslate();
}

} // namespace parvis
