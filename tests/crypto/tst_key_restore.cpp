// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What comes back: from the backup, one by one or all together, and from elsewhere.
#include "crypto/backup_encryption.h"
#include "crypto/key_transfer.h"

#include <QJsonArray>

#include "backup_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class KeyRestoreTest : public QObject, private BackupWorld
{
    Q_OBJECT

    /// Of a whole backup: how many keys open, and how many there were.
    [[nodiscard]] static std::pair<qint64, qint64> usable(Peer &peer, const QByteArray &all)
    {
        const auto sink = [](const QList<InboundSessionRecord> &) { return true; };
        const auto counts = prepareBackup(all, *peer.machine->recovery().backupKey(), u"1"_s,
                                          peer.machine->recovery().importer(), sink);
        return counts ? std::pair(counts->usable, counts->total) : std::pair<qint64, qint64>(-1, -1);
    }

private Q_SLOTS:
    void init() { begin(); }

    // --- what comes back

    void anUnreadableMessageFetchesItsKey()
    {
        setUp();
        const QByteArray event = bobSays(u"avant"_s);
        const auto second = recovered();
        QCOMPARE(second->read(room, event), u"[missing_session]"_s);

        second->flush();

        QCOMPARE(second->roomKeys.size(), 1);
        QCOMPARE(second->read(room, event), u"avant"_s);
        const auto result = second->decrypt(room, event);
        QCOMPARE(std::get<DecryptedEvent>(result).shield.reason, Shield::Reason::Unauthenticated);
        QCOMPARE(view(*second).toBackUp, 0); // it came from there
    }

    void theServerMayBeAskedAgainWhileAKeyIsTyped()
    {
        setUp();
        const auto second = newDevice();
        second->machine->recovery().checkBackup();
        second->flush();
        second->machine->recovery().checkBackup(); // account data has come, the answer not yet
        QVERIFY(*second->machine->recovery().takeBackupKey(*alice->machine->recovery().backupKey()));
        QVERIFY(!wanted<BackupUpload>(*second));
        second->flush();
        QVERIFY(view(*second).ours && view(*second).holdsKey);
    }

    void oneThatIsNotThereIsAskedForEverMoreRarely()
    {
        setUp();
        const auto second = recovered();
        const QByteArray event = bob->say(room, bob->with({}), u"pour d'autres"_s);
        int asked = 0;
        QList<qint64> times;
        const qint64 start = clock.nowMs();
        for (int minute = 0; minute < 60 * 24 * 10; minute += 1) {
            if (minute < 200 || minute % 60 == 0) {
                QCOMPARE(second->read(room, event), u"[missing_session]"_s);
                second->flush();
            }
            if (backups().downloads > asked) {
                asked = backups().downloads;
                times.append((clock.nowMs() - start) / 60'000);
            }
            clock.advance(60'000);
        }
        QCOMPARE(times.mid(0, 5), (QList<qint64>{0, 1, 3, 7, 15}));
        QVERIFY2(asked <= 22, QByteArray::number(asked));
    }

    void thePersonMayAskAgainAtOnce()
    {
        setUp();
        const auto second = recovered();
        const QByteArray event = bob->say(room, bob->with({}), u"pour d'autres"_s);
        const auto result = second->decrypt(room, event);
        const SessionId session = std::get<Undecryptable>(result).session;
        const auto isWanted = [&] { return second->machine->recovery().isWantedFromBackup(room, session); };
        QVERIFY(isWanted());
        second->flush();
        QCOMPARE(backups().downloads, 1);
        QVERIFY(!isWanted());

        QCOMPARE(second->read(room, event), u"[missing_session]"_s); // by itself: not yet
        QVERIFY(!isWanted());
        second->flush();
        QCOMPARE(backups().downloads, 1);

        QVERIFY(second->machine->recovery().askAgain(room, session));
        QVERIFY(isWanted());
        second->flush();
        QCOMPARE(backups().downloads, 2);
        QVERIFY(!isWanted());
    }

    void thoseThatWaitedAreFetchedOnceTheKeyIsThere()
    {
        setUp();
        const QByteArray event = bobSays(u"avant"_s);
        const auto second = newDevice();
        QCOMPARE(second->read(room, event), u"[missing_session]"_s);
        second->flush();
        QCOMPARE(backups().downloads, 0);
        QVERIFY(recoverWith(*second, recoveryKey));
        second->flush();
        QCOMPARE(second->read(room, event), u"avant"_s);
    }

    void aFloodOfUnreadableMessagesIsBounded()
    {
        setUp();
        const auto second = newDevice();
        for (int i = 0; i < 3000; ++i) {
            QJsonObject content{{u"algorithm"_s, u"m.megolm.v1.aes-sha2"_s},
                                {u"session_id"_s, u"session%1"_s.arg(i)},
                                {u"ciphertext"_s, u"AwgAEnACgAkLmt6qF84IK"_s}};
            QVERIFY(second->machine->decrypt(room, {second->roomEvent(room, FakeKeyServer::text(content))}));
        }
        QVERIFY(recoverWith(*second, recoveryKey));
        int rounds = 0;
        while (wanted<BackupDownload>(*second) && rounds < 5000) {
            second->send(wanted<BackupDownload>(*second)->first);
            ++rounds;
        }
        QCOMPARE(rounds, 1000);
    }

    void whatTheBackupMakesUpIsLeftOut()
    {
        setUp();
        const QByteArray event = bobSays(u"vrai"_s);
        const auto second = recovered();
        auto &[where, entry] = *stored().begin();
        const QJsonObject good = entry;
        const auto put = [&, key = where](const QJsonObject &data) {
            QJsonObject bad = good;
            bad[u"session_data"_s] = data;
            stored()[key] = bad;
        };
        const auto key = *alice->machine->recovery().backupKey();
        const auto encrypted = [&](QByteArray json) {
            const auto data = encryptForBackup(*backupPublicKey(key), Secret(json));
            return FakeKeyServer::parse(data->toJson());
        };
        const auto plain = decryptFromBackup(
            key, *BackupSessionData::parse(FakeKeyServer::text(good[u"session_data"_s].toObject())));
        QJsonObject inner = FakeKeyServer::parse(plain->view().toByteArray());
        QList<QJsonObject> bad{{}, {{u"ciphertext"_s, u"!"_s}}};
        QJsonObject one = good[u"session_data"_s].toObject();
        one[u"mac"_s] = u"AAAAAAAAAAA"_s;
        bad.append(one);
        one = good[u"session_data"_s].toObject();
        one[u"ephemeral"_s] = QString(43, u'A'); // of low order
        bad.append(one);
        bad.append(encrypted("[]"));
        QJsonObject changed = inner;
        changed[u"algorithm"_s] = u"rot13"_s;
        bad.append(encrypted(FakeKeyServer::text(changed)));
        changed = inner;
        changed[u"session_key"_s] = QString(u"A"_s).repeated(220);
        bad.append(encrypted(FakeKeyServer::text(changed)));
        changed = inner;
        QJsonArray chain;
        for (int i = 0; i < 10'000; ++i)
            chain.append(u"Y2hhaW4gb2Yga2V5cyB0aGF0IG5vYm9keSBuZWVkcw"_s);
        changed[u"forwarding_curve25519_key_chain"_s] = chain;
        const auto huge = encryptForBackup(*backupPublicKey(key), Secret(FakeKeyServer::text(changed)));
        QVERIFY(!huge);
        // A good key of another session under this name.
        newSession();
        bobSays(u"autre"_s);
        for (const auto &[other, value] : stored()) {
            if (other != where)
                bad.append(value[u"session_data"_s].toObject());
        }
        for (const QJsonObject &data : bad) {
            put(data);
            QCOMPARE(second->read(room, event), u"[missing_session]"_s);
            second->flush();
            QCOMPARE(second->read(room, event), u"[missing_session]"_s);
            clock.advance(25 * 3'600'000LL);
        }
        QVERIFY(second->roomKeys.isEmpty());
        stored()[where] = good;
        QCOMPARE(second->read(room, event), u"[missing_session]"_s);
        second->flush();
        QCOMPARE(second->read(room, event), u"vrai"_s);
    }

    // --- imports

    void anImportRaisesNoTrust()
    {
        bobSays(u"un"_s);
        const InboundSessionRecord record = alice->store.tables.inbound.begin()->second;
        QVERIFY(!record.imported);
        const auto import = [&](const InboundSessionRecord &key) {
            return alice->machine->recovery().import({key})->imported;
        };
        QCOMPARE(import(exportedAt(*alice, record, 0)), 0);
        QCOMPARE(import(exportedAt(*alice, record, 5)), 0);
        QCOMPARE(alice->store.tables.inbound[record.key()], record);

        // A better ratchet under a trusted session: read further back, trusted as before.
        InboundSessionRecord later = record;
        later.pickle = exportedAt(*alice, record, 3).pickle;
        later.firstKnownIndex = 3;
        alice->store.tables.inbound[record.key()] = later;
        QCOMPARE(import(exportedAt(*alice, record, 0)), 1);
        const InboundSessionRecord merged = alice->store.tables.inbound[record.key()];
        QCOMPARE(merged.firstKnownIndex, 0U);
        QVERIFY(!merged.imported && merged.trust == record.trust && merged.sender == record.sender);

        // The true key takes an import's place.
        alice->store.tables.inbound[record.key()] = exportedAt(*alice, record, 0);
        QVERIFY(alice->store.tables.inbound[record.key()].imported);
    }

    void copiesUnderOtherSendersAreFew()
    {
        bobSays(u"un"_s);
        const InboundSessionRecord record = alice->store.tables.inbound.begin()->second;
        for (int i = 0; i < 20; ++i) {
            const auto pair = backupPublicKey(Secret(QByteArray(32, char(i + 1))));
            clock.advance(1);
            QVERIFY(alice->machine->recovery().import({exportedAt(*alice, record, 0, *pair)}));
        }
        QCOMPARE(alice->store.tables.inbound.size(), size_t(5)); // the true one, and four
        QVERIFY(!alice->store.tables.inbound[record.key()].imported);
    }

    void theWholeBackupComesBackInSlices()
    {
        setUp();
        QList<QByteArray> events;
        for (int i = 0; i < 5; ++i) {
            newSession();
            events.append(bobSays(QString::number(i)));
        }
        const auto second = recovered();
        QByteArray all = backups().all();
        const auto contents = readBackupContents(all);
        QCOMPARE(contents->size(), 5);
        const auto key = *second->machine->recovery().backupKey();
        const KeyImporter importer = second->machine->recovery().importer();
        const qsizetype saves = second->store.saves;
        for (const BackedUpSession &session : *contents)
            QCOMPARE(second->machine->recovery().import({*importer.open(session, key, u"1"_s)})->imported, 1);
        QCOMPARE(second->store.saves, saves + 5);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(second->read(room, events[i]), QString::number(i));
        QCOMPARE(view(*second).toBackUp, 0);
    }

    void oneOddNumberSpoilsOneSessionAlone()
    {
        setUp();
        QList<QByteArray> events;
        for (int i = 0; i < 3; ++i) {
            newSession();
            events.append(bobSays(QString::number(i)));
        }
        const auto second = recovered();
        // Numbers that no 64 bits hold are JSON all the same: beside the key, they say nothing of it.
        const QByteArray all = backups().all();
        for (const QByteArray &number :
             {QByteArray("1000000000000000000000000000000"), QByteArray("1e999"), QByteArray(400, '7')}) {
            QByteArray odd = all;
            odd.insert(odd.lastIndexOf("\"session_data\""), "\"odd\":" + number + ',');
            QCOMPARE(usable(*second, odd), (std::pair<qint64, qint64>(3, 3)));
            odd = all;
            odd.insert(odd.lastIndexOf("\"ciphertext\""), "\"count\":" + number + ',');
            QCOMPARE(usable(*second, odd).second, 3); // beside the ciphertext: taken or refused, but counted
            odd = all;
            odd.replace(odd.lastIndexOf("\"ciphertext\":"), 13, "\"ciphertext\":" + number + ",\"was\":");
            QCOMPARE(usable(*second, odd), (std::pair<qint64, qint64>(2, 3)));
            odd = all;
            odd.insert(odd.lastIndexOf("\"rooms\""), "\"count\":" + number + ',');
            QCOMPARE(usable(*second, odd), (std::pair<qint64, qint64>(3, 3)));
        }
        QVERIFY(!readBackupContents(all.chopped(1)));
    }

    void whatHasNoShapeIsCounted()
    {
        setUp();
        bobSays(u"bon"_s);
        const auto second = recovered();
        QByteArray all = backups().all();
        all.replace("\"sessions\":{", R"("sessions":{"a":7,"b":{},"c":{"session_data":"x"},)");
        QCOMPARE(usable(*second, all), (std::pair<qint64, qint64>(1, 4)));
    }

    void aMaliciousBackupIsBounded()
    {
        QByteArray json = "{\"rooms\":{\"!r:x\":{\"sessions\":{";
        const QByteArray entry =
            "\":{\"session_data\":{\"ephemeral\":\"a\",\"ciphertext\":\"b\",\"mac\":\"c\"}},";
        json.reserve(100 * 1000 * 1000);
        for (int i = 0; i < 1'000'000; ++i)
            json += '"' + QByteArray::number(i) + entry;
        json.chop(1);
        json += "}}}}";
        const auto contents = readBackupContents(json);
        QVERIFY(!contents);
        QCOMPARE(contents.error().code, u"PARVIS_BACKUP_TOO_LARGE"_s);

        for (const QByteArray &odd :
             {QByteArray("{}"), QByteArray(R"({"rooms":[]})"), QByteArray(R"({"rooms":{"!a":7}})"),
              QByteArray(R"({"rooms":{"":{"sessions":{"s":{"session_data":{}}}}}})")})
            QVERIFY(readBackupContents(odd)->isEmpty());
        QVERIFY(!readBackupContents("<html>"));
    }
};

QTEST_GUILESS_MAIN(KeyRestoreTest)
#include "tst_key_restore.moc"
