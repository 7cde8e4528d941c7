// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_account_port.h"

namespace parvis {

void FakeAccountPort::subscribeSession(const QObject *context, ValueSink<SessionInfo> sink)
{
    session.subscribe(context, std::move(sink));
}

void FakeAccountPort::subscribeConnection(const QObject *context, ValueSink<Connection> sink)
{
    connection.subscribe(context, std::move(sink));
}

void FakeAccountPort::subscribeStorage(const QObject *context, ValueSink<StorageState> sink)
{
    storage.subscribe(context, std::move(sink));
}

Task<void> FakeAccountPort::startSync()
{
    ++starts;
    return Task<void>::ready({});
}

} // namespace parvis
