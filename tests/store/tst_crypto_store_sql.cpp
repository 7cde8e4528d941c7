// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/memory_crypto_store.h"
#include "store/keys/crypto_store_sql.h"
#include "store/keys/queue_store.h"

#include <QRandomGenerator>
#include <QTest>

#include "keys_file.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

/// Random changes over few keys, so that rows meet: from a seed, so that a failure can be had again.
class Dice
{
public:
    explicit Dice(quint32 seed) : m_generator(seed) {}

    CryptoChanges changes()
    {
        CryptoChanges c;
        maybe([&] { c.account = account(); });
        maybe([&] { c.toDeviceSince = word(); });
        some([&] { c.users.append({id<UserId>(), yes()}); });
        some([&] { c.untrackedUsers.append(id<UserId>()); });
        c.allUsersOutdated = number(10) == 0;
        some([&] { c.devices.append(device()); });
        some([&] { c.deletedDevices.append({id<UserId>(), id<DeviceId>()}); });
        some([&] {
            c.olmSessions.append({id<Curve25519Key>(), id<SessionId>(), bytes(), number(), number(),
                                  yes() ? id<Ed25519Key>() : Ed25519Key(), yes()});
        });
        c.ratchetsRetired = number(10) == 0;
        some([&] { c.deletedOlmSessions.append({id<Curve25519Key>(), id<SessionId>()}); });
        some([&] { c.identities.append(identity()); });
        some([&] { c.secrets.append({word(), yes() ? bytes() : QByteArray()}); });
        some([&] { c.olmHashes.append({bytes(), number(1000)}); });
        maybe([&] { c.forgetOlmHashesBeforeMs = number(500); });
        some([&] { c.inboundSessions.append(inbound()); });
        some([&] {
            c.replays.append({inboundKey(), id<UserId>(), quint32(number(3)), id<EventId>(), number()});
        });
        some([&] { c.deletedInboundSessions.append(inboundKey()); });
        some([&] { c.withheld.append({id<RoomId>(), id<SessionId>(), word(), id<UserId>(), number()}); });
        maybe([&] { c.forgetWithheldBeforeMs = number(500'000); });
        maybe([&] { c.forgetStrayWithheldBeforeMs = number(500'000); });
        some([&] { c.rooms.append(room()); });
        some([&] { c.outboundSessions.append(outbound()); });
        some([&] { c.deletedShares.append({id<RoomId>(), id<SessionId>()}); });
        some([&] {
            c.shares.append({id<RoomId>(), id<SessionId>(), id<UserId>(), id<DeviceId>(), id<Curve25519Key>(),
                             0xffff'ffffU - quint32(number(5)), quint32(number()), word()});
        });
        some([&] { c.ratchets.append({id<RoomId>(), id<SessionId>(), quint32(number(4)), bytes()}); });
        some([&] {
            c.toDevice.append({1 + quint64(number(9)), id<TransactionId>(), word(), bytes(), id<RoomId>(),
                               id<SessionId>()});
        });
        some([&] { c.deletedToDevice.append(1 + quint64(number(9))); });
        maybe([&] { c.recovery = RecoveryRecord{word(), word(), id<Curve25519Key>(), yes()}; });
        some([&] {
            c.gossip.append(
                {id<DeviceId>(), word(), word(), id<RoomId>(), id<SessionId>(), number(5), number()});
        });
        some([&] { c.deletedGossip.append({id<DeviceId>(), word()}); });
        some([&] {
            c.bundles.append({id<RoomId>(), id<UserId>(), id<Curve25519Key>(), id<Ed25519Key>(), bytes(),
                              number(5), bytes()});
        });
        some([&] { c.deletedBundles.append({id<RoomId>(), id<UserId>()}); });
        some([&] { c.invitations.append({id<RoomId>(), id<UserId>(), number()}); });
        maybe([&] { c.forgetInvitationsBeforeMs = number(500'000); });
        return c;
    }

    template <typename T>
    T id()
    {
        static const QStringList words{u"a"_s, u"b"_s, u"c"_s, u"é\n\"'"_s};
        return T(words.at(number(4)));
    }

private:
    int number(int below = 1'000'000) { return m_generator.bounded(below); }
    bool yes() { return number(2) == 0; }
    QString word() { return id<RoomId>().toString(); }
    QByteArray bytes() { return QByteArray(1 + number(3), char(number(4))); }
    template <typename Fn>
    void maybe(Fn fn)
    {
        if (yes())
            fn();
    }
    template <typename Fn>
    void some(Fn fn)
    {
        for (int count = number(4); count > 0; --count)
            fn();
    }

    AccountRecord account()
    {
        return {id<UserId>(),   id<DeviceId>(), bytes(), number(), yes(), yes(),   yes(),
                number(90) - 1, number(),       yes(),   number(), yes(), number()};
    }
    DeviceRecord device()
    {
        return {id<UserId>(),
                id<DeviceId>(),
                id<Curve25519Key>(),
                id<Ed25519Key>(),
                bytes(),
                QStringList{word(), word()},
                word(),
                yes(),
                LocalTrust(number(4)),
                number(),
                yes(),
                0xffff'ffffU - quint32(number(5)),
                yes(),
                number()};
    }
    CrossSigningKey crossSigningKey() { return {id<Ed25519Key>(), bytes()}; }
    IdentityRecord identity()
    {
        IdentityRecord made{id<UserId>(), crossSigningKey(), crossSigningKey(), crossSigningKey(),
                            id<Ed25519Key>()};
        some([&] { made.givenUp.append(Ed25519Key(u"abc"_s.at(number(3)))); }); // Base64
        made.signedBy = id<Ed25519Key>();
        made.checkedFor = id<Ed25519Key>();
        made.verified = id<Ed25519Key>();
        made.wasVerified = yes();
        made.signatureOwed = yes();
        return made;
    }
    InboundKey inboundKey() { return {id<RoomId>(), id<SessionId>(), id<Curve25519Key>()}; }
    InboundSessionRecord inbound()
    {
        return {id<RoomId>(),
                id<SessionId>(),
                bytes(),
                id<Curve25519Key>(),
                id<Ed25519Key>(),
                id<UserId>(),
                id<DeviceId>(),
                SenderTrust(number(6)),
                yes(),
                yes(),
                quint32(number()),
                number(),
                word(),
                yes() ? id<UserId>() : UserId(),
                yes()};
    }
    RoomEncryptionRecord room()
    {
        return {id<RoomId>(), true,  yes(), word(), number(), number(), HistoryVisibility(number(4)),
                yes(),        word()};
    }
    OutboundSessionRecord outbound()
    {
        return {
            id<RoomId>(), id<SessionId>(), bytes(), number(), number(), yes(), HistoryVisibility(number(4))};
    }

    QRandomGenerator m_generator;
};

/// Order within a list is part of the answer, but for hashes.
#define SAME(call) QCOMPARE(sql.call, memory.call)

} // namespace

/// The tables of the machine, held against the store that is maps.
class tst_CryptoStoreSql : public QObject
{
    Q_OBJECT

private:
    static void compareAll(store::CryptoStoreSql &sql, MemoryCryptoStore &memory)
    {
        const QStringList words{u"a"_s, u"b"_s, u"c"_s, u"é\n\"'"_s};
        SAME(account());
        SAME(toDeviceSince());
        SAME(outdatedUsers(2));
        SAME(devicesToUnwedge(2));
        SAME(devicesToUnwedge(100));
        SAME(pendingToDevice(3));
        SAME(pendingToDevice(100));
        SAME(lastToDeviceSeq());
        SAME(recovery());
        SAME(gossip());
        SAME(bundles());
        SAME(invitations());
        SAME(sessionsToBackUpCount({}));
        QList<UserId> users;
        QList<OlmPeer> peers;
        for (const QString &a : words) {
            users.append(UserId(a));
            SAME(trackedUser(UserId(a)));
            SAME(secret(a));
            SAME(identitiesSignedBy(Ed25519Key(a)));
            SAME(olmSessions(Curve25519Key(a)));
            SAME(roomEncryption(RoomId(a)));
            SAME(outboundSession(RoomId(a)));
            SAME(straySessions(UserId(a)));
            SAME(sessionsToBackUpCount(a));
            QCOMPARE(sql.sessionsToBackUp(a, 2)->size(), memory.sessionsToBackUp(a, 2)->size());
            auto found = *sql.sessionsToBackUp(a, 100);
            std::sort(found.begin(), found.end()); // in any order
            QCOMPARE(found, *memory.sessionsToBackUp(a, 100));
            SAME(inboundSessionsAfter({RoomId(a), SessionId(a), Curve25519Key(a)}, 3));
            for (const QString &b : words) {
                peers.append({Curve25519Key(a), Ed25519Key(b)});
                compareSession(sql, memory, RoomId(a), SessionId(b));
                SAME(withheldBy(UserId(a), b));
                SAME(withheldCount(RoomId(a), UserId(b), 500'000));
                SAME(withheldCount({}, UserId(b), 500'000));
                SAME(withheldCount({}, {}, 300'000));
                SAME(unopenedSessions(RoomId(a), UserId(b), SenderTrust::VerifiedUser));
                SAME(unopenedSessions(RoomId(a), UserId(b), SenderTrust::Violation));
            }
        }
        SAME(inboundSessionsAfter({}, 100));
        SAME(devices(users));
        SAME(identities(users));
        SAME(identitiesToSign(2));
        SAME(peersWithOlmSession(peers));
        for (int length = 1; length < 4; ++length) {
            for (int fill = 0; fill < 4; ++fill)
                SAME(hasOlmHash(QByteArray(length, char(fill))));
        }
    }

    static void compareSession(store::CryptoStoreSql &sql, MemoryCryptoStore &memory, const RoomId &room,
                               const SessionId &session)
    {
        SAME(inboundSessions(room, session));
        SAME(withheld(room, session));
        SAME(shares(room, session));
        for (quint32 index = 0; index < 4; ++index)
            SAME(ratchet(room, session, index));
        SAME(pendingShares(room, session));
        for (quint32 index = 0; index < 3; ++index)
            SAME(replays(room, session, index));
    }

private Q_SLOTS:
    void answersLikeTheStoreInMemory()
    {
        for (quint32 seed = 1; seed <= 20; ++seed) {
            KeysFile file;
            MemoryCryptoStore memory;
            Dice dice(seed);
            for (int step = 0; step < 15; ++step) {
                store::CryptoStoreSql sql(file.database());
                const CryptoChanges changes = dice.changes();
                QVERIFY(sql.save(changes));
                QVERIFY(memory.save(changes));
                if (step % 5 == 4)
                    file.reopen();
                store::CryptoStoreSql again(file.database());
                compareAll(again, memory);
                if (QTest::currentTestFailed()) {
                    qWarning("seed %u, step %d", seed, step);
                    return;
                }
            }
        }
    }

    void theLatchNeverOpens()
    {
        KeysFile file;
        store::CryptoStoreSql sql(file.database());
        const RoomId room(u"!r:x"_s);
        CryptoChanges on;
        on.rooms = {
            {.room = room, .encrypted = true, .supported = true, .algorithm = u"m.megolm.v1.aes-sha2"_s}};
        CryptoChanges off;
        off.rooms = on.rooms;
        off.rooms[0].encrypted = false;

        QVERIFY(sql.save(on));
        QVERIFY(sql.save(off));

        QVERIFY((*sql.roomEncryption(room))->encrypted);
    }

    void ratchetAndCiphertextGoTogether()
    {
        KeysFile file;
        store::QueueStore queue(file.database());
        const TransactionId txn(u"t1"_s);
        QVERIFY(queue.enqueue(
            {.txnId = txn, .roomId = RoomId(u"!r:x"_s), .kind = u"m.room.message"_s, .content = "{}"}));
        CryptoChanges changes;
        changes.outboundSessions = {
            {.room = RoomId(u"!r:x"_s), .session = SessionId(u"s"_s), .pickle = "p1", .messageCount = 1}};
        changes.queuedCiphertext = QueuedCiphertext{txn, "{\"ciphertext\":1}"};

        QVERIFY(store::CryptoStoreSql(file.database()).save(changes));
        file.reopen();

        QCOMPARE((*store::QueueStore(file.database()).find(txn))->ciphertext,
                 QByteArray("{\"ciphertext\":1}"));
        QCOMPARE((*store::CryptoStoreSql(file.database()).outboundSession(RoomId(u"!r:x"_s)))->pickle,
                 QByteArray("p1"));
    }

    void aCancelledMessageLeavesTheRatchetWhereItWas()
    {
        KeysFile file;
        store::CryptoStoreSql sql(file.database());
        CryptoChanges changes;
        changes.outboundSessions = {
            {.room = RoomId(u"!r:x"_s), .session = SessionId(u"s"_s), .pickle = "p1"}};
        changes.queuedCiphertext = QueuedCiphertext{TransactionId(u"gone"_s), "{}"};

        const auto saved = sql.save(changes);

        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::NotFound);
        QCOMPARE(saved.error().code, u"PARVIS_NO_QUEUE_ROW"_s);
        QVERIFY(!sql.outboundSession(RoomId(u"!r:x"_s))->has_value());
        QVERIFY(!file.database().inTransaction());
    }

    void thousandsOfUsersInOneCall()
    {
        KeysFile file;
        store::CryptoStoreSql sql(file.database());
        QList<UserId> users;
        CryptoChanges changes;
        for (int i = 0; i < 5000; ++i) {
            users.append(UserId(u"@u%1:x"_s.arg(i)));
            DeviceRecord device;
            device.user = users.last();
            changes.devices.append(device);
        }
        QVERIFY(sql.save(changes));

        const auto found = sql.devices(users);

        QVERIFY(found);
        QCOMPARE(found->size(), 5000);
    }
};

QTEST_GUILESS_MAIN(tst_CryptoStoreSql)
#include "tst_crypto_store_sql.moc"
