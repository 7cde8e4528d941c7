// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "models/device_list_model.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// One person of a conversation: how far their identity is known, and their devices.
class PersonModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString userId READ userId NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString initials READ initials NOTIFY changed)
    Q_PROPERTY(int colour READ colour NOTIFY changed)
    Q_PROPERTY(bool own READ own NOTIFY changed)
    Q_PROPERTY(Standing standing READ standing NOTIFY changed)
    Q_PROPERTY(QString standingText READ standingText NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool canVerify READ canVerify NOTIFY changed)
    Q_PROPERTY(bool canAccept READ canAccept NOTIFY changed)
    Q_PROPERTY(bool lapsed READ lapsed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(parvis::DeviceListModel *devices READ devices CONSTANT)

public:
    enum Standing { Unknown, NoIdentity, NotVerified, Verified, Changed, Violated };
    Q_ENUM(Standing)

    explicit PersonModel(EncryptionPort &port, QObject *parent = nullptr);

    /// Shows this person; asks the server where it is not known yet.
    Q_INVOKABLE void open(const QString &userId, const QString &name);
    Q_INVOKABLE void close();
    /// Takes a changed identity as it is, not verified.
    Q_INVOKABLE void accept();
    void refresh();
    void setOwnUser(const QString &userId) { m_ownUser = userId; }
    void setTexts(const DateTexts &texts);

    [[nodiscard]] QString userId() const { return m_user.toString(); }
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString initials() const;
    [[nodiscard]] int colour() const;
    [[nodiscard]] bool own() const { return userId() == m_ownUser; }
    [[nodiscard]] Standing standing() const { return m_standing; }
    [[nodiscard]] QString standingText() const;
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] bool canVerify() const;
    /// The change can be taken as it is; of ourselves it cannot: this device is verified, or it is not.
    [[nodiscard]] bool canAccept() const;
    /// Violated, and the person is who they were: it was our own identity that changed.
    [[nodiscard]] bool lapsed() const { return m_standing == Violated && !m_changed; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    [[nodiscard]] DeviceListModel *devices() { return &m_devices; }

    [[nodiscard]] static Standing standingOf(const PersonIdentity &identity);

Q_SIGNALS:
    void changed();
    /// What was changed about this person is known to be another identity, and taken.
    void accepted();

private:
    EncryptionPort &m_port;
    DeviceListModel m_devices;
    QString m_ownUser;
    UserId m_user;
    QString m_name;
    Standing m_standing = Unknown;
    bool m_changed = false; ///< of the person's identity
    bool m_busy = false;
    ShownError m_error;
};

} // namespace parvis
