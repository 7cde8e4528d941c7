// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The private key of the key backup, from one device of a person to the other.
#include "gossip_world.h"

using namespace parvis;
using namespace parvis::crypto;

class GossipedBackupKeyTest : public GossipingDevices
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    void aComparedDeviceGetsIt()
    {
        makeBackup();
        QVERIFY(!phone->machine->recovery().backup()->holdsKey);

        compare();

        const auto backup = *phone->machine->recovery().backup();
        QVERIFY(backup.ours && backup.holdsKey);
        QVERIFY(openOf(*phone).isEmpty());
    }

    void thatOfABackupWhichNobodySignedIsNotTaken()
    {
        makeBackup();
        compare();
        auto &auth = server->backups[alice].versions[1].info;
        auth[u"auth_data"_s] =
            QJsonObject{{u"public_key"_s, auth[u"auth_data"_s].toObject()[u"public_key"_s]}};
        phone->store.tables.secrets.erase(backupName);
        phone->start();
        phone->machine->recovery().checkBackup();
        phone->flush();
        QVERIFY(!lose(backupName).isEmpty());
        phone->machine->recovery().checkBackup();
        phone->flush();

        laptop->syncAll();
        phone->syncAll();

        QVERIFY(phone->machine->recovery().backup()->exists);
        QVERIFY(!phone->machine->recovery().backup()->holdsKey);
    }

    void itWaitsForTheServersWord()
    {
        makeBackup();
        compare();
        auto &backups = server->backups[alice];
        const auto honest = backups.versions;
        const QString id = lose(backupName);
        // The server shows the phone another backup than the one that the laptop knows.
        phone->start();
        const QString another = Attacker(*server, alice, u"X"_s).account.curveKey().toString();
        backups.create(FakeKeyServer::text({{u"algorithm"_s, u"m.megolm_backup.v1.curve25519-aes-sha2"_s},
                                            {u"auth_data"_s, QJsonObject{{u"public_key"_s, another}}}}));
        phone->machine->recovery().checkBackup();
        phone->flush();
        const QString asked = openOf(*phone).value(0, id);
        laptop->syncAll();
        phone->syncAll();
        QVERIFY(!phone->machine->recovery().backup()->holdsKey);
        QVERIFY(phone->store.tables.secrets.contains(u"inbox:"_s + backupName));
        QVERIFY(!asked.isEmpty() && openOf(*phone).contains(asked));

        const auto opens = [&](const auto &shown) {
            backups.versions = shown;
            phone->start();
            phone->machine->recovery().checkBackup();
            phone->flush();
            return phone->machine->recovery().backup()->holdsKey;
        };
        auto stripped = honest; // fits, but a device that was not there at a reset gives such a key as well
        stripped[1].info[u"auth_data"_s] =
            QJsonObject{{u"public_key"_s, honest.at(1).info[u"auth_data"_s].toObject()[u"public_key"_s]}};
        QVERIFY(!opens(stripped));
        QVERIFY(opens(honest));
        QVERIFY(!phone->store.tables.secrets.contains(u"inbox:"_s + backupName));
        QVERIFY(openOf(*phone).isEmpty());
    }
};

QTEST_GUILESS_MAIN(GossipedBackupKeyTest)
#include "tst_gossiped_backup_key.moc"
