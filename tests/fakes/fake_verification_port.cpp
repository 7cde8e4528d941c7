// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_verification_port.h"

namespace parvis {

void FakeVerificationPort::subscribe(const QObject *context, ValueSink<QList<VerificationInfo>> sink)
{
    all.subscribe(context, std::move(sink));
}

Task<QString> FakeVerificationPort::request(const UserId &user, const DeviceId &device, const RoomId &room)
{
    requested += user.toString() + u'|' + device.toString() + u'|' + room.toString();
    if (!requestAnswer)
        return Task<QString>::ready(requestAnswer);
    VerificationInfo info;
    info.txn = *requestAnswer;
    info.user = user.isEmpty() ? ownUser : user;
    info.device = device;
    info.room = room;
    info.byUs = true;
    put(info);
    return Task<QString>::ready(requestAnswer);
}

Task<QByteArray> FakeVerificationPort::qr(const QString &txn)
{
    calls += QStringLiteral("qr ") + txn;
    return Task<QByteArray>::ready(qrAnswer);
}

Task<void> FakeVerificationPort::scan(const QString &txn, const QByteArray &bytes)
{
    scanned = bytes;
    return note(QStringLiteral("scan"), txn);
}

void FakeVerificationPort::put(const VerificationInfo &info)
{
    auto list = all.get();
    for (auto &one : list) {
        if (one.txn == info.txn) {
            one = info;
            all.set(list);
            return;
        }
    }
    list += info;
    all.set(list);
}

VerificationInfo FakeVerificationPort::find(const QString &txn) const
{
    for (const auto &one : all.get()) {
        if (one.txn == txn)
            return one;
    }
    return {};
}

Task<void> FakeVerificationPort::note(const QString &what, const QString &txn)
{
    calls += what + u' ' + txn;
    return Task<void>::ready(answer);
}

} // namespace parvis
