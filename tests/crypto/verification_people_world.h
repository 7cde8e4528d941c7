// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "verification_world.h"

namespace parvis::crypto {

using namespace Qt::StringLiterals;

/// Two people with an identity each, in a room.
class TwoPeople : public QObject
{
protected:
    using State = VerificationState;

    void begin()
    {
        clock.ms = 1'700'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Verifier>(*server, clock, aliceId, u"A"_s);
        bob = std::make_unique<Verifier>(*server, clock, bobId, u"B"_s);
        room = std::make_unique<VerificationRoom>(
            VerificationRoom{.clock = clock, .members = {alice.get(), bob.get()}});
        alice->flush();
        bob->flush();
        alice->bootstrap();
        bob->bootstrap();
        know();
    }

    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Verifier> alice;
    std::unique_ptr<Verifier> bob;
    std::unique_ptr<VerificationRoom> room;
    const QString aliceId = u"@alice:one"_s;
    const QString bobId = u"@bob:two"_s;

    void both()
    {
        for (int round = 0; round < 3; ++round) {
            alice->syncAll();
            bob->syncAll();
        }
    }
    void know()
    {
        QVERIFY(alice->machine->trackUsers({bob->user()}));
        QVERIFY(bob->machine->trackUsers({alice->user()}));
        both();
    }
    void ready(Verifier &asker, Verifier &other)
    {
        QVERIFY(asker.take(asker.all().requestPerson(other.user(), room->id)));
        room->deliver();
        other.flow = asker.flow;
        QCOMPARE(other.state(), State::Requested);
        QVERIFY(other.take(other.all().accept(other.flow)));
        room->deliver();
        QCOMPARE(asker.state(), State::Ready);
    }
    void emoji(Verifier &starter)
    {
        QVERIFY(starter.take(starter.all().startSas(starter.flow)));
        room->deliver();
        QCOMPARE(alice->state(), State::Comparing);
        QCOMPARE(bob->state(), State::Comparing);
    }
    void confirmBoth()
    {
        QVERIFY(alice->take(alice->all().confirm(alice->flow)));
        QVERIFY(bob->take(bob->all().confirm(bob->flow)));
        room->deliver();
        both();
    }
    void trusted()
    {
        QCOMPARE(alice->state(), State::Done);
        QCOMPARE(bob->state(), State::Done);
        QVERIFY(alice->view(bobId).verified);
        QVERIFY(bob->view(aliceId).verified);
    }
    void untrusted()
    {
        both();
        QVERIFY(!alice->view(bobId).verified);
        QVERIFY(!bob->view(aliceId).verified);
    }
    /// An event of the room that nobody's machine made.
    [[nodiscard]] RoomVerificationEvent event(const QString &sender, const QString &type, QJsonObject content,
                                              const QString &flow = {})
    {
        if (!flow.isEmpty())
            content[u"m.relates_to"_s] =
                QJsonObject{{u"rel_type"_s, u"m.reference"_s}, {u"event_id"_s, flow}};
        return {.room = room->id,
                .event = EventId(u"$x%1"_s.arg(++room->number)),
                .sender = UserId(sender),
                .senderDevice = {},
                .originServerTs = clock.nowMs(),
                .type = type,
                .content = FakeKeyServer::text(content)};
    }
    [[nodiscard]] RoomVerificationEvent request(const QString &sender, const QString &device,
                                                const QString &to)
    {
        return event(sender, u"m.room.message"_s,
                     {{u"msgtype"_s, u"m.key.verification.request"_s},
                      {u"from_device"_s, device},
                      {u"methods"_s, QJsonArray{u"m.sas.v1"_s}},
                      {u"to"_s, to}});
    }
};

} // namespace parvis::crypto
