// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "models/device_actions_model.h"
#include "models/encryption_model.h"
#include "models/identity_changes_model.h"
#include "models/key_files_model.h"
#include "models/person_model.h"
#include "models/qr_item.h"
#include "models/recovery_entry_model.h"
#include "models/recovery_setup_model.h"
#include "models/room_readers_model.h"
#include "models/session_model.h"
#include "models/timeline_model.h"
#include "models/verification_model.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// Everything about keys, devices and identities that the window shows, kept in step with each other.
class SecurityModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(parvis::EncryptionModel *encryption READ encryption CONSTANT)
    Q_PROPERTY(parvis::VerificationModel *verification READ verification CONSTANT)
    Q_PROPERTY(parvis::RecoverySetupModel *recovery READ recovery CONSTANT)
    Q_PROPERTY(parvis::RecoveryEntryModel *recoveryEntry READ recoveryEntry CONSTANT)
    Q_PROPERTY(parvis::KeyFilesModel *keyFiles READ keyFiles CONSTANT)
    Q_PROPERTY(parvis::DeviceListModel *devices READ devices CONSTANT)
    Q_PROPERTY(parvis::DeviceActionsModel *deviceActions READ deviceActions CONSTANT)
    Q_PROPERTY(parvis::RoomReadersModel *readers READ readers CONSTANT)
    Q_PROPERTY(parvis::PersonModel *person READ person CONSTANT)
    Q_PROPERTY(parvis::IdentityChangesModel *identityChanges READ identityChanges CONSTANT)

public:
    /// What it is built over; all outlive it.
    struct Parts {
        EncryptionPort &encryption;
        VerificationPort &verifications;
        AccountPort &account;
        RoomListPort &rooms;
        SessionModel &session;
        TimelineModel &timeline;
    };

    explicit SecurityModel(const Parts &parts, QObject *parent = nullptr);

    void setTexts(const DateTexts &texts);
    void retranslate();

    [[nodiscard]] EncryptionModel *encryption() { return &m_encryption; }
    [[nodiscard]] VerificationModel *verification() { return &m_verification; }
    [[nodiscard]] RecoverySetupModel *recovery() { return &m_recovery; }
    [[nodiscard]] RecoveryEntryModel *recoveryEntry() { return &m_recoveryEntry; }
    [[nodiscard]] KeyFilesModel *keyFiles() { return &m_keyFiles; }
    [[nodiscard]] DeviceListModel *devices() { return &m_devices; }
    [[nodiscard]] DeviceActionsModel *deviceActions() { return &m_deviceActions; }
    [[nodiscard]] RoomReadersModel *readers() { return &m_readers; }
    [[nodiscard]] PersonModel *person() { return &m_person; }
    [[nodiscard]] IdentityChangesModel *identityChanges() { return &m_identityChanges; }

private:
    void sessionChanged();
    void headerChanged();
    void trustChanged();

    SessionModel &m_session;
    TimelineModel &m_timeline;
    EncryptionModel m_encryption;
    VerificationModel m_verification;
    RecoverySetupModel m_recovery;
    RecoveryEntryModel m_recoveryEntry;
    KeyFilesModel m_keyFiles;
    DeviceListModel m_devices;
    DeviceActionsModel m_deviceActions;
    RoomReadersModel m_readers;
    PersonModel m_person;
    IdentityChangesModel m_identityChanges;
    QString m_user;
};

} // namespace parvis
