// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/connection_model.h"

#include "models/error_text.h"

namespace parvis {

ConnectionModel::ConnectionModel(AccountPort &port, QObject *parent) : QObject(parent), m_port(port)
{
    port.subscribeConnection(this, [this](const Connection &connection) {
        m_connection = connection;
        Q_EMIT changed();
    });
    port.subscribeStorage(this, [this](const StorageState &storage) {
        m_storage = Storage(storage);
        Q_EMIT changed();
    });
}

void ConnectionModel::retryNow()
{
    m_port.retryNow();
}

void ConnectionModel::retranslate()
{
    Q_EMIT changed();
}

ConnectionModel::State ConnectionModel::state() const
{
    const auto state = State(m_connection.state);
    return state == Offline && !m_connection.reason ? Connecting : state;
}

QString ConnectionModel::reasonText() const
{
    return m_connection.reason ? ErrorText::of(*m_connection.reason) : QString();
}

} // namespace parvis
