// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// Entering the recovery key or the passphrase that an earlier device was given. Where this device has
/// everything but a key backup, a new one is made with it, and it says so before.
class RecoveryEntryModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool opened READ opened NOTIFY changed)
    Q_PROPERTY(bool backup READ backup NOTIFY changed)
    Q_PROPERTY(bool renews READ renews NOTIFY changed)
    Q_PROPERTY(bool renewed READ renewed NOTIFY changed)
    Q_PROPERTY(QString hintText READ hintText NOTIFY changed)
    Q_PROPERTY(QString resultText READ resultText NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    explicit RecoveryEntryModel(EncryptionPort &port, QObject *parent = nullptr);

    Q_INVOKABLE void begin();
    /// A wrong one has a sentence in errorText; another try is always possible.
    Q_INVOKABLE void recover(const QString &typed);
    void retranslate() { Q_EMIT changed(); }

    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] bool opened() const { return m_opened; }
    /// The key backup can be read: restoring all of it is possible.
    [[nodiscard]] bool backup() const { return m_result.backup; }
    /// The person is told that a new key backup will be made.
    [[nodiscard]] bool renews() const { return m_status.backupRenewable; }
    [[nodiscard]] bool renewed() const { return m_result.renewed; }
    [[nodiscard]] QString hintText() const;
    [[nodiscard]] QString resultText() const;
    [[nodiscard]] QString errorText() const { return m_error.text(); }

    /// By its form: letters of a recovery key and about as many, however they are spaced. The rest is a
    /// passphrase.
    [[nodiscard]] static bool looksLikeKey(const QString &typed);

Q_SIGNALS:
    void changed();
    /// This device has the account's keys now.
    void recovered();

private:
    EncryptionPort &m_port;
    bool m_busy = false;
    bool m_opened = false;
    int m_turn = 0;        ///< an answer to an earlier one is of no interest any more
    CryptoStatus m_status; ///< when the dialog opened: what the person was told then holds
    RecoveryResult m_result;
    ShownError m_error;
};

} // namespace parvis
