// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QTest>

#include "encrypt_world.h"

using namespace parvis;
using namespace parvis::crypto;

/// Who gets the key of a message, and when the message may go.
class RoomEncryptorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<EncryptWorld>();
        EncryptWorld &w = *m_world;
        w.members.members = w.anna.with({&w.bruno});
        w.anna.store.tables.queue[row] = {};
        restart();
        m_answer.reset();
    }

    void cleanup()
    {
        m_encryptor.reset();
        m_pump.reset();
        m_world.reset();
    }

    void theKeyIsThereBeforeTheMessage()
    {
        m_world->transport.holds = &EncryptWorld::isToDevice;
        encrypt();
        QTRY_VERIFY(m_world->transport.isHolding());
        QVERIFY(!m_answer);

        m_world->transport.release();

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
        QVERIFY(m_world->reads(m_world->bruno, **m_answer));
    }

    void theCiphertextIsInItsRowWithTheRatchet()
    {
        encrypt();

        QTRY_VERIFY(m_answer);
        QCOMPARE(m_world->anna.store.tables.queue[row], **m_answer);
        QCOMPARE(m_world->anna.store.tables.outbound[m_world->room].messageCount, 1);
    }

    void whoJoinsWhileKeysAreOnTheirWayCanRead()
    {
        EncryptWorld &w = *m_world;
        w.transport.holds = &EncryptWorld::isClaim;
        encrypt();
        QTRY_VERIFY(w.transport.isHolding());

        w.members.members = w.anna.with({&w.bruno, &w.carole});
        QVERIFY(w.anna.machine->onMembershipChange(w.room, w.carole.user(), Membership::Join));
        w.transport.holds = {};
        w.transport.release();

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
        QVERIFY(w.reads(w.bruno, **m_answer));
        QVERIFY(w.reads(w.carole, **m_answer));
    }

    void whoIsBannedWhileKeysAreOnTheirWayCannotRead()
    {
        EncryptWorld &w = *m_world;
        w.members.members = w.anna.with({&w.bruno, &w.carole});
        w.transport.holds = &EncryptWorld::isClaim;
        encrypt();
        QTRY_VERIFY(w.transport.isHolding());

        w.members.members = w.anna.with({&w.carole});
        QVERIFY(w.anna.machine->onMembershipChange(w.room, w.bruno.user(), Membership::Ban));
        w.transport.holds = {};
        w.transport.release();

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
        QVERIFY(w.reads(w.carole, **m_answer));
        QVERIFY(!w.reads(w.bruno, **m_answer));
    }

    void whoIsBannedWhileTheKeyIsOnItsWayCannotRead()
    {
        EncryptWorld &w = *m_world;
        w.members.members = w.anna.with({&w.bruno, &w.carole});
        w.transport.holds = &EncryptWorld::isToDevice;
        encrypt();
        QTRY_VERIFY(w.transport.isHolding());

        w.members.members = w.anna.with({&w.carole});
        QVERIFY(w.anna.machine->onMembershipChange(w.room, w.bruno.user(), Membership::Ban));
        w.transport.holds = {};
        w.transport.release();

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
        QVERIFY(w.reads(w.carole, **m_answer));
        QVERIFY(!w.reads(w.bruno, **m_answer)); // his key is not that of this message
    }

    void anEarlierCiphertextGoesWhereNothingChanged()
    {
        EncryptWorld &w = *m_world;
        encrypt();
        QTRY_VERIFY(m_answer);
        const QByteArray before = m_answer->value();
        w.anna.start(); // as after a restart
        restart();

        encrypt(before);

        QTRY_VERIFY(m_answer);
        QCOMPARE(m_answer->value(), before);
        QCOMPARE(w.anna.store.tables.outbound[w.room].messageCount, 1);
    }

    void whoWasRemovedMeanwhileCannotReadWhatGoesNow()
    {
        EncryptWorld &w = *m_world;
        w.members.members = w.anna.with({&w.bruno, &w.carole});
        encrypt();
        QTRY_VERIFY(m_answer);
        const QByteArray before = m_answer->value();

        w.members.members = w.anna.with({&w.carole});
        QVERIFY(w.anna.machine->onMembershipChange(w.room, w.bruno.user(), Membership::Ban));
        encrypt(before);

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
        QCOMPARE(w.anna.store.tables.queue[row], **m_answer);
        QVERIFY(w.reads(w.carole, **m_answer));
        QVERIFY(!w.reads(w.bruno, **m_answer));
    }

    void whoCameMeanwhileCanReadWhatGoesNow()
    {
        EncryptWorld &w = *m_world;
        encrypt();
        QTRY_VERIFY(m_answer);
        const QByteArray before = m_answer->value();

        w.members.members = w.anna.with({&w.bruno, &w.carole});
        QVERIFY(w.anna.machine->onMembershipChange(w.room, w.carole.user(), Membership::Join));
        encrypt(before);

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
        QVERIFY(w.reads(w.carole, **m_answer));
        QVERIFY(w.reads(w.bruno, **m_answer));
    }

    void aCiphertextOfSomethingElseDoesNotGo()
    {
        encrypt(R"({"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"A","session_id":"s"})");

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
        QVERIFY(m_world->reads(m_world->bruno, **m_answer));
    }

    void aFailureThatPassesIsToldAndTheSecondCallGoesOn()
    {
        EncryptWorld &w = *m_world;
        w.transport.fails = [](const OutgoingRequest &request) {
            return EncryptWorld::isToDevice(request)
                ? std::optional(Error{ErrorKind::Network, u"PARVIS_NO_NETWORK"_s, {}, 0})
                : std::nullopt;
        };
        encrypt();
        QTRY_VERIFY(m_answer);
        QCOMPARE(m_answer->error().kind, ErrorKind::Network);
        const SessionId session = w.anna.store.tables.outbound[w.room].session;

        w.transport.fails = {};
        m_pump->setOnline(false);
        m_pump->setOnline(true);
        encrypt();

        QTRY_VERIFY(m_answer && *m_answer);
        QCOMPARE(w.anna.store.tables.outbound[w.room].session, session);
        const auto ids = w.transport.idsOf<SendToDevice>();
        QVERIFY(ids.size() >= 2);
        QCOMPARE(ids[1], ids[0]); // the very same request
        QCOMPARE(w.server.sentToDevice, 1);
    }

    void troubleWithSomethingElseStopsNoMessage()
    {
        EncryptWorld &w = *m_world;
        // Somebody's one-time key is used up, and our upload of new ones does not get through.
        w.server.devices[w.anna.address].oneTimeKeys.clear();
        w.transport.fails = [](const OutgoingRequest &request) {
            return std::holds_alternative<KeysUpload>(request.what)
                ? std::optional(Error{ErrorKind::Server, u"PARVIS_SERVER_ERROR"_s, {}, 0})
                : std::nullopt;
        };
        w.anna.receive(w.server.sync(w.anna.address));
        m_pump->kick();
        QVERIFY(!w.transport.idsOf<KeysUpload>().isEmpty());

        encrypt();

        QTRY_VERIFY(m_answer);
        QVERIFY(*m_answer);
    }

    void withoutAMemberListNothingIsEncrypted()
    {
        m_world->members.members = fail(ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s);

        encrypt();

        QVERIFY(m_answer);
        QCOMPARE(m_answer->error().code, u"PARVIS_TIMEOUT"_s);
        QVERIFY(m_world->anna.store.tables.outbound.empty());
    }

    void aFullDiskLosesNoMessageAndUsesNoKeyTwice()
    {
        EncryptWorld &w = *m_world;
        encrypt();
        QTRY_VERIFY(m_answer && *m_answer);
        const QByteArray before = w.anna.store.tables.outbound[w.room].pickle;
        w.anna.store.failFrom = w.anna.store.saves + 1;

        encrypt();
        QTRY_VERIFY(m_answer);
        QCOMPARE(m_answer->error().kind, ErrorKind::Storage);
        QCOMPARE(w.anna.store.tables.outbound[w.room].pickle, before);
        w.anna.store.failFrom = 0;
        encrypt();

        QTRY_VERIFY(m_answer && *m_answer);
        QVERIFY(w.reads(w.bruno, **m_answer));
    }

private:
    void restart()
    {
        EncryptWorld &w = *m_world;
        m_encryptor.reset();
        m_pump = std::make_unique<OutgoingPump>(*w.anna.machine, w.transport, w.clock);
        m_encryptor = std::make_unique<RoomEncryptor>(*w.anna.machine, *m_pump, w.members);
        m_pump->setOnline(true);
    }
    void encrypt(const std::optional<QByteArray> &before = std::nullopt)
    {
        m_answer.reset();
        m_encryptor
            ->encrypt(m_world->room, u"m.room.message"_s, R"({"msgtype":"m.text","body":"bonjour"})", row,
                      before)
            .then(m_pump.get(), [this](const Result<QByteArray> &answer) { m_answer = answer; });
    }

    const TransactionId row{u"row"_s};
    std::unique_ptr<EncryptWorld> m_world;
    std::unique_ptr<OutgoingPump> m_pump;
    std::unique_ptr<RoomEncryptor> m_encryptor;
    std::optional<Result<QByteArray>> m_answer;
};

QTEST_GUILESS_MAIN(RoomEncryptorTest)
#include "tst_room_encryptor.moc"
