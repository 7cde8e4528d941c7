// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "models/device_list_model.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// What the person does with their own devices: giving one another name, signing one or all others out. What
/// the server asks for in between leads to other steps.
class DeviceActionsModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    enum Step {
        Nothing,
        Rename,
        Ask,
        Password, ///< the server asks for it
        Browser,  ///< the server asks on a page of its own
        Finished, ///< they are signed out
    };
    Q_ENUM(Step)

    /// @p own: the account's devices.
    DeviceActionsModel(EncryptionPort &port, DeviceListModel &own, QObject *parent = nullptr);

    Q_INVOKABLE void beginRename(const QString &deviceId);
    Q_INVOKABLE void rename(const QString &name);
    Q_INVOKABLE void beginSignOut(const QString &deviceId);
    Q_INVOKABLE void beginSignOutOthers();
    /// The person means it; or has agreed on the server's page.
    Q_INVOKABLE void signOut();
    Q_INVOKABLE void withPassword(const QString &password);
    Q_INVOKABLE void openPage();
    /// The dialog is closed.
    Q_INVOKABLE void leave();
    void retranslate() { Q_EMIT changed(); }

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool busy() const { return m_busy; }
    /// How many devices it is about.
    [[nodiscard]] int count() const { return int(m_devices.size()); }
    /// What the one is called that it is about; empty where it is about several.
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }

Q_SIGNALS:
    void changed();
    /// The account's devices, or what they are called, are others now.
    void done();

private:
    void begin(Step step, const QList<DeviceId> &devices);
    void ask(Secret password);
    void take(const Result<void> &result);
    void go(Step step, ShownError error = {});

    EncryptionPort &m_port;
    DeviceListModel &m_own;
    Step m_step = Nothing;
    QList<DeviceId> m_devices;
    QString m_name;
    QString m_page;
    bool m_busy = false;
    int m_turn = 0; ///< an answer to an earlier one is of no interest any more
    ShownError m_error;
};

} // namespace parvis
