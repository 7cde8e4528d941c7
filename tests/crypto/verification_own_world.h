// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "verification_world.h"

namespace parvis::crypto {

using namespace Qt::StringLiterals;

/// Two devices of one person, of which one holds the identity.
class OwnDevices : public QObject
{
protected:
    using State = VerificationState;

    void begin()
    {
        clock.ms = 1'700'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        laptop = std::make_unique<Verifier>(*server, clock, alice, u"LAPTOP"_s);
        laptop->flush();
        laptop->bootstrap();
        phone = std::make_unique<Verifier>(*server, clock, alice, u"PHONE"_s);
        phone->flush();
        both();
        QVERIFY(phone->machine->ownIdentity()->exists);
        untrusted();
    }

    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Verifier> laptop; ///< holds the identity
    std::unique_ptr<Verifier> phone;  ///< new
    const QString alice = u"@alice:one"_s;

    void both()
    {
        for (int round = 0; round < 4; ++round) {
            laptop->syncAll();
            phone->syncAll();
        }
    }
    /// Both sides are ready; @p asker asked.
    void ready(Verifier &asker, Verifier &other)
    {
        QVERIFY(asker.take(asker.all().requestOwn(other.device())));
        both();
        other.flow = asker.flow;
        QCOMPARE(other.state(), State::Requested);
        QVERIFY(other.take(other.all().accept(other.flow)));
        both();
        QCOMPARE(asker.state(), State::Ready);
        QCOMPARE(other.state(), State::Ready);
    }
    void emoji(Verifier &starter)
    {
        QVERIFY(starter.take(starter.all().startSas(starter.flow)));
        both();
        QCOMPARE(laptop->state(), State::Comparing);
        QCOMPARE(phone->state(), State::Comparing);
    }
    void trusted()
    {
        both();
        QCOMPARE(laptop->state(), State::Done);
        QCOMPARE(phone->state(), State::Done);
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Verified);
        QCOMPARE(phone->trust(alice, u"LAPTOP"_s), DeviceTrust::Verified);
        QVERIFY(phone->machine->ownIdentity()->verified);
        QVERIFY(phone->machine->ownIdentity()->thisDeviceSigned);
    }
    void untrusted()
    {
        both();
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Unsigned);
        QVERIFY(!phone->machine->ownIdentity()->verified);
        QVERIFY(!phone->machine->ownIdentity()->thisDeviceSigned);
    }
    [[nodiscard]] QJsonObject with(const QString &flow, QJsonObject more = {}) const
    {
        more[u"transaction_id"_s] = flow;
        return more;
    }
    [[nodiscard]] QJsonObject requestFrom(const QString &device, const QString &flow, qint64 offset = 0) const
    {
        return {{u"from_device"_s, device},
                {u"methods"_s, QJsonArray{u"m.sas.v1"_s}},
                {u"timestamp"_s, clock.nowMs() + offset},
                {u"transaction_id"_s, flow}};
    }
    [[nodiscard]] static QString refuse(Verifier &one, const Result<VerificationOutcome> &outcome)
    {
        one.take(outcome);
        return one.error;
    }
};

} // namespace parvis::crypto
