// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/account_port.h"
#include "client/encryption_port.h"
#include "client/room_list_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// How the account's encryption stands, in plain sentences, and what the person should do next about it.
class EncryptionModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(Attention attention READ attention NOTIFY changed)
    Q_PROPERTY(QString attentionTitle READ attentionTitle NOTIFY changed)
    Q_PROPERTY(QString attentionText READ attentionText NOTIFY changed)
    Q_PROPERTY(bool calm READ calm NOTIFY changed)
    Q_PROPERTY(bool verified READ verified NOTIFY changed)
    Q_PROPERTY(bool canVerify READ canVerify NOTIFY changed)
    Q_PROPERTY(bool hasRecovery READ hasRecovery NOTIFY changed)
    Q_PROPERTY(bool hasIdentity READ hasIdentity NOTIFY changed)
    Q_PROPERTY(bool canSetUp READ canSetUp NOTIFY changed)
    Q_PROPERTY(bool canRestore READ canRestore NOTIFY changed)
    Q_PROPERTY(bool canRenewBackup READ canRenewBackup NOTIFY changed)
    Q_PROPERTY(Level deviceLevel READ deviceLevel NOTIFY changed)
    Q_PROPERTY(QString deviceText READ deviceText NOTIFY changed)
    Q_PROPERTY(Level recoveryLevel READ recoveryLevel NOTIFY changed)
    Q_PROPERTY(QString recoveryText READ recoveryText NOTIFY changed)
    Q_PROPERTY(Level backupLevel READ backupLevel NOTIFY changed)
    Q_PROPERTY(QString backupText READ backupText NOTIFY changed)
    Q_PROPERTY(bool onlyVerified READ onlyVerified WRITE setOnlyVerified NOTIFY changed)
    Q_PROPERTY(bool onlyVerifiedLocked READ onlyVerifiedLocked NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    /// What the person should be asked to do: one thing at a time, the most important first.
    enum Attention {
        Nothing,
        DeviceConflict,  ///< only a new sign-in helps
        IdentityChanged, ///< the account was reset elsewhere, or by somebody else: nothing is sent
        Unverified,
        NoRecovery,
        KeyNotNoted, ///< a recovery key was made, and the person has not shown that they have it
        BackupLost,
        PutBack, ///< an older copy of this device's data was put back, not long ago
    };
    Q_ENUM(Attention)
    /// How good something is; never shown by a colour alone.
    enum Level { Unknown, Good, Caution, Danger };
    Q_ENUM(Level)

    EncryptionModel(EncryptionPort &port, AccountPort &account, RoomListPort &rooms,
                    QObject *parent = nullptr);

    /// Asks again how things stand.
    Q_INVOKABLE void refresh();
    /// The person does not want to be reminded until the next start.
    Q_INVOKABLE void putOff();
    void retranslate() { Q_EMIT changed(); }
    /// A recovery key was made in this run and waits to be asked back; of earlier runs the status knows.
    void setKeyWaits(bool waits);

    [[nodiscard]] bool known() const { return m_known; }
    [[nodiscard]] const CryptoStatus &status() const { return m_status; }
    [[nodiscard]] Attention attention() const;
    [[nodiscard]] QString attentionTitle() const;
    [[nodiscard]] QString attentionText() const;
    /// Nothing has to be shown above the conversations.
    [[nodiscard]] bool calm() const { return m_putOff == attention() || attention() == Nothing; }
    [[nodiscard]] bool verified() const { return m_status.verified; }
    [[nodiscard]] bool canVerify() const { return m_known && m_status.identityExists && !m_status.verified; }
    [[nodiscard]] bool hasRecovery() const { return m_status.secretStorage; }
    [[nodiscard]] bool hasIdentity() const { return m_status.identityExists; }
    [[nodiscard]] bool canSetUp() const;
    [[nodiscard]] bool canRestore() const { return m_known && m_status.backupReadable; }
    /// The server has no key backup: with the recovery key, this device makes a new one.
    [[nodiscard]] bool canRenewBackup() const { return m_known && m_status.backupRenewable; }
    [[nodiscard]] Level deviceLevel() const;
    [[nodiscard]] QString deviceText() const;
    [[nodiscard]] Level recoveryLevel() const;
    [[nodiscard]] QString recoveryText() const;
    [[nodiscard]] Level backupLevel() const;
    [[nodiscard]] QString backupText() const;
    /// Nobody but verified people gets what is sent, in every conversation: wished, or fixed.
    [[nodiscard]] bool onlyVerified() const { return m_status.onlyVerified || onlyVerifiedLocked(); }
    void setOnlyVerified(bool on);
    /// The administration wants it so.
    [[nodiscard]] bool onlyVerifiedLocked() const
    {
        return m_status.policyRule == ReadersRule::VerifiedDevices;
    }
    /// Why the last wish could not be kept.
    [[nodiscard]] QString errorText() const { return m_error.text(); }

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] bool keyWaits() const { return m_keyWaits || m_status.recoveryKeyUnseen; }
    void take(const SessionInfo &session);
    void take(const CryptoStatus &status);
    void ask();
    void answered();

    EncryptionPort &m_port;
    UserId m_user;
    CryptoStatus m_status;
    bool m_known = false;
    bool m_loaded = false;
    bool m_asking = false;
    bool m_again = false; ///< something changed while it was asked
    bool m_keyWaits = false;
    bool m_doubted = false;
    bool m_believed = false; ///< long enough after the first doubt
    bool m_asked = false;    ///< the server said which devices and identity the account has
    Attention m_putOff = Nothing;
    ShownError m_error;
};

} // namespace parvis
