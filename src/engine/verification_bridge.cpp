// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/verification_bridge.h"

#include "engine/device_cards.h"
#include "engine/engine_follow.h"

using namespace Qt::StringLiterals;

namespace parvis {

using Infos = QList<VerificationInfo>;

VerificationBridge::VerificationBridge(CoreLink link)
    : m_link(link), m_all(link.executor, [core = link.core](QObject *owner) {
          auto *followed = new EngineValue<Infos>(
              *core, [](Engine &engine) -> ObservableValue<Infos> & { return engine.verifications().all(); },
              Infos(), owner);
          return &followed->value();
      })
{
}

void VerificationBridge::subscribe(const QObject *context, ValueSink<Infos> sink)
{
    m_all.value().subscribe(context, std::move(sink));
}

Task<QString> VerificationBridge::request(const UserId &user, const DeviceId &device, const RoomId &room)
{
    return m_link.askEngine(this, [user, device, room](Engine &engine) {
        if (user.isEmpty() || user == engine.user())
            return engine.verifications().request(engine.user(), device, {});
        if (!engine.rooms().room(room))
            return Task<QString>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s));
        // Somebody who was never asked about is asked about first.
        return deviceCards(engine, user)
            .andThen(&engine, [&engine, user, device, room](const QList<DeviceCard> &) {
                return engine.verifications().request(user, device, room);
            });
    });
}

Task<void> VerificationBridge::act(VerificationDesk::Call call, const QString &txn)
{
    return m_link.askEngine(this,
                            [call, txn](Engine &engine) { return engine.verifications().act(call, txn); });
}

Task<void> VerificationBridge::accept(const QString &txn)
{
    return act(&crypto::Verifications::accept, txn);
}

Task<void> VerificationBridge::startSas(const QString &txn)
{
    return act(&crypto::Verifications::startSas, txn);
}

Task<void> VerificationBridge::confirm(const QString &txn)
{
    return act(&crypto::Verifications::confirm, txn);
}

Task<void> VerificationBridge::mismatch(const QString &txn)
{
    return act(&crypto::Verifications::mismatch, txn);
}

Task<void> VerificationBridge::cancel(const QString &txn)
{
    return act(&crypto::Verifications::cancel, txn);
}

Task<QByteArray> VerificationBridge::qr(const QString &txn)
{
    return m_link.askEngine(this, [txn](Engine &engine) { return engine.verifications().qr(txn); });
}

Task<void> VerificationBridge::scan(const QString &txn, const QByteArray &bytes)
{
    return m_link.askEngine(this,
                            [txn, bytes](Engine &engine) { return engine.verifications().scan(txn, bytes); });
}

} // namespace parvis
