// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/ciphers.h"
#include "crypto/recovery_key.h"
#include "crypto/secret_storage.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QTest>

#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

using Check = StorageKeyDescription::Check;

namespace {

QByteArray withMember(const QByteArray &json, const QString &name, const QJsonValue &value)
{
    QJsonObject object = QJsonDocument::fromJson(json).object();
    object[name] = value;
    return compact(object);
}

} // namespace

/// Secrets in the account data, which the server may have written.
class tst_SecretStorage : public QObject
{
    Q_OBJECT

private:
    const QJsonDocument m_vectors = ownVectors(u"secret-storage"_s);
    const Secret m_key{hex(m_vectors["key_hex"_L1])};
    const QString m_name = m_vectors["secret_name"_L1].toString();

    [[nodiscard]] static EncryptedSecret stored(const QJsonValue &encrypted)
    {
        const QJsonObject content{{"encrypted"_L1, QJsonObject{{"ID"_L1, encrypted}}}};
        return EncryptedSecret::find(compact(content), u"ID"_s).value_or(EncryptedSecret());
    }

private Q_SLOTS:
    void opensTheKnownSecret()
    {
        const auto text = decryptSecret(m_key, m_name, stored(m_vectors["encrypted"_L1]));
        QVERIFY(text);
        QCOMPARE(bytesOf(*text), m_vectors["secret"_L1].toString().toLatin1());

        const auto secret = decryptSecretKey(m_key, m_name, stored(m_vectors["encrypted"_L1]));
        QVERIFY(secret);
        QCOMPARE(bytesOf(*secret), base64(m_vectors["secret"_L1]));
    }

    void refusesWhatMustFail()
    {
        const QJsonArray rows = m_vectors["must_fail"_L1].toArray();
        QCOMPARE(rows.size(), 3);
        for (const auto &row : rows) {
            const auto secret = decryptSecret(m_key, row["name"_L1].toString(), stored(row["encrypted"_L1]));
            QVERIFY2(codeOf(secret) == "PARVIS_RECOVERY_DAMAGED"_L1, qPrintable(row["why"_L1].toString()));
        }
    }

    void doesNotBelieveAnAlteredIv()
    {
        // The MAC does not cover it: what comes out is no key any more.
        const QJsonValue altered = m_vectors["iv_not_authenticated"_L1];
        const auto text = decryptSecret(m_key, m_name, stored(altered["encrypted"_L1]));
        QVERIFY(text);
        QCOMPARE(bytesOf(*text), hex(altered["plaintext_hex"_L1]));

        QCOMPARE(codeOf(decryptSecretKey(m_key, m_name, stored(altered["encrypted"_L1]))),
                 u"PARVIS_RECOVERY_DAMAGED"_s);
    }

    void noticesEveryAlteredByte()
    {
        const EncryptedSecret good = stored(m_vectors["encrypted"_L1]);
        for (qsizetype i = 0; i < good.ciphertext.size(); ++i) {
            EncryptedSecret bad = good;
            bad.ciphertext = flipped(bad.ciphertext, i, int(i % 8));
            QVERIFY(!decryptSecret(m_key, m_name, bad));
            bad.ciphertext = good.ciphertext.first(i);
            QVERIFY(!decryptSecret(m_key, m_name, bad));
        }
        for (qsizetype i = 0; i < good.mac.size(); ++i) {
            EncryptedSecret bad = good;
            bad.mac = flipped(bad.mac, i, int(i % 8));
            QVERIFY(!decryptSecret(m_key, m_name, bad));
            bad.mac = good.mac.first(i);
            QVERIFY(!decryptSecret(m_key, m_name, bad));
        }
        QVERIFY(!decryptSecret(Secret::random(32), m_name, good));
        QCOMPARE(codeOf(decryptSecret(Secret(QByteArray(16, 'k')), m_name, good)), u"PARVIS_BAD_KEY_SIZE"_s);
    }

    void knowsItsKey()
    {
        const QByteArray json = compact(m_vectors["key_description"_L1]);
        const auto description = StorageKeyDescription::parse(json);
        QVERIFY(description && !description->passphrase);

        QCOMPARE(description->check(m_key).value(), Check::Right);
        QCOMPARE(description->check(Secret::random(32)).value(), Check::Wrong);
        QCOMPARE(codeOf(description->check(Secret(QByteArray(31, 'k')))), u"PARVIS_BAD_KEY_SIZE"_s);
        const auto recovery = decodeRecoveryKey(m_vectors["recovery_key"_L1].toString().toLatin1());
        QVERIFY(recovery && description->check(*recovery).value() == Check::Right);
        QCOMPARE(QJsonDocument::fromJson(description->toJson()).object(),
                 m_vectors["key_description"_L1].toObject());

        // A description without a check can be nobody's proof.
        const auto bare =
            StorageKeyDescription::parse(R"({"algorithm":"m.secret_storage.v1.aes-hmac-sha2"})");
        QVERIFY(bare);
        QCOMPARE(bare->check(m_key).value(), Check::Unknown);
    }

    void derivesFromAPassphrase()
    {
        const QJsonValue words = m_vectors["passphrase"_L1];
        const PassphraseRecipe recipe{words["salt"_L1].toString().toUtf8(),
                                      quint32(words["iterations"_L1].toInt())};
        const auto key = storageKeyFromPassphrase(words["passphrase"_L1].toString().toUtf8(), recipe);
        QVERIFY(key);
        QCOMPARE(bytesOf(*key), hex(words["key_hex"_L1]));
        QVERIFY(recipe.isWeak());
        QVERIFY(!(PassphraseRecipe{"salt", weakPassphraseRounds}.isWeak()));
        for (const quint32 rounds : {0U, maxPassphraseRounds + 1, ~0U})
            QCOMPARE(codeOf(storageKeyFromPassphrase("words", {"salt", rounds})),
                     u"PARVIS_RECOVERY_ROUNDS"_s);
    }

    void refusesDescriptions_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        const QByteArray good = compact(m_vectors["key_description"_L1]);
        const auto bad = u"PARVIS_RECOVERY_BAD_DATA"_s;
        const auto unsupported = u"PARVIS_RECOVERY_UNSUPPORTED"_s;
        const auto rounds = u"PARVIS_RECOVERY_ROUNDS"_s;

        for (qsizetype size = 0; size < good.size(); ++size)
            QTest::addRow("cut at %d", int(size)) << good.first(size) << bad;
        QTest::newRow("list") << "["_ba + good + ']' << bad;
        QTest::newRow("other algorithm") << withMember(good, u"algorithm"_s, u"m.other"_s) << unsupported;
        QTest::newRow("algorithm no text") << withMember(good, u"algorithm"_s, 1) << unsupported;
        QTest::newRow("short iv") << withMember(good, u"iv"_s, u"AAAA"_s) << bad;
        QTest::newRow("no iv") << withMember(good, u"iv"_s, QJsonValue()) << bad;
        QTest::newRow("mac a number") << withMember(good, u"mac"_s, 5) << bad;
        QTest::newRow("long mac") << withMember(good, u"mac"_s, QString(44, u'A')) << bad;
        QTest::newRow("huge") << withMember(good, u"name"_s, QString(100'000, u'n')) << bad;

        const QJsonObject recipe{{"algorithm"_L1, "m.pbkdf2"_L1},
                                 {"salt"_L1, "salt"_L1},
                                 {"iterations"_L1, 500'000},
                                 {"bits"_L1, 256}};
        const auto changed = [&](const QString &name, const QJsonValue &value) {
            QJsonObject one = recipe;
            one[name] = value;
            return withMember(good, u"passphrase"_s, one);
        };
        QTest::newRow("good") << withMember(good, u"passphrase"_s, recipe) << QString();
        QTest::newRow("most rounds") << changed(u"iterations"_s, 10'000'000) << QString();
        QTest::newRow("passphrase a text") << withMember(good, u"passphrase"_s, u"x"_s) << unsupported;
        QTest::newRow("other recipe") << changed(u"algorithm"_s, u"m.argon2"_s) << unsupported;
        for (const int bits : {0, 128, 255, 512, -256})
            QTest::addRow("%d bits", bits) << changed(u"bits"_s, bits) << unsupported;
        QTest::newRow("bits a text") << changed(u"bits"_s, u"256"_s) << unsupported;
        for (const qint64 number : {0LL, -1LL, 10'000'001LL, 4'294'967'297LL})
            QTest::addRow("%lld rounds", number) << changed(u"iterations"_s, number) << rounds;
        QTest::newRow("rounds a text") << changed(u"iterations"_s, u"1000"_s) << bad;
        QTest::newRow("half a round") << changed(u"iterations"_s, 1000.5) << bad;
        QTest::newRow("no salt") << changed(u"salt"_s, u""_s) << bad;
        QTest::newRow("salt a number") << changed(u"salt"_s, 1) << bad;
        QTest::newRow("much salt") << changed(u"salt"_s, QString(1025, u's')) << bad;
    }

    void refusesDescriptions()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);

        QCOMPARE(codeOf(StorageKeyDescription::parse(json)), code);
    }

    void refusesSecretsOfOtherShapes()
    {
        const auto find = [](const QByteArray &json) { return codeOf(EncryptedSecret::find(json, u"ID"_s)); };
        const auto bad = u"PARVIS_RECOVERY_BAD_DATA"_s;
        const auto absent = u"PARVIS_RECOVERY_NOT_STORED"_s;

        QCOMPARE(find("{}"), absent);
        QCOMPARE(find(R"({"encrypted":[]})"), absent);
        QCOMPARE(find(R"({"encrypted":{"OTHER":{}}})"), absent);
        QCOMPARE(find("no JSON"), bad);
        QCOMPARE(find(R"({"encrypted":{"ID":"text"}})"), bad);
        for (const auto &name : {u"iv"_s, u"ciphertext"_s, u"mac"_s}) {
            for (const QJsonValue &value :
                 {QJsonValue(), QJsonValue(1), QJsonValue(u"*"_s), QJsonValue(QString(60'000, u'A'))}) {
                QJsonObject entry = m_vectors["encrypted"_L1].toObject();
                entry[name] = value;
                const QJsonObject content{{"encrypted"_L1, QJsonObject{{"ID"_L1, entry}}}};
                QCOMPARE(find(compact(content)), bad);
            }
        }
    }

    void makesANewKey()
    {
        const auto one = newStorageKey();
        const auto two = newStorageKey();

        QVERIFY(one && two);
        QVERIFY(one->id.size() == 32 && one->id != two->id && !one->key.equals(two->key.view()));
        QVERIFY(std::all_of(one->id.cbegin(), one->id.cend(),
                            [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); }));
        const auto read = StorageKeyDescription::parse(one->description.toJson());
        QVERIFY(read && !read->passphrase);
        QCOMPARE(read->check(one->key).value(), Check::Right);
        QCOMPARE(read->check(two->key).value(), Check::Wrong);
        QCOMPARE(one->description.iv[8] & 0x80, 0);
    }

    void makesANewKeyFromWords()
    {
        QCOMPARE(codeOf(newStorageKey("", newPassphraseRounds)), u"PARVIS_PASSPHRASE_NEEDED"_s);
        QCOMPARE(codeOf(newStorageKey("words", newPassphraseRounds - 1)), u"PARVIS_RECOVERY_ROUNDS"_s);
        QCOMPARE(codeOf(newStorageKey("words", maxPassphraseRounds + 1)), u"PARVIS_RECOVERY_ROUNDS"_s);

        const auto made = newStorageKey("wörds", newPassphraseRounds);

        QVERIFY(made);
        const auto read = StorageKeyDescription::parse(made->description.toJson());
        QVERIFY(read && read->passphrase && !read->passphrase->isWeak());
        const auto again = storageKeyFromPassphrase("wörds", *read->passphrase);
        QVERIFY(again && again->equals(made->key.view()));
    }

    void comesBackAsItWent()
    {
        const Secret secret = Secret::random(32);
        const auto first = encryptSecretKey(m_key, m_name, secret);
        const auto second = encryptSecretKey(m_key, m_name, secret);
        QVERIFY(first && second);
        QVERIFY(first->iv != second->iv && first->ciphertext != second->ciphertext);
        QCOMPARE(first->iv[8] & 0x80, 0);

        const auto found = EncryptedSecret::find(first->toContent(u"a\"b"_s), u"a\"b"_s);
        QVERIFY(found);
        const auto opened = decryptSecretKey(m_key, m_name, *found);
        QVERIFY(opened && opened->equals(secret.view()));
        QVERIFY(!decryptSecretKey(m_key, u"m.other"_s, *found));

        QVERIFY(!encryptSecretKey(m_key, m_name, Secret(QByteArray(16, 's'))));
        const auto text = encryptSecret(m_key, m_name, Secret(QByteArray("no key")));
        QCOMPARE(bytesOf(decryptSecret(m_key, m_name, *text).value()), "no key"_ba);
        QCOMPARE(codeOf(decryptSecretKey(m_key, m_name, *text)), u"PARVIS_RECOVERY_DAMAGED"_s);
        for (const int size : {0, 16, 31, 33}) {
            const auto other = encryptSecret(m_key, m_name, Secret(toBase64(QByteArray(size, 's'))));
            QCOMPARE(codeOf(decryptSecretKey(m_key, m_name, *other)), u"PARVIS_RECOVERY_DAMAGED"_s);
        }
    }

    void readsTheKeysOfOthers()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        const auto rust =
            QJsonDocument::fromJson(fileBytes(vectors->filePath(u"rust-sdk/secret-storage.json"_s)));
        const QJsonValue words = rust["passphrase_key"_L1];
        const auto first = StorageKeyDescription::parse(compact(words["content"_L1]));
        QVERIFY(first && first->passphrase);
        const auto derived =
            storageKeyFromPassphrase(words["passphrase"_L1].toString().toUtf8(), *first->passphrase);
        QVERIFY(derived);
        QCOMPARE(bytesOf(*derived), base64(words["derived_key_b64"_L1]));
        QCOMPARE(first->check(*derived).value(), Check::Right);

        const auto second = StorageKeyDescription::parse(compact(rust["recovery_key"_L1]["content"_L1]));
        QVERIFY(second);
        QCOMPARE(second->check(Secret(base64(rust["recovery_key"_L1]["key_b64"_L1]))).value(), Check::Right);
    }
};

QTEST_APPLESS_MAIN(tst_SecretStorage)
#include "tst_secret_storage.moc"
