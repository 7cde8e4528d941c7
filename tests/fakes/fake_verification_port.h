// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/verification_port.h"

#include <QStringList>

namespace parvis {

/// Verifications as a test sets them: what is asked of them is written down, and changes nothing by itself.
class FakeVerificationPort : public VerificationPort
{
public:
    void subscribe(const QObject *context, ValueSink<QList<VerificationInfo>> sink) override
    {
        all.subscribe(context, std::move(sink));
    }
    Task<QString> request(const UserId &user, const DeviceId &device, const RoomId &room) override
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
    Task<void> accept(const QString &txn) override { return note(QStringLiteral("accept"), txn); }
    Task<void> startSas(const QString &txn) override { return note(QStringLiteral("sas"), txn); }
    Task<void> confirm(const QString &txn) override { return note(QStringLiteral("confirm"), txn); }
    Task<void> mismatch(const QString &txn) override { return note(QStringLiteral("mismatch"), txn); }
    Task<void> cancel(const QString &txn) override { return note(QStringLiteral("cancel"), txn); }
    Task<QByteArray> qr(const QString &txn) override
    {
        calls += QStringLiteral("qr ") + txn;
        return Task<QByteArray>::ready(qrAnswer);
    }
    Task<void> scan(const QString &txn, const QByteArray &bytes) override
    {
        scanned = bytes;
        return note(QStringLiteral("scan"), txn);
    }

    /// Adds one, or puts it in the place of what has its id.
    void put(const VerificationInfo &info)
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
    [[nodiscard]] VerificationInfo find(const QString &txn) const
    {
        for (const auto &one : all.get()) {
            if (one.txn == txn)
                return one;
        }
        return {};
    }

    ObservableValue<QList<VerificationInfo>> all;
    UserId ownUser{QStringLiteral("@lea.martin:prefecture.exemple")};
    Result<QString> requestAnswer = QStringLiteral("txn");
    Result<QByteArray> qrAnswer = QByteArray("MATRIX\x02\x01\0\x03txn", 13);
    Result<void> answer;
    QStringList requested;
    QStringList calls;
    QByteArray scanned;

private:
    Task<void> note(const QString &what, const QString &txn)
    {
        calls += what + u' ' + txn;
        return Task<void>::ready(answer);
    }
};

} // namespace parvis
