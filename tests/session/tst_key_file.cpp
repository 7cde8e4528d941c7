// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/key_file.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "await.h"

using namespace parvis;
using namespace parvis::session;
using namespace Qt::StringLiterals;

namespace {

const UserId claire(u"@claire:exemple.gouv"_s);

Secret bytes(const char *hex)
{
    return Secret(QByteArray::fromHex(hex));
}

QByteArray hexOf(const Result<Secret> &secret)
{
    return secret ? secret->view().toByteArray().toHex() : secret.error().code.toLatin1();
}

Openers openersOf(Lock lock)
{
    return {needsKeychain(lock) ? Secret(QByteArray(32, 'v')) : Secret(),
            needsPassphrase(lock) ? Secret(QByteArray(32, 'p')) : Secret()};
}

std::optional<Argon2Parameters> parametersOf(Lock lock)
{
    return needsPassphrase(lock) ? std::optional(Argon2Parameters::fresh()) : std::nullopt;
}

} // namespace

/// The way from what the keychain holds to the keys of the files.
class tst_KeyFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hkdfIsThatOfTheRfc()
    {
        // RFC 5869, test case 1, the first 32 of its 42 bytes.
        QCOMPARE(hexOf(deriveKey(bytes("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                                 QByteArray::fromHex("000102030405060708090a0b0c"),
                                 QByteArray::fromHex("f0f1f2f3f4f5f6f7f8f9"))),
                 "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"_ba);
        // Test case 3: neither salt nor info.
        QCOMPARE(hexOf(deriveKey(bytes("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), {}, {})),
                 "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"_ba);
    }

    void argon2IsArgon2id()
    {
        // From the argon2 command of the reference implementation: -id -t 3 -k 65536 -p 1 -l 32 -r.
        Argon2Parameters parameters;
        parameters.salt = "somesaltsomesalt";
        QCOMPARE(hexOf(stretchPassphrase(Secret("password"), parameters)),
                 "7664ad4ba1a3c999fcdd0991ffc2270f78302d2383233db5e7befc85d1bb1819"_ba);
    }

    void argon2RefusesWeakAndRuinousParameters()
    {
        const Argon2Parameters good = Argon2Parameters::fresh();
        QVERIFY(good.isSane());
        QVERIFY(Argon2Parameters::fresh().salt != good.salt);
        for (const auto change :
             {+[](Argon2Parameters &p) { p.memoryKib = 1024; },
              +[](Argon2Parameters &p) { p.memoryKib = 1u << 31; },
              +[](Argon2Parameters &p) { p.passes = 1; }, +[](Argon2Parameters &p) { p.passes = 1000; },
              +[](Argon2Parameters &p) { p.lanes = 0; }, +[](Argon2Parameters &p) { p.salt = "x"; }}) {
            Argon2Parameters bad = good;
            change(bad);
            QCOMPARE(hexOf(stretchPassphrase(Secret("password"), bad)), "PARVIS_STORE_DAMAGED"_ba);
        }
    }

    void thePoolAnswersHere()
    {
        Argon2Parameters parameters;
        parameters.salt = "somesaltsomesalt";

        const auto key = await(stretchPassphraseOnPool(Secret("password"), parameters));

        QCOMPARE(hexOf(key), hexOf(stretchPassphrase(Secret("password"), parameters)));
    }

    void aDroppedStretchIsNoHarm()
    {
        {
            const auto dropped = stretchPassphraseOnPool(Secret("password"), Argon2Parameters::fresh());
        }
        QVERIFY(await(stretchPassphraseOnPool(Secret("password"), Argon2Parameters::fresh())));
    }

    void masterComesBack_data()
    {
        QTest::addColumn<Lock>("lock");
        QTest::newRow("keychain") << Lock::Keychain;
        QTest::newRow("sealed") << Lock::KeychainAndPassphrase;
        QTest::newRow("passphrase") << Lock::Passphrase;
    }

    void masterComesBack()
    {
        QFETCH(Lock, lock);
        const Secret master = Secret::random(32);

        const auto file = wrapMaster(master, claire, lock, openersOf(lock), parametersOf(lock));
        QVERIFY(file);
        const auto read = KeyFile::parse(file->toJson());

        QCOMPARE(read, file); // the parameters of Argon2 among it
        QVERIFY(unwrapMaster(*read, claire, openersOf(lock))->equals(master.view()));
        QVERIFY(!file->toJson().contains(master.view().toByteArray().toBase64()));
    }

    void nothingElseOpensIt()
    {
        const Secret master = Secret::random(32);
        const auto file = wrapMaster(master, claire, Lock::Keychain, openersOf(Lock::Keychain), std::nullopt);

        QCOMPARE(hexOf(unwrapMaster(*file, UserId(u"@eve:x"_s), openersOf(Lock::Keychain))),
                 "PARVIS_STORE_WRONG_KEY"_ba);
        QCOMPARE(hexOf(unwrapMaster(*file, claire, {Secret(QByteArray(32, 'w')), {}})),
                 "PARVIS_STORE_WRONG_KEY"_ba);
        QCOMPARE(hexOf(unwrapMaster(*file, claire, {Secret("short"), {}})), "PARVIS_STORE_WRONG_KEY"_ba);
        QCOMPARE(hexOf(unwrapMaster(*file, claire, {})), "PARVIS_STORE_WRONG_KEY"_ba);
    }

    void aWrongPassphraseIsSaidToBeThat()
    {
        const Lock lock = Lock::KeychainAndPassphrase;
        const auto file = wrapMaster(Secret::random(32), claire, lock, openersOf(lock), parametersOf(lock));

        const auto opened =
            unwrapMaster(*file, claire, {Secret(QByteArray(32, 'v')), Secret(QByteArray(32, 'x'))});

        QCOMPARE(hexOf(opened), "PARVIS_WRONG_PASSPHRASE"_ba);
        QCOMPARE(opened.error().kind, ErrorKind::Auth);
    }

    void whatIsSaidInClearCannotBeChanged()
    {
        const Lock lock = Lock::KeychainAndPassphrase;
        const auto file = wrapMaster(Secret::random(32), claire, lock, openersOf(lock), parametersOf(lock));
        KeyFile cheaper = *file;
        cheaper.argon2->passes += 1;
        KeyFile flipped = *file;
        flipped.master.ciphertext[3] = char(flipped.master.ciphertext[3] ^ 1);
        KeyFile otherSalt = *file;
        otherSalt.salt[0] = char(otherSalt.salt[0] ^ 1);

        QVERIFY(unwrapMaster(*file, claire, openersOf(lock)));
        for (const KeyFile &changed : {cheaper, flipped, otherSalt})
            QVERIFY(!unwrapMaster(changed, claire, openersOf(lock)));
    }

    void brokenHeadersAreNamed()
    {
        const auto file = wrapMaster(Secret::random(32), claire, Lock::Passphrase,
                                     openersOf(Lock::Passphrase), parametersOf(Lock::Passphrase));
        const QJsonObject good = QJsonDocument::fromJson(file->toJson()).object();
        const auto codeWith = [&](QLatin1StringView key, const QJsonValue &value) {
            QJsonObject changed = good;
            changed[key] = value;
            const auto parsed = KeyFile::parse(QJsonDocument(changed).toJson());
            return parsed ? u"parsed"_s : parsed.error().code;
        };

        QCOMPARE(codeWith("version"_L1, 1), u"parsed"_s);
        QCOMPARE(codeWith("version"_L1, 2), u"PARVIS_STORE_NEWER"_s);
        QCOMPARE(codeWith("version"_L1, QJsonValue()), u"PARVIS_STORE_DAMAGED"_s);
        QCOMPARE(codeWith("lock"_L1, u"none"_s), u"PARVIS_STORE_DAMAGED"_s);
        QCOMPARE(codeWith("salt"_L1, u"!!"_s), u"PARVIS_STORE_DAMAGED"_s);
        QCOMPARE(codeWith("master"_L1, QJsonObject()), u"PARVIS_STORE_DAMAGED"_s);
        QCOMPARE(codeWith("passphrase"_L1, QJsonValue()), u"PARVIS_STORE_DAMAGED"_s);
        for (const auto *text : {"", "[]", "{", "\0"})
            QCOMPARE(KeyFile::parse(text).error().code, u"PARVIS_STORE_DAMAGED"_s);
    }

    void eachPurposeHasItsOwnKey()
    {
        const Secret master(QByteArray(32, 'm'));
        const auto keys = AccountKeys::derive(master);
        const auto again = AccountKeys::derive(master);

        QVERIFY(keys && again);
        const QList<QByteArray> all{keys->keysDatabase.view().toByteArray(),
                                    keys->cacheDatabase.view().toByteArray(),
                                    keys->pickles.view().toByteArray(), keys->media.view().toByteArray(),
                                    master.view().toByteArray()};
        QCOMPARE(QSet<QByteArray>(all.begin(), all.end()).size(), 5);
        QVERIFY(again->pickles.equals(keys->pickles.view()));
        // A change here would lock everybody out.
        QCOMPARE(all[0].toHex(), "1a9272d0d3121d3a117073cf130098d290d642992833f770190ef440218059da"_ba);
    }
};

QTEST_GUILESS_MAIN(tst_KeyFile)
#include "tst_key_file.moc"
