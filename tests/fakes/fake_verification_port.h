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
    void subscribe(const QObject *context, ValueSink<QList<VerificationInfo>> sink) override;
    Task<QString> request(const UserId &user, const DeviceId &device, const RoomId &room) override;
    Task<void> accept(const QString &txn) override { return note(QStringLiteral("accept"), txn); }
    Task<void> startSas(const QString &txn) override { return note(QStringLiteral("sas"), txn); }
    Task<void> confirm(const QString &txn) override { return note(QStringLiteral("confirm"), txn); }
    Task<void> mismatch(const QString &txn) override { return note(QStringLiteral("mismatch"), txn); }
    Task<void> cancel(const QString &txn) override { return note(QStringLiteral("cancel"), txn); }
    Task<QByteArray> qr(const QString &txn) override;
    Task<void> scan(const QString &txn, const QByteArray &bytes) override;

    /// Adds one, or puts it in the place of what has its id.
    void put(const VerificationInfo &info);
    [[nodiscard]] VerificationInfo find(const QString &txn) const;

    ObservableValue<QList<VerificationInfo>> all;
    UserId ownUser{QStringLiteral("@lea.martin:prefecture.exemple")};
    Result<QString> requestAnswer = QStringLiteral("txn");
    Result<QByteArray> qrAnswer = QByteArray("MATRIX\x02\x01\0\x03txn", 13);
    Result<void> answer;
    QStringList requested;
    QStringList calls;
    QByteArray scanned;

private:
    Task<void> note(const QString &what, const QString &txn);
};

} // namespace parvis
