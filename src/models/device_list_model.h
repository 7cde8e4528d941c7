// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "models/date_texts.h"
#include "models/diff_list_model.h"
#include "models/shown_error.h"

#include <QQmlEngine>

namespace parvis {

/// The devices of one person: this device first, then those that need looking at, then by name.
class DeviceListModel : public DiffListModel<DeviceCard>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(int total READ total NOTIFY changed)
    Q_PROPERTY(int others READ others NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    enum Role {
        DeviceIdRole = Qt::UserRole,
        NameRole,
        TrustRole,
        TrustTextRole,
        SeenTextRole,
        ThisDeviceRole,
        VerifiableRole,
        RemovableRole, ///< one's own, and not this one: it can be signed out from here
        SpokenRole,
    };
    /// As DeviceTrust, for QML.
    enum Trust { Verified, Signed, Unsigned, Blocked, Violated };
    Q_ENUM(Trust)

    explicit DeviceListModel(EncryptionPort &port, QObject *parent = nullptr);

    /// @p own: the account's own devices. An empty id forgets.
    void setPerson(const UserId &user, bool own);
    /// Asks again.
    Q_INVOKABLE void refresh();
    void setTexts(const DateTexts &texts);

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int total() const { return int(items().size()); }
    /// How many there are beside this one.
    [[nodiscard]] int others() const { return int(otherIds().size()); }
    [[nodiscard]] QList<DeviceId> otherIds() const;
    /// What the person calls one of these.
    [[nodiscard]] QString nameFor(const DeviceId &device) const;
    [[nodiscard]] bool loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    /// What a device is called; its id where it has no name.
    [[nodiscard]] static QString nameOf(const DeviceCard &device);
    [[nodiscard]] QString trustText(DeviceTrust trust) const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString seenText(const DeviceCard &device) const;
    [[nodiscard]] QString trustText(const DeviceCard &device) const;
    [[nodiscard]] QString spoken(const DeviceCard &device) const;

    EncryptionPort &m_port;
    DateTexts m_texts;
    UserId m_user;
    bool m_own = false;
    bool m_loading = false;
    ShownError m_error;
};

} // namespace parvis
