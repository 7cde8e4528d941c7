// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/primitives.h"

#include <QJsonArray>
#include <QTest>

#include "core_world.h"

using namespace parvis;

/// How the messages of verifications find their way through an engine, without a network.
class VerificationDeskTest : public QObject
{
    Q_OBJECT

private:
    using State = VerificationInfo::State;

    const RoomId room{u"!r:x"_s};
    const UserId bob{u"@bob:x"_s};
    std::unique_ptr<CoreWorld> m_world;
    int m_number = 0;

    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    [[nodiscard]] VerificationDesk &desk() const { return engine().verifications(); }
    [[nodiscard]] const QList<VerificationInfo> &all() const { return desk().all().get(); }

    static QString key(char seed)
    {
        return crypto::ed25519PublicKey(Secret(QByteArray(32, seed)))->toString();
    }
    [[nodiscard]] static crypto::DeviceRecord device(const UserId &user, const QString &id, char seed)
    {
        crypto::DeviceRecord record;
        record.user = user;
        record.device = DeviceId(id);
        record.signingKey = Ed25519Key(key(seed));
        record.curveKey = Curve25519Key(key(char(seed + 1)));
        record.signedJson = "{}";
        return record;
    }
    void know() const
    {
        crypto::IdentityRecord identity;
        identity.user = bob;
        identity.master = {.key = Ed25519Key(key('m')), .json = "{}"};
        identity.selfSigning = {.key = Ed25519Key(key('s')), .json = "{}"};
        identity.pinned = identity.master.key;
        crypto::CryptoChanges changes;
        changes.devices = {device(me, u"PHONE"_s, 'a'), device(bob, u"B"_s, 'k')};
        changes.identities = {identity};
        QVERIFY(engine().cryptoStore().save(changes));
    }
    void receiveToDevice(const QString &type, QJsonObject content) const
    {
        content["transaction_id"_L1] = "t"_L1;
        SyncUpdate update;
        update.toDevice = {QJsonDocument(QJsonObject{{"sender"_L1, me.toString()},
                                                     {"type"_L1, "m.key.verification."_L1 + type},
                                                     {"content"_L1, content}})
                               .toJson(QJsonDocument::Compact)};
        QVERIFY(engine().crypto().receive(update, false));
    }
    [[nodiscard]] QJsonObject request() const
    {
        return {{"from_device"_L1, "PHONE"_L1},
                {"methods"_L1, QJsonArray{"m.sas.v1"_L1}},
                {"timestamp"_L1, m_world->clock.nowMs()}};
    }
    [[nodiscard]] Event asked()
    {
        return make::event({{"type"_L1, "m.room.message"_L1},
                            {"event_id"_L1, u"$q%1"_s.arg(++m_number)},
                            {"sender"_L1, bob.toString()},
                            {"origin_server_ts"_L1, m_world->clock.nowMs()},
                            {"content"_L1,
                             QJsonObject{{"msgtype"_L1, "m.key.verification.request"_L1},
                                         {"from_device"_L1, "B"_L1},
                                         {"methods"_L1, QJsonArray{"m.sas.v1"_L1}},
                                         {"to"_L1, me.toString()}}}});
    }
    void receiveRoom(const std::function<void(RoomUpdate &)> &bend = {})
    {
        RoomUpdate update;
        update.id = room;
        update.membership = MemberState::Join;
        update.timeline = {asked()};
        if (bend)
            bend(update);
        SyncUpdate whole;
        whole.rooms = {update};
        QVERIFY(await(engine().syncApply().apply(std::move(whole), {})));
    }
    void ownIdentity() const
    {
        QVERIFY(engine().machine().newIdentity());
        QVERIFY(engine().machine().newIdentityAccepted(false));
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        QVERIFY(m_world->attach());
        know();
    }

    void aDeviceOfOursAsks()
    {
        receiveToDevice(u"request"_s, request());
        QCOMPARE(all().size(), 1);
        QCOMPARE(all().constFirst().state, State::Requested);
        QCOMPARE(all().constFirst().device, DeviceId(u"PHONE"_s));

        QVERIFY(desk().act(&crypto::Verifications::accept, u"t"_s));
        QCOMPARE(all().constFirst().state, State::Ready);

        receiveToDevice(u"cancel"_s, {{"code"_L1, "m.user"_L1}});
        QCOMPARE(all().constFirst().state, State::Cancelled);
        QCOMPARE(desk().act(&crypto::Verifications::accept, u"t"_s).error().code,
                 u"PARVIS_VERIFICATION_NOT_NOW"_s);
    }

    void aPersonAsksInARoom()
    {
        receiveRoom();
        QCOMPARE(all().size(), 1);
        QCOMPARE(all().constFirst().user, bob);
        QCOMPARE(all().constFirst().room, room);
        QCOMPARE(desk().act(&crypto::Verifications::accept, all().constFirst().txn).error().code,
                 u"PARVIS_VERIFICATION_NO_IDENTITY"_s);

        ownIdentity();
        QVERIFY(desk().act(&crypto::Verifications::accept, all().constFirst().txn));
        const auto rows = engine().queue().rows(room);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.constFirst().kind, u"m.key.verification.ready"_s);
    }

    void whomThePersonIgnoresAsksNothing()
    {
        QVERIFY(engine().cache().commit(
            {.accountData = {
                 make::accountData(u"m.ignored_user_list"_s,
                                   {{"ignored_users"_L1, QJsonObject{{bob.toString(), QJsonObject()}}}})}}));
        receiveRoom();
        QVERIFY(all().isEmpty());
    }

    void historyIsNotHeard_data()
    {
        QTest::addColumn<bool>("initial");
        QTest::addColumn<int>("numLive"); // -1: the server did not say
        QTest::addColumn<bool>("member");
        QTest::addColumn<bool>("heard");
        QTest::newRow("live") << false << -1 << true << true;
        QTest::newRow("live, counted") << true << 1 << true << true;
        QTest::newRow("more than there is") << true << 7 << true << true;
        QTest::newRow("history of a room that is new here") << true << -1 << true << false;
        QTest::newRow("history, counted") << false << 0 << true << false;
        QTest::newRow("a nonsensical count") << false << -5 << true << true;
        QTest::newRow("a room that was left") << false << -1 << false << false;
    }
    void historyIsNotHeard()
    {
        QFETCH(bool, initial);
        QFETCH(int, numLive);
        QFETCH(bool, member);
        QFETCH(bool, heard);
        receiveRoom([&](RoomUpdate &update) {
            update.initial = initial;
            if (numLive >= 0)
                update.numLive = numLive;
            if (!member)
                update.membership = MemberState::Leave;
        });
        QCOMPARE(all().size(), heard ? 1 : 0);
    }

    void aRequestIsShownOnceTheServerHasIt()
    {
        ownIdentity();
        auto task = desk().request(bob, {}, room);
        QVERIFY(all().isEmpty());
        const auto rows = engine().queue().rows(room);
        QCOMPARE(rows.size(), 1);
        QVERIFY(rows.constFirst().content.contains("m.key.verification.request"));

        Q_EMIT engine().queue().sent(room, rows.constFirst().txnId, EventId(u"$request"_s));

        QCOMPARE(await(std::move(task)).value(), u"$request"_s);
        QCOMPARE(all().constFirst().txn, u"$request"_s);
        QVERIFY(all().constFirst().byUs);
    }

    void aDeviceThatIsNotThereCannotBeAsked()
    {
        QCOMPARE(await(desk().request(me, DeviceId(u"GHOST"_s), {})).error().code,
                 u"PARVIS_UNKNOWN_DEVICE"_s);
        const auto txn = await(desk().request(me, DeviceId(u"PHONE"_s), {}));
        QVERIFY(txn);
        QCOMPARE(all().constFirst().txn, *txn);
    }

    void whatWasToBeSaidDoesNotOutliveTheProgram()
    {
        ownIdentity();
        auto task = desk().request(bob, {}, room);
        QVERIFY(engine().queue().enqueue(room, u"m.room.message"_s, R"({"body":"bleibt"})"));
        QCOMPARE(engine().queue().rows(room).size(), 2);

        m_world->start();
        QVERIFY(m_world->restore());

        QCOMPARE(engine().queue().rows(room).size(), 1);
        QVERIFY(engine().queue().rows(room).constFirst().content.contains("bleibt"));
        QVERIFY(all().isEmpty());
    }
};

QTEST_GUILESS_MAIN(VerificationDeskTest)
#include "tst_verification_desk.moc"
