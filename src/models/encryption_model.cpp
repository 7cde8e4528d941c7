// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/encryption_model.h"

#include <QTimer>

#include <utility>

using namespace std::chrono_literals;

namespace parvis {

namespace {

constexpr auto doubt = 2s;

} // namespace

EncryptionModel::EncryptionModel(EncryptionPort &port, AccountPort &account, RoomListPort &rooms,
                                 QObject *parent)
    : QObject(parent), m_port(port)
{
    rooms.subscribeLoaded(this, [this](bool loaded) {
        m_loaded = loaded;
        refresh();
    });
    port.subscribeStatus(this, [this](const CryptoStatus &) { refresh(); });
    account.subscribeSession(this, [this](const SessionInfo &session) { take(session); });
    account.subscribeConnection(this, [this](const Connection &connection) {
        if (connection.state == Connection::State::Online)
            refresh();
    });
}

void EncryptionModel::take(const SessionInfo &session)
{
    if (session.userId == m_user)
        return;
    m_user = session.userId;
    m_known = false;
    m_asked = false;
    m_doubted = false;
    m_believed = false;
    m_keyWaits = false;
    m_status = {};
    m_putOff = Nothing;
    m_error = {};
    Q_EMIT changed();
    refresh();
}

void EncryptionModel::refresh()
{
    // Before the first synchronisation nothing that could be said would be true.
    if (m_user.isEmpty() || !m_loaded)
        return;
    m_again = m_asking;
    if (std::exchange(m_asking, true))
        return;
    if (m_asked)
        return ask();
    // Whether the account has an identity is known once the server was asked for its devices.
    m_port.devices(m_user).then(this, [this, user = m_user](const Result<QList<DeviceCard>> &devices) {
        m_asked = devices && user == m_user;
        m_asked ? ask() : answered();
    });
}

void EncryptionModel::ask()
{
    m_port.status().then(this, [this, user = m_user](const Result<CryptoStatus> &status) {
        if (status && user == m_user && !m_user.isEmpty())
            take(*status);
        answered();
    });
}

void EncryptionModel::answered()
{
    m_asking = false;
    if (m_again)
        refresh();
}

void EncryptionModel::take(const CryptoStatus &status)
{
    // An account without an identity is believed at the second look: the first answer about it may be on its
    // way.
    if (!m_known && !status.identityExists && !m_believed) {
        if (!std::exchange(m_doubted, true))
            QTimer::singleShot(doubt, this, [this, user = m_user] {
                m_believed = user == m_user;
                refresh();
            });
        return;
    }
    if (std::exchange(m_known, true) && status == m_status)
        return;
    m_status = status;
    Q_EMIT changed();
}

void EncryptionModel::putOff()
{
    m_putOff = attention();
    Q_EMIT changed();
}

void EncryptionModel::setKeyWaits(bool waits)
{
    if (std::exchange(m_keyWaits, waits) && !waits)
        m_status.recoveryKeyUnseen = false; // until it is read again
    Q_EMIT changed();
}

void EncryptionModel::setOnlyVerified(bool on)
{
    m_port.setOnlyVerifiedEverywhere(on).then(this, [this, on](const Result<void> &done) {
        m_error = ShownError::of(done);
        if (done)
            m_status.onlyVerified = on; // until it is read again
        Q_EMIT changed();               // where it failed, the switch goes back to what holds
    });
}

bool EncryptionModel::canSetUp() const
{
    const bool stranger = m_status.identityExists && !m_status.verified;
    return m_known && !stranger && (keyWaits() || !m_status.crossSigning || !m_status.secretStorage);
}

EncryptionModel::Attention EncryptionModel::attention() const
{
    if (!m_known)
        return Nothing;
    if (m_status.identityConflict)
        return DeviceConflict;
    if (m_status.identityChanged)
        return IdentityChanged;
    if (m_status.putBack)
        return PutBack;
    if (canVerify())
        return Unverified;
    if (keyWaits())
        return KeyNotNoted;
    if (canSetUp())
        return NoRecovery;
    return m_status.backupLost || m_status.backupKeyOwed ? BackupLost : Nothing;
}

QString EncryptionModel::attentionTitle() const
{
    switch (attention()) {
    case Nothing:
        return {};
    case DeviceConflict:
        return tr("This device has to sign in anew");
    case IdentityChanged:
        return tr("Your account’s identity has changed");
    case Unverified:
        return tr("Verify this device");
    case NoRecovery:
        return tr("Keep your messages readable");
    case KeyNotNoted:
        return tr("Do you have your recovery key?");
    case BackupLost:
        return tr("Your key backup is gone");
    case PutBack:
        return tr("Older data was put back");
    }
    Q_UNREACHABLE();
    return {};
}

QString EncryptionModel::attentionText() const
{
    switch (attention()) {
    case Nothing:
        return {};
    case DeviceConflict:
        return tr(
            "The server shows other keys for this device than those it has. Sign out, then sign in again; "
            "tell your administration if it comes back.");
    case IdentityChanged:
        return tr(
            "Your account’s identity is another one than before, and nothing is sent from here. If you "
            "reset your account on another device, verify this one again. If you did not, somebody else "
            "may be using it: verify nothing and tell your administration.");
    case Unverified:
        return tr(
            "This device is not verified: verify it to read earlier messages, and so that others can trust "
            "what you send.");
    case NoRecovery:
        return tr(
            "If you lose this device, you lose your messages with it. A recovery key brings them back.");
    case KeyNotNoted:
        return tr("A recovery key was made, but you have not confirmed yet that you kept it. Without it your "
                  "messages cannot come back.");
    case BackupLost:
        if (m_status.backupKeyOwed)
            return tr(
                "A new backup of your message keys was begun, but your recovery key does not open it yet. "
                "Enter it once more.");
        return canRenewBackup()
            ? tr("The backup of your message keys is no longer on the server. Your keys are still on this "
                 "device: with your recovery key, make a new backup of them.")
            : tr(
                "The backup of your message keys is no longer on the server, or was exchanged. Your keys are "
                "still on this device.");
    case PutBack:
        return tr(
            "The data of this device was replaced by an older copy, from a backup for example. Some recent "
            "messages may be unreadable here. To be safe, sign out and sign in again; if nobody you know "
            "did this, tell your administration.");
    }
    Q_UNREACHABLE();
    return {};
}

EncryptionModel::Level EncryptionModel::deviceLevel() const
{
    if (!m_known)
        return Unknown;
    if (m_status.identityConflict || m_status.identityChanged)
        return Danger;
    return m_status.verified ? Good : Caution;
}

QString EncryptionModel::deviceText() const
{
    if (!m_known)
        return tr("Parvis is finding out…");
    if (m_status.identityConflict || m_status.identityChanged)
        return attentionText();
    if (m_status.verified)
        return tr("This device is verified: those you write to can trust it.");
    return m_status.identityExists
        ? tr("This device is not verified: it cannot read earlier messages, and others are warned of what it "
             "sends.")
        : tr("Nothing vouches for this device yet. Setting up the recovery takes care of it.");
}

EncryptionModel::Level EncryptionModel::recoveryLevel() const
{
    if (!m_known)
        return Unknown;
    return m_status.secretStorage && !m_keyWaits ? Good : Caution;
}

QString EncryptionModel::recoveryText() const
{
    if (!m_known)
        return tr("Parvis is finding out…");
    if (m_keyWaits)
        return tr("The recovery is set up, but you have not confirmed yet that you kept the recovery key.");
    return m_status.secretStorage
        ? tr("The recovery is set up: your recovery key opens your messages on a new device.")
        : tr("The recovery is not set up: if you lose all your devices, your messages are lost.");
}

EncryptionModel::Level EncryptionModel::backupLevel() const
{
    if (!m_known)
        return Unknown;
    if (m_status.backupLost || m_status.backupKeyOwed)
        return Danger;
    return m_status.backupTrusted ? Good : Caution;
}

QString EncryptionModel::backupText() const
{
    if (!m_known)
        return tr("Parvis is finding out…");
    if (m_status.backupKeyOwed)
        return tr("A new backup of your message keys was begun, but your recovery key does not open it yet. "
                  "Enter it once more.");
    if (canRenewBackup() && m_status.backupLost)
        return tr(
            "The backup of your message keys is gone. Nothing is backed up until you make a new one with "
            "your recovery key.");
    if (m_status.backupLost)
        return tr(
            "The backup of your message keys is gone or was exchanged. Nothing is backed up at the moment.");
    if (m_status.backupVersion.isEmpty())
        return tr("There is no backup of your message keys.");
    if (!m_status.backupTrusted)
        return tr("There is a backup of message keys that this device does not trust yet.");
    if (m_status.keysToBackUp > 0)
        return tr("%n key(s) still to be backed up; this goes on by itself.", "", m_status.keysToBackUp);
    return tr("All message keys of this device are backed up.");
}

} // namespace parvis
