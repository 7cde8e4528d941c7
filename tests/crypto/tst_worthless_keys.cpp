// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Keys that are nothing, or that are somebody else's: they keep no message from being read, and go nowhere.
#include "crypto/key_transfer.h"

#include <QBuffer>

#include "attacker.h"
#include "backup_world.h"
#include "ratchets.h"

using namespace parvis;
using namespace parvis::crypto;

class WorthlessKeysTest : public QObject, private BackupWorld, private Ratchets
{
    Q_OBJECT

    std::unique_ptr<Peer> second; ///< Alice's new device, with the backup
    QByteArray event;             ///< what the backup has the key of
    InboundSessionRecord whole;   ///< as the first device has it

    void take(const InboundSessionRecord &key) { QVERIFY(second->machine->sharedHistory().take({key})); }
    [[nodiscard]] InboundSessionRecord nothing() const
    {
        return with(shared(whole), forgedLike(reader(whole)));
    }
    [[nodiscard]] QJsonObject entry() { return stored().begin()->second; }
    /// What Mallory makes of Bob's key, which every member has.
    [[nodiscard]] InboundSessionRecord passedOn(quint32 index) const
    {
        InboundSessionRecord made = with(whole, at(reader(whole), index));
        made.senderKey = Curve25519Key(u"mallory"_s);
        made.sender = UserId(u"@mallory:two"_s);
        made.trust = SenderTrust::SignedDevice;
        made.backupVersion.clear();
        made.opened = false;
        return made;
    }
    [[nodiscard]] qint64 exported() const
    {
        QBuffer file;
        file.open(QIODevice::WriteOnly);
        auto writer = KeyExportWriter::begin(file, "abc", 1000);
        const auto counts =
            writer ? exportSessions(second->store, pickleKey(), *writer) : tl::unexpected(writer.error());
        return counts ? counts->total : -1;
    }
    [[nodiscard]] static QByteArray again(const QByteArray &event, const QString &id)
    {
        QJsonObject copy = FakeKeyServer::parse(event);
        copy[u"event_id"_s] = id;
        return FakeKeyServer::text(copy);
    }

private Q_SLOTS:
    void init()
    {
        second.reset();
        begin();
        setUp();
        event = bobSays(u"avant"_s);
        QCOMPARE(alice->read(room, event), u"avant"_s);
        alice->flush();
        whole = alice->store.tables.inbound.begin()->second;
        second = recovered();
    }

    // --- reading

    void anImportThatDoesNotFitAsksTheBackup()
    {
        take(nothing());
        QCOMPARE(second->read(room, event), u"[missing_session]"_s);
        QCOMPARE(backups().downloads, 0);

        second->flush();

        QCOMPARE(backups().downloads, 1);
        QCOMPARE(second->read(room, event), u"avant"_s);
        QVERIFY(std::get<DecryptedEvent>(second->decrypt(room, event)).shield.sharedBy.isEmpty());
    }
    void itIsAskedForNoMoreOftenThanOneThatIsNotThere()
    {
        stored().clear();
        take(nothing());
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(second->read(room, event), u"[missing_session]"_s);
            second->flush();
        }
        QCOMPARE(backups().downloads, 1);
    }
    void whatComesFromItsMakerAndDoesNotFitIsDamaged()
    {
        QJsonObject broken = FakeKeyServer::parse(event);
        QJsonObject content = broken[u"content"_s].toObject();
        content[u"ciphertext"_s] = u"AwgAEnBk"_s;
        broken[u"content"_s] = content;

        QCOMPARE(alice->read(room, FakeKeyServer::text(broken)), u"[decryption_failed]"_s);
        second->store.tables.inbound.clear();
        second->store.tables.inbound[whole.key()] = whole;
        take(nothing());
        QCOMPARE(second->read(room, FakeKeyServer::text(broken)), u"[decryption_failed]"_s);
    }
    void aKeyThatSomebodyElseSentAsksTheBackup()
    {
        second->store.tables.inbound[passedOn(0).key()] = passedOn(0);
        QCOMPARE(second->read(room, event), u"[mismatched_sender]"_s);

        second->flush();

        QCOMPARE(backups().downloads, 1);
        QCOMPARE(second->read(room, event), u"avant"_s);
    }

    // --- what leaves this device

    void whatOpenedNothingIsNotBackedUp()
    {
        const QJsonObject before = entry();
        take(nothing());
        second->flush();

        QCOMPARE(view(*second).toBackUp, 0);
        QCOMPARE(entry(), before);
        QCOMPARE(exported(), 0);
        QCOMPARE(makeBundle(second->store, pickleKey(), room).value_or("?"), QByteArray());
    }
    void itIsOnceItHasOpenedAnEvent()
    {
        stored().clear();
        take(shared(whole));
        second->flush();
        QVERIFY(stored().empty());

        QCOMPARE(second->read(room, event), u"avant"_s);

        QCOMPARE(view(*second).toBackUp, 1);
        QCOMPARE(exported(), 1);
        QVERIFY(!makeBundle(second->store, pickleKey(), room)->isEmpty());
        second->flush();
        QCOMPARE(view(*second).toBackUp, 0);
        QCOMPARE(stored().size(), size_t(1));
    }
    void whatThePersonImportedIsBackedUpAsBefore()
    {
        stored().clear();
        QVERIFY(second->machine->recovery().import({imported(whole)}));
        QCOMPARE(view(*second).toBackUp, 1);
        second->flush();
        QCOMPARE(stored().size(), size_t(1));
    }
    void theOneThatOpensGoesInTheOthersStead()
    {
        // Two of a file, of which one is nothing and begins earlier.
        stored().clear();
        InboundSessionRecord made = imported(nothing());
        made.senderKey = Curve25519Key(u"another"_s);
        QVERIFY(second->machine->recovery().import({made, imported(whole)}));
        second->flush();
        QCOMPARE(view(*second).toBackUp, 0);

        QCOMPARE(second->read(room, event), u"avant"_s);

        QCOMPARE(view(*second).toBackUp, 1);
        second->flush();
        QCOMPARE(view(*second).toBackUp, 0);
        QCOMPARE(second->read(room, event), u"avant"_s);
    }
    void theOneThatOpensMeanwhileGoesAsWell()
    {
        stored().clear();
        InboundSessionRecord made = imported(nothing());
        made.senderKey = Curve25519Key(u"another"_s);
        QVERIFY(second->machine->recovery().import({made, imported(whole)}));
        const auto onItsWay = wanted<BackupUpload>(*second);
        QVERIFY(onItsWay);

        QCOMPARE(second->read(room, event), u"avant"_s);
        second->send(onItsWay->first);

        QCOMPARE(view(*second).toBackUp, 1);
        second->flush();
        QCOMPARE(view(*second).toBackUp, 0);
    }
    void whatAMemberPassesOnDoesNotShortenTheBackup()
    {
        QVERIFY(second->machine->recovery().import({imported(whole)}));
        second->store.tables.inbound[passedOn(2).key()] = passedOn(2);
        stored().clear();
        QCOMPARE(view(*second).toBackUp, 1);
        second->flush();

        QCOMPARE(entry()[u"first_message_index"_s].toInt(-1), 0);
    }

    // --- once

    void theSameRatchetUnderAnotherSenderKeyOpensNoEventAgain()
    {
        InboundSessionRecord other = shared(whole);
        other.senderKey = Curve25519Key(u"another"_s);
        take(other);
        QCOMPARE(second->read(room, event), u"avant"_s);
        QVERIFY(second->machine->recovery().import({imported(whole)}));

        QCOMPARE(second->read(room, again(event, u"$copy"_s)), u"[replay]"_s);
        QCOMPARE(second->read(room, event), u"avant"_s);
        second->start();
        QCOMPARE(second->read(room, again(event, u"$copy"_s)), u"[replay]"_s);
    }
    void theSameCopyOpensNoEventAgainInAnothersName()
    {
        QVERIFY(second->machine->recovery().import({imported(whole)}));
        QCOMPARE(second->read(room, event), u"avant"_s);
        QJsonObject copy = FakeKeyServer::parse(again(event, u"$copy"_s));
        copy[u"sender"_s] = u"@carol:two"_s;
        second->store.tables.inbound[whole.key()].sender = {}; // her device is not known

        QCOMPARE(second->read(room, FakeKeyServer::text(copy)), u"[replay]"_s);
    }

    // --- bounds

    void ofOneSenderSoManyThatOpenNothingAreKept()
    {
        Attacker mallory(*server, u"@mallory:two"_s, u"M"_s);
        const auto row = [&](int i, const UserId &sender) {
            return InboundSessionRecord{.room = room,
                                        .session = SessionId(u"%1-%2"_s.arg(sender.toString()).arg(i)),
                                        .pickle = "x",
                                        .senderKey = mallory.account.curveKey(),
                                        .sender = sender,
                                        .receivedMs = i + 1};
        };
        auto &rows = second->store.tables.inbound;
        rows.clear();
        for (int i = 0; i < 2010; ++i) {
            InboundSessionRecord made = row(i, UserId(mallory.user));
            made.opened = i < 10;
            rows[made.key()] = made;
        }
        rows[row(0, bob->user()).key()] = row(0, bob->user());
        QCOMPARE(rows.size(), size_t(2011));
        const auto megolm = *MegolmOutbound::create();
        const auto more = *MegolmOutbound::create();

        second->receive(toDevice({mallory.message(*second, u"m.room_key"_s, Attacker::roomKey(room, megolm)),
                                  mallory.message(*second, u"m.room_key"_s, Attacker::roomKey(room, more))}));

        QCOMPARE(rows.size(), size_t(2011));
        QVERIFY(rows.contains({room, megolm.id(), mallory.account.curveKey()}));
        QVERIFY(rows.contains({room, more.id(), mallory.account.curveKey()}));
        QVERIFY(rows.contains(row(9, UserId(mallory.user)).key())); // it has opened an event
        QVERIFY(!rows.contains(row(10, UserId(mallory.user)).key()));
        QVERIFY(!rows.contains(row(11, UserId(mallory.user)).key()));
        QVERIFY(rows.contains(row(12, UserId(mallory.user)).key()));
        QVERIFY(rows.contains(row(0, bob->user()).key()));
    }
    void devicesOfOurOwnThatNobodySignedAreBoundedAsWell()
    {
        Attacker evil(*server, alice->address.first, u"EVIL"_s); // a server can make one
        const auto row = [&](int i, SenderTrust trust) {
            return InboundSessionRecord{.room = room,
                                        .session = SessionId(u"%1-%2"_s.arg(int(trust)).arg(i)),
                                        .pickle = "x",
                                        .senderKey = evil.account.curveKey(),
                                        .sender = alice->user(),
                                        .trust = trust,
                                        .receivedMs = i + 1};
        };
        auto &rows = second->store.tables.inbound;
        rows.clear();
        for (int i = 0; i < 2000; ++i)
            rows[row(i, SenderTrust::DeviceKnown).key()] = row(i, SenderTrust::DeviceKnown);
        for (const SenderTrust trust : {SenderTrust::SignedDevice, SenderTrust::VerifiedUser})
            rows[row(0, trust).key()] = row(0, trust);
        const auto megolm = *MegolmOutbound::create();

        second->receive(toDevice({evil.message(*second, u"m.room_key"_s, Attacker::roomKey(room, megolm))}));

        QCOMPARE(rows.size(), size_t(2002));
        QVERIFY(rows.contains({room, megolm.id(), evil.account.curveKey()}));
        QVERIFY(!rows.contains(row(0, SenderTrust::DeviceKnown).key()));
        QVERIFY(rows.contains(row(1, SenderTrust::DeviceKnown).key()));
        QVERIFY(rows.contains(row(0, SenderTrust::SignedDevice).key()));
        QVERIFY(rows.contains(row(0, SenderTrust::VerifiedUser).key()));

        // What a device of ours says that our identity has signed, takes nothing from anybody.
        alice->sync();
        const QByteArray said = alice->say(room, alice->with({}), u"à moi"_s);
        second->sync();
        QCOMPARE(second->read(room, said), u"à moi"_s);
        QCOMPARE(rows.size(), size_t(2003));
    }
};

QTEST_GUILESS_MAIN(WorthlessKeysTest)
#include "tst_worthless_keys.moc"
