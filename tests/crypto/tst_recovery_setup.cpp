// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The recovery as it is set up, killed at any line, and used by another device.
#include "base/raw_object.h"
#include "crypto/recovery_key.h"
#include "crypto/secret_storage.h"

#include "identity_maker.h"
#include "recovery_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class RecoverySetupTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    const QString user = u"@alice:one"_s;

    [[nodiscard]] FakeBackups &backups() { return server->backups[user]; }
    void begin()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, user, u"A"_s);
        alice->flush();
    }
    QByteArray setUp(bool replace = false)
    {
        SetupPlayer setup(*alice, replace);
        setup.run();
        if (setup.error)
            qFatal("%s", qPrintable(setup.error->code));
        alice->flush();
        alice->sync();
        return setup.recoveryKey;
    }
    [[nodiscard]] std::unique_ptr<Peer> newDevice(const QString &device = u"A2"_s)
    {
        auto peer = std::make_unique<Peer>(*server, clock, user, device);
        peer->flush();
        peer->sync();
        return peer;
    }
    [[nodiscard]] static QByteArray encodeLetters(const Secret &key)
    {
        return encodeRecoveryKey(key)->view().toByteArray();
    }
    [[nodiscard]] static Secret decodeLetters(const QByteArray &letters)
    {
        return *decodeRecoveryKey(letters);
    }
    [[nodiscard]] static QString code(const Result<RecoveryOutcome> &outcome)
    {
        return outcome ? QString() : outcome.error().code;
    }
    /// The setup can be used: one backup, and everything opens on another device.
    void isWhole(const QByteArray &recoveryKey, const QByteArray &when)
    {
        alice->flush();
        alice->sync();
        const auto other = newDevice();
        const auto outcome = recoverWith(*other, recoveryKey);
        QVERIFY2(outcome && outcome->identity && outcome->backup, when + ' ' + code(outcome).toLatin1());
        other->flush();
        other->sync();
        QVERIFY2(other->machine->ownIdentity()->isWhole(), when);
        QVERIFY2(other->machine->ownIdentity()->thisDeviceSigned, when);
        QCOMPARE(backups().versions.size(), size_t(1));
        const auto backup = *alice->machine->recovery().backup();
        QVERIFY2(backup.ours && backup.holdsKey, when);
        QCOMPARE(backup.version, backups().current());
    }

private Q_SLOTS:
    void init() { begin(); }

    void anotherDeviceTakesEverythingIn()
    {
        const QByteArray key = setUp();

        isWhole(key, "once");
        QVERIFY(key.startsWith("Es"));
        QCOMPARE(defaultStorageKey(*backups().data(u"m.secret_storage.default_key"_s)).size(), 32);
    }

    void theBackupIsSignedByIdentityAndDevice()
    {
        setUp();

        const QByteArray auth = FakeKeyServer::text(backups().versions[1].info[u"auth_data"_s].toObject());
        const auto identity = alice->store.tables.identities[alice->user()];
        QVERIFY(verifySigned(auth, alice->user(), identity.master.key.toString(), identity.master.key));
        QVERIFY(verifySigned(auth, alice->user(), u"A"_s, alice->machine->ownKeys().signing));
    }

    void theDefaultKeyIsWrittenLast()
    {
        SetupPlayer setup(*alice, false);
        while (setup.step()) {
            if (backups().data(u"m.secret_storage.default_key"_s)) {
                QCOMPARE(backups().accountData.size(), size_t(7));
                return;
            }
        }
        QFAIL("it was never written");
    }

    /// Before each step, after it, and where its answer is lost.
    void killedAnywhereTheNextOneFinishes_data()
    {
        QTest::addColumn<bool>("replace");
        QTest::newRow("first") << false;
        QTest::newRow("replacing") << true;
    }
    void killedAnywhereTheNextOneFinishes()
    {
        QFETCH(bool, replace);
        SetupPlayer whole(*alice, replace);
        const int steps = whole.run();
        QVERIFY(steps >= 12);
        for (int kill = 0; kill < steps; ++kill) {
            for (const bool answered : {true, false}) {
                begin();
                const ResumedSetup second(*alice, replace, kill, answered);
                const QByteArray when = QByteArray::number(kill) + (answered ? "" : " unanswered");
                QVERIFY2(!second.error, when + ' ' + (second.error ? second.error->code.toLatin1() : ""));
                isWhole(second.recoveryKey, when);
            }
        }
    }

    void anySaveThatFailsLeavesNothingHalf()
    {
        for (qsizetype failing = 1; failing <= 8; ++failing) {
            begin();
            alice->store.failFrom = alice->store.saves + failing;
            SetupPlayer first(*alice, false);
            first.run();
            alice->store.failFrom = 0;
            if (first.error)
                QCOMPARE(first.error->kind, ErrorKind::Storage);
            if (failing % 2 == 0)
                alice->start();
            alice->sync();
            SetupPlayer second(*alice, false);
            second.run();
            QVERIFY2(!second.error, QByteArray::number(failing));
            isWhole(second.recoveryKey, "save " + QByteArray::number(failing));
        }
    }

    void theKeyIsTheSameUntilThePersonHasIt()
    {
        const QByteArray key = setUp();
        alice->start();
        QCOMPARE(setUp(), key);

        QVERIFY(alice->machine->recovery().recoveryKeySeen());

        QVERIFY(!alice->store.tables.secrets.contains(u"new:m.secret_storage"_s));
        SetupPlayer again(*alice, false);
        again.run();
        QVERIFY(again.error);
        QCOMPARE(again.error->code, u"PARVIS_IDENTITY_EXISTS"_s);
        isWhole(key, "after");
    }

    void whatOthersSetUpIsNotReplaced()
    {
        backups().accountData[u"m.secret_storage.default_key"_s] = R"({"key":"theirs"})";
        SetupPlayer setup(*alice, false);
        setup.run();
        QVERIFY(setup.error);
        QCOMPARE(setup.error->code, u"PARVIS_RECOVERY_EXISTS"_s);
        QVERIFY(alice->store.tables.secrets.empty());
        QVERIFY(backups().versions.empty());

        IdentityMaker(user).publish(*server);
        alice->sync();
        SetupPlayer other(*alice, false);
        other.run();
        QCOMPARE(other.error->code, u"PARVIS_IDENTITY_EXISTS"_s);

        QVERIFY(!setUp(true).isEmpty());
    }

    void aStorageThatWasSwitchedOffIsNone()
    {
        backups().accountData[u"m.secret_storage.default_key"_s] = "{}";
        isWhole(setUp(), "off");
    }

    void aResetMakesEverythingAnew()
    {
        const QByteArray old = setUp();
        QVERIFY(alice->machine->recovery().recoveryKeySeen());
        const Ed25519Key master = alice->machine->ownIdentity()->master;
        const auto key = *alice->machine->recovery().backupKey();

        const QByteArray fresh = setUp(true);

        QVERIFY(fresh != old);
        QVERIFY(alice->machine->ownIdentity()->master != master);
        QVERIFY(!alice->machine->recovery().backupKey()->equals(key.view()));
        QCOMPARE(backups().current(), u"2"_s);
        const auto other = newDevice();
        QCOMPARE(code(recoverWith(*other, old)), u"PARVIS_RECOVERY_WRONG_KEY"_s);
        const auto outcome = recoverWith(*other, fresh);
        QVERIFY(outcome && outcome->identity && outcome->backup);
    }

    // --- what a hostile server, or a typing error, makes of it

    void aWrongKeyTakesNothingIn()
    {
        setUp();
        const auto other = newDevice();
        const auto before = other->store.tables;
        const auto wrong = newStorageKey();

        QCOMPARE(code(recoverWith(*other, encodeLetters(wrong->key))), u"PARVIS_RECOVERY_WRONG_KEY"_s);
        QCOMPARE(code(recoverWith(*other, "EsTc")), u"PARVIS_RECOVERY_KEY_LENGTH"_s);
        QCOMPARE(code(recoverWith(*other, "")), u"PARVIS_RECOVERY_KEY_NEEDED"_s);

        QVERIFY(other->store.tables.secrets == before.secrets);
        QVERIFY(other->store.tables.identities == before.identities);
    }

    void aSwappedDefaultKeyIsRefused()
    {
        const QByteArray key = setUp();
        // Another key's description under the same secrets, with or without something to check by.
        const auto evil = newStorageKey();
        backups().accountData[u"m.secret_storage.key."_s + evil->id] = evil->description.toJson();
        backups().accountData[u"m.secret_storage.default_key"_s] = "{\"key\":" + jsonString(evil->id) + '}';
        const auto other = newDevice();
        QCOMPARE(code(recoverWith(*other, key)), u"PARVIS_RECOVERY_WRONG_KEY"_s);

        auto blind = evil->description;
        blind.iv.clear();
        blind.mac.clear();
        backups().accountData[u"m.secret_storage.key."_s + evil->id] = blind.toJson();
        QCOMPARE(code(recoverWith(*other, key)), u"PARVIS_RECOVERY_NOT_STORED"_s);
        QVERIFY(!other->machine->ownIdentity()->holdsMaster);

        // And nothing is encrypted for it by a setup that nobody asked to replace anything.
        QVERIFY(alice->machine->recovery().recoveryKeySeen());
        SetupPlayer setup(*alice, false);
        setup.run();
        QCOMPARE(setup.error->code, u"PARVIS_RECOVERY_EXISTS"_s);
        for (const QString &name : recoverySecretNames())
            QVERIFY(!backups().accountData[name].contains(evil->id.toLatin1()));
    }

    void secretsOfAnotherIdentityAreRefusedAllTogether()
    {
        const QByteArray key = setUp();
        const auto other = newDevice();
        IdentityMaker(user, 'f').publish(*server); // the server exchanges the identity
        other->sync();
        const auto before = other->store.tables.secrets;

        QCOMPARE(code(recoverWith(*other, key)), u"PARVIS_RECOVERY_OTHER_IDENTITY"_s);

        QVERIFY(other->store.tables.secrets == before);
        QVERIFY(!other->machine->ownIdentity()->verified);
    }

    void anAlteredIvGivesAnotherSecretThatIsRefused()
    {
        const QByteArray key = setUp();
        const auto other = newDevice();
        const QString id = defaultStorageKey(*backups().data(u"m.secret_storage.default_key"_s));
        for (const QString &name : recoverySecretNames()) {
            const QByteArray good = backups().accountData[name];
            auto secret = *EncryptedSecret::find(good, id);
            secret.iv[0] = char(secret.iv[0] ^ 1);
            backups().accountData[name] = secret.toContent(id);
            const auto outcome = recoverWith(*other, key);
            if (name == u"m.megolm_backup.v1"_s)
                QVERIFY(outcome && outcome->identity
                        && !outcome->backup); // the backup's key alone is left out
            else
                QCOMPARE(code(outcome), u"PARVIS_RECOVERY_DAMAGED"_s);
            backups().accountData[name] = good;
        }
    }

    void theSeedOfAnotherRoleIsRefused()
    {
        const QByteArray key = setUp();
        const auto other = newDevice();
        const QString id = defaultStorageKey(*backups().data(u"m.secret_storage.default_key"_s));
        const auto storage = decodeLetters(key);
        const auto swapped =
            encryptSecretKey(storage, u"m.cross_signing.self_signing"_s, Secret(QByteArray(32, 'x')));
        backups().accountData[u"m.cross_signing.self_signing"_s] = swapped->toContent(id);

        QCOMPARE(code(recoverWith(*other, key)), u"PARVIS_RECOVERY_OTHER_IDENTITY"_s);

        QVERIFY(!other->machine->ownIdentity()->holdsMaster);
    }

    void aDescriptionThatCannotBeMeantIsRefused()
    {
        const QByteArray key = setUp();
        const auto other = newDevice();
        const QString name = u"m.secret_storage.key."_s
            + defaultStorageKey(*backups().data(u"m.secret_storage.default_key"_s));
        const QList<QPair<QByteArray, QString>> cases{
            {R"({"algorithm":"rot13"})", u"PARVIS_RECOVERY_UNSUPPORTED"_s},
            {"[]", u"PARVIS_RECOVERY_BAD_DATA"_s},
            {"", u"PARVIS_RECOVERY_BAD_DATA"_s},
            {R"({"algorithm":"m.secret_storage.v1.aes-hmac-sha2","passphrase":{"algorithm":"m.pbkdf2","salt":"s","iterations":2147483648}})",
             u"PARVIS_RECOVERY_ROUNDS"_s},
            {R"({"algorithm":"m.secret_storage.v1.aes-hmac-sha2","passphrase":{"algorithm":"m.pbkdf2","salt":"s","iterations":1,"bits":512}})",
             u"PARVIS_RECOVERY_UNSUPPORTED"_s}};
        for (const auto &[description, expected] : cases) {
            backups().accountData[name] = description;
            QCOMPARE(code(recoverWith(*other, key)), expected);
        }
    }

    void aPassphraseOpensWhatWasMadeWithOne()
    {
        setUp();
        const QByteArray id = "withwords";
        const PassphraseRecipe recipe{"salt", 1000};
        const auto storage = storageKeyFromPassphrase("quatre mots", recipe);
        auto description = *describeStorageKey(*storage);
        description.passphrase = recipe;
        StoredRecovery stored{QString::fromLatin1(id), description.toJson(), {}};
        const auto put = [&](CrossSigningRole role) {
            const Secret seed = *alice->machine->identityKey(role);
            stored.secrets[secretName(role)] =
                encryptSecretKey(*storage, secretName(role), seed)->toContent(stored.keyId);
        };
        put(CrossSigningRole::Master);

        const auto opened = openRecovery({{}, Secret(QByteArrayView("quatre mots"))}, stored);
        QVERIFY(opened && opened->selfSigning.isEmpty());
        QVERIFY(opened->master.equals(alice->machine->identityKey(CrossSigningRole::Master)->view()));
        const auto wrong = openRecovery({{}, Secret(QByteArrayView("cinq mots"))}, stored);
        QCOMPARE(wrong.error().code, u"PARVIS_RECOVERY_WRONG_KEY"_s);
        description.passphrase.reset();
        stored.description = description.toJson();
        const auto none = openRecovery({{}, Secret(QByteArrayView("quatre mots"))}, stored);
        QCOMPARE(none.error().code, u"PARVIS_RECOVERY_NO_PASSPHRASE"_s);
        // What was typed for one can only be meant as the key then.
        const QByteArray letters = encodeLetters(*storage);
        QVERIFY(openRecovery({{}, Secret(QByteArray(letters).replace(' ', '-'))}, stored));
        const auto small = openRecovery({{}, Secret(QByteArray(48, 'e'))}, stored);
        QCOMPARE(small.error().code, u"PARVIS_RECOVERY_KEY_TYPO"_s);
    }

    void aSaveThatFailsTakesNothingIn()
    {
        const QByteArray key = setUp();
        const auto other = newDevice();
        const auto seen = recoverWith(*other, encodeLetters(newStorageKey()->key)); // the backup is known
        QVERIFY(!seen);
        other->store.failFrom = other->store.saves + 1;

        QCOMPARE(code(recoverWith(*other, key)), u"PARVIS_TEST_DISK_FULL"_s);

        other->store.failFrom = 0;
        QVERIFY(!other->machine->ownIdentity()->holdsMaster);
        QVERIFY(other->machine->recovery().backupKey()->isEmpty());
        const auto outcome = recoverWith(*other, key);
        QVERIFY(outcome && outcome->identity && outcome->backup);
    }
};

QTEST_GUILESS_MAIN(RecoverySetupTest)
#include "tst_recovery_setup.moc"
