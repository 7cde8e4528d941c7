// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What other projects' tests send, read where it lies: it is not ours to copy.
#include "base/base64.h"
#include "crypto/backup_encryption.h"
#include "crypto/device_keys.h"
#include "crypto/exported_session.h"
#include "crypto/key_import.h"
#include "crypto/keys_query_check.h"
#include "crypto/primitives.h"
#include "fakes/vectors.h"

#include <QTest>

#include "peer.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class OtherProjectsTest : public QObject
{
    Q_OBJECT

private:
    std::optional<QDir> m_shared;

    [[nodiscard]] QJsonDocument read(const QString &path) const
    {
        return QJsonDocument::fromJson(test::fileBytes(m_shared->filePath(path)));
    }
    /// The JSON of the test @p name in this file of matrix-rust-sdk's literals; the first where there is no
    /// name.
    [[nodiscard]] QJsonObject literal(const QString &file, const QString &name = {}) const
    {
        for (const auto &row : read(u"rust-sdk/json-literals/"_s + file + u".json"_s).array()) {
            if (name.isEmpty() || row["test"_L1] == name)
                return row["json"_L1].toObject();
        }
        return {};
    }
    [[nodiscard]] static QByteArray json(const QJsonValue &value)
    {
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    }

    /// A machine in one room, and what one to-device event in clear does to it.
    struct Machine {
        FakeKeyServer server;
        FakeClock clock;
        Peer bob{server, clock, u"@bob:example.org"_s, u"BOB"_s};

        Machine()
        {
            clock.ms = 1'800'000'000'000;
            bob.flush();
        }
        [[nodiscard]] SyncCryptoOutcome take(const QJsonObject &event) const
        {
            SyncCrypto sync;
            sync.toDevice.append(json(event));
            const auto outcome = bob.machine->receiveSync(sync);
            if (!outcome)
                qFatal("the sync stops");
            return *outcome;
        }
    };

    [[nodiscard]] static bool opensNothing(const SyncCryptoOutcome &outcome)
    {
        return outcome.roomKeys.isEmpty() && !outcome.secretsCame && !outcome.bundleCame;
    }

private Q_SLOTS:
    void init()
    {
        m_shared = test::sharedVectors();
        if (!m_shared)
            QSKIP("no PARVIS_SHARED");
    }

    void keysInBase64()
    {
        const QJsonDocument known = read(u"vodozemac/key-base64.json"_s);
        const QJsonArray pairs = known["accept_padded_and_unpadded"_L1].toArray();
        const QJsonArray refused = known["reject_as_curve25519_key"_L1].toArray();
        QVERIFY(pairs.size() >= 2 && refused.size() >= 4);
        for (const auto &pair : pairs) {
            const QByteArray bytes = publicKeyBytes(pair[0].toString());
            QCOMPARE(bytes.size(), 32);
            QCOMPARE(fromBase64(test::latin1(pair[1])).value(), bytes);
            QCOMPARE(publicKeyBytes(pair[1].toString()), bytes);
            // Keys are compared as text further in: only one of the two passes.
            QVERIFY(isSafeKey(Curve25519Key(pair[0].toString())));
            QVERIFY(!isSafeKey(Curve25519Key(pair[1].toString())));
        }
        for (const auto &row : refused)
            QVERIFY2(publicKeyBytes(row[0].toString()).isEmpty(), qPrintable(row[1].toString()));
    }

    void claimedKeys()
    {
        const QJsonObject devices = read(u"rust-sdk/bench/keys_query.json"_s)["device_keys"_L1].toObject();
        const QJsonObject claimed = read(u"rust-sdk/bench/keys_claim.json"_s)["one_time_keys"_L1].toObject();
        int checked = 0;
        for (auto user = claimed.begin(); user != claimed.end(); ++user) {
            const QJsonObject theirs = user->toObject();
            for (auto device = theirs.begin(); device != theirs.end(); ++device) {
                const QJsonValue keys = devices[user.key()][device.key()]["keys"_L1];
                const Ed25519Key signer(keys[u"ed25519:"_s + device.key()].toString());
                for (const auto &key : device->toObject()) {
                    const auto signedBy = [&](const Ed25519Key &who) {
                        return parseSignedOneTimeKey(json(key), UserId(user.key()), DeviceId(device.key()),
                                                     who);
                    };
                    QVERIFY(!signedBy(Ed25519Key(key["key"_L1].toString())));
                    if (signer.isEmpty()) // of a device that the other file does not have
                        continue;
                    QCOMPARE(signedBy(signer).value().toString(), key["key"_L1].toString());
                    ++checked;
                }
            }
        }
        QCOMPARE(checked, 148);
    }

    void answersOfQueries_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<bool>("identity");
        QTest::addColumn<int>("devices");
        QTest::newRow("dave_keys_query_response") << u"@dave:localhost"_s << false << 1;
        QTest::newRow("good_keys_query_response") << u"@good:localhost"_s << true << 2;
        QTest::newRow("initial_key_query") << u"@malo:localhost"_s << true << 1;
        QTest::newRow("updated_key_query") << u"@malo:localhost"_s << true << 1;
    }
    void answersOfQueries()
    {
        QFETCH(QString, user);
        QFETCH(bool, identity);
        QFETCH(int, devices);
        const auto checked = checkKeysQuery(json(
            literal(u"test__test_json__keys_query_sets"_s, QString::fromLatin1(QTest::currentDataTag()))));
        QVERIFY(checked && checked->size() == 1);
        const CheckedUser &found = checked->at(UserId(user));
        QCOMPARE(found.identity, identity ? CheckedUser::Identity::Accepted : CheckedUser::Identity::None);
        QCOMPARE(int(found.devices.size()), devices);
        for (const auto &[device, verdict] : found.devices)
            QCOMPARE(verdict, identity ? CheckedUser::Device::CrossSigned : CheckedUser::Device::Signed);
    }

    void devicesAlone()
    {
        for (const auto &name : {u"own_unsigned_device_keys"_s, u"own_signed_device_keys"_s,
                                 u"device_1_keys_payload_carol"_s, u"device_2_keys_payload_carol"_s}) {
            const QJsonObject device = literal(u"test__test_json__keys_query_sets"_s, name);
            const auto keys = parseDeviceKeys(json(device), UserId(device["user_id"_L1].toString()),
                                              DeviceId(device["device_id"_L1].toString()));
            QVERIFY2(keys, qPrintable(name));
        }
        // Made up to show the shape of what is inside an Olm message: its signature is none.
        const QJsonObject inside = literal(u"crypto__types__events__olm_v1"_s);
        const auto keys = parseDeviceKeys(json(inside), UserId(u"@u:s.co"_s), DeviceId(u"DEV"_s));
        QVERIFY(!keys);
        QCOMPARE(keys.error().code, u"PARVIS_BAD_SIGNATURE"_s);
    }

    void keysThatAreWithheld()
    {
        const QString file = u"crypto__types__events__room_key_withheld"_s;
        const Machine machine;
        // Of no room, and of an algorithm that nobody knows: nothing that a message waits for.
        QVERIFY(machine.take(literal(file, u"no_olm_json"_s)).withheld.isEmpty());
        QVERIFY(machine.take(literal(file, u"unknown_alg_json"_s)).withheld.isEmpty());
        const QJsonObject unknownCode = literal(file, u"unknown_code_json"_s);
        const QJsonObject known{
            {"type"_L1, "m.room_key.withheld"_L1},
            {"sender"_L1, "@alice:example.org"_L1},
            {"content"_L1,
             literal(file, u"serialization_to_device"_s)["@alice:example.org"_L1]["DEV001"_L1]}};
        for (const QJsonObject &event : {unknownCode, known}) {
            const auto told = machine.take(event).withheld;
            QCOMPARE(told.size(), 1);
            QCOMPARE(told.constFirst().room.toString(), event["content"_L1]["room_id"_L1].toString());
            QCOMPARE(told.constFirst().session.toString(), event["content"_L1]["session_id"_L1].toString());
        }
    }

    /// In clear, and of somebody else: no secret is believed, and no key goes out.
    /// All of them, whatever they were written for, wherever such a thing may stand.
    void noneOfThemStopsAnything()
    {
        const QDir folder(m_shared->filePath(u"rust-sdk/json-literals"_s));
        Machine machine;
        int count = 0;
        for (const QString &file : folder.entryList({u"*.json"_s})) {
            for (const auto &row : read(u"rust-sdk/json-literals/"_s + file).array()) {
                const QJsonObject it = row["json"_L1].toObject();
                ++count;
                QVERIFY(opensNothing(machine.take(it)));
                for (const auto &type : {u"m.room.encrypted"_s, u"m.room_key"_s, u"m.forwarded_room_key"_s,
                                         u"m.room_key.withheld"_s, u"m.secret.send"_s})
                    QVERIFY(opensNothing(machine.take(
                        {{"type"_L1, type}, {"sender"_L1, "@mallory:x"_L1}, {"content"_L1, it}})));
                (void)checkKeysQuery(json(it));
                (void)ExportedSession::parse(json(it));
                (void)parseDeviceKeys(json(it), UserId(u"@u:x"_s), DeviceId(u"D"_s));
            }
        }
        QVERIFY2(count >= 80, qPrintable(QString::number(count)));
    }

    void secretsAndRequestsOfStrangers()
    {
        const Machine machine;
        for (const auto &[file, name] :
             {std::pair(u"crypto__types__events__secret_send"_s, u"json"_s),
              {u"crypto__types__events__secret_push"_s, u"json"_s},
              {u"crypto__types__events__room_key_request"_s, u"json"_s},
              {u"crypto__types__events__room_key_request"_s, u"json_cancellation"_s},
              {u"crypto__types__events__room_key_request"_s, u"json_megolm_v2"_s},
              {u"crypto__types__events__room_key_request"_s, u"deserialization_missing_sender_key"_s},
              {u"crypto__types__events__dummy"_s, u"json"_s}}) {
            const QJsonObject event = literal(file, name);
            QVERIFY2(!event.isEmpty(), qPrintable(file));
            const auto outcome = machine.take(event);
            QVERIFY(outcome.withheld.isEmpty() && outcome.roomKeys.isEmpty());
            QVERIFY(machine.bob.machine->outgoing().value().isEmpty());
        }
    }

    void sessionsThatWereExportedOrBackedUp()
    {
        const KeyImporter importer(Secret(QByteArray(32, 'p')));
        for (const auto &file : {u"crypto__backups__keys__decryption"_s,
                                 u"crypto__olm__group_sessions__mod"_s, u"crypto__machine__tests__mod"_s}) {
            const auto key = ExportedSession::parse(json(literal(file)));
            QVERIFY2(key, qPrintable(file));
            QVERIFY2(importer.prepare(*key), qPrintable(file));
        }
        QVERIFY(ExportedSession::parseBackedUp(json(literal(u"crypto__backups__mod"_s))));
    }

    void whatABackupHolds()
    {
        const QJsonObject row = literal(u"crypto__backups__keys__decryption"_s, u"test_decrypt_key"_s);
        const auto data = BackupSessionData::parse(json(row["session_data"_L1]));
        QVERIFY(data);
        // For a key of theirs: the MAC says that it is not ours.
        const auto opened = decryptFromBackup(Secret(QByteArray(32, 'p')), *data);
        QCOMPARE(opened.error().code, u"PARVIS_BACKUP_OTHER_KEY"_s);
    }
};

QTEST_GUILESS_MAIN(OtherProjectsTest)
#include "tst_other_projects.moc"
