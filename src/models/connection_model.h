// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/account_port.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// Whether what the person does reaches the server and the disk.
class ConnectionModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString reasonText READ reasonText NOTIFY changed)
    Q_PROPERTY(Storage storage READ storage NOTIFY changed)

public:
    enum State { Offline, Connecting, Online };
    Q_ENUM(State)
    enum Storage { Good, DiskFull, Failing, KeysDamaged };
    Q_ENUM(Storage)

    explicit ConnectionModel(AccountPort &port, QObject *parent = nullptr);

    Q_INVOKABLE void retryNow();
    /// The language changed.
    void retranslate();

    /// Offline only once something was tried: at the start it is connecting.
    [[nodiscard]] State state() const;
    [[nodiscard]] QString reasonText() const;
    [[nodiscard]] Storage storage() const { return m_storage; }

Q_SIGNALS:
    void changed();

private:
    AccountPort &m_port;
    Connection m_connection;
    Storage m_storage = Good;
};

} // namespace parvis
