// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "base/canonical_json.h"
#include "crypto/device_keys.h"
#include "crypto/olm_account.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <random>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

const UserId alice(u"@alice:example.org"_s);
const DeviceId phone(u"PHONE"_s);

QByteArray json(const QJsonValue &object)
{
    return QJsonDocument(object.toObject()).toJson(QJsonDocument::Compact);
}

QJsonObject plainDevice(const OlmAccount &account)
{
    return {{u"user_id"_s, alice.toString()},
            {u"device_id"_s, phone.toString()},
            {u"algorithms"_s, QJsonArray{u"m.olm.v1.curve25519-aes-sha2"_s, u"m.megolm.v1.aes-sha2"_s}},
            {u"keys"_s,
             QJsonObject{{u"curve25519:PHONE"_s, account.curveKey().toString()},
                         {u"ed25519:PHONE"_s, account.signingKey().toString()}}}};
}

QByteArray sign(const OlmAccount &account, QJsonObject object)
{
    const auto signature = account.sign(canonicalJson(object).value()).value();
    object["signatures"_L1] =
        QJsonObject{{alice.toString(), QJsonObject{{u"ed25519:PHONE"_s, QString::fromLatin1(signature)}}}};
    return json(object);
}

QString code(const auto &result)
{
    return result ? u"accepted"_s : result.error().code;
}

QString codeOf(const QByteArray &device)
{
    return code(parseDeviceKeys(device, alice, phone));
}

/// Replaces one of the two keys of a device.
QJsonObject withKey(QJsonObject device, const QString &id, const QString &value)
{
    QJsonObject keys = device["keys"_L1].toObject();
    keys[id] = value;
    device["keys"_L1] = keys;
    return device;
}

/// Parses all devices of a /keys/query answer; answers how many there were and how many are good.
std::pair<int, int> parseAll(const QJsonDocument &answer)
{
    std::pair<int, int> counts;
    const QJsonObject users = answer["device_keys"_L1].toObject();
    for (auto user = users.begin(); user != users.end(); ++user) {
        const QJsonObject devices = user->toObject();
        for (auto device = devices.begin(); device != devices.end(); ++device, ++counts.first)
            counts.second +=
                parseDeviceKeys(json(*device), UserId(user.key()), DeviceId(device.key())) ? 1 : 0;
    }
    return counts;
}

} // namespace

class DeviceKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheDeviceSigned()
    {
        const auto account = OlmAccount::create().value();
        QJsonObject object = plainDevice(account);
        object["dehydrated"_L1] = true;
        object["org.example.more"_L1] = QJsonObject{{u"n"_s, qint64(9'007'199'254'740'991)}};
        QJsonObject device = QJsonDocument::fromJson(sign(account, object)).object();
        device["unsigned"_L1] = QJsonObject{{u"device_display_name"_s, u"Téléphone"_s}, {u"x"_s, 1}};

        const auto read = parseDeviceKeys(json(device), alice, phone);

        QVERIFY2(read.has_value(), qPrintable(code(read)));
        QCOMPARE(*read,
                 (DeviceKeys{.user = alice,
                             .device = phone,
                             .curveKey = account.curveKey(),
                             .signingKey = account.signingKey(),
                             .algorithms = {u"m.olm.v1.curve25519-aes-sha2"_s, u"m.megolm.v1.aes-sha2"_s},
                             .displayName = u"Téléphone"_s,
                             .dehydrated = true}));
    }

    void agreesWithOurKnownAnswers()
    {
        const QHash<QString, QString> expected = {
            {u"good"_s, u"accepted"_s},
            {u"map key differs from inner user_id"_s, u"PARVIS_BAD_DEVICE_KEYS"_s},
            {u"only the SSK signature, no self-signature"_s, u"PARVIS_BAD_SIGNATURE"_s},
            {u"SSK not signed by MSK"_s, u"accepted"_s},
            {u"MSK key id is a device id (id != value)"_s, u"accepted"_s},
            {u"extra signed field injected"_s, u"PARVIS_BAD_SIGNATURE"_s},
        };
        int seen = 0;
        const QJsonArray cases = test::ownVectors(u"keys-query-cases"_s)["cases"_L1].toArray();
        for (const auto &row : cases) {
            const QString name = row["name"_L1].toString();
            const QJsonObject users = row["response"_L1]["device_keys"_L1].toObject();
            for (auto user = users.begin(); user != users.end(); ++user) {
                const QJsonObject devices = user->toObject();
                for (auto device = devices.begin(); device != devices.end(); ++device) {
                    const auto read =
                        parseDeviceKeys(json(*device), UserId(user.key()), DeviceId(device.key()));
                    // The device that is named as a cross-signing key is for the identities to judge.
                    if (!expected.contains(name))
                        continue;
                    ++seen;
                    QVERIFY2(code(read) == expected[name], qPrintable(name + u": "_s + code(read)));
                }
            }
        }
        QVERIFY(seen >= expected.size());
    }

    void agreesWithOtherProjects()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        const auto read = [&](const QString &path) {
            return QJsonDocument::fromJson(test::fileBytes(shared->filePath(path)));
        };
        const QJsonArray rows = read(u"mtxclient/device-keys.json"_s).array();
        QVERIFY(rows.size() >= 2);
        for (const auto &row : rows) {
            const QJsonValue device = row["device_keys"_L1];
            const auto got = parseDeviceKeys(json(device), UserId(device["user_id"_L1].toString()),
                                             DeviceId(device["device_id"_L1].toString()));
            QCOMPARE(got.has_value(), row["signature_valid"_L1].toBool());
        }
        QCOMPARE(parseAll(read(u"rust-sdk/bench/keys_query.json"_s)), std::pair(150, 150));
        const auto many = parseAll(read(u"rust-sdk/bench/keys_query_2000_members.json"_s));
        QVERIFY(many.first >= 1800);
        QCOMPARE(many.second, many.first);
    }

    void readsTheOneTimeKeysOfOtherProjects()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        const QJsonArray rows =
            QJsonDocument::fromJson(
                test::fileBytes(shared->filePath(u"rust-sdk/json-literals/crypto__olm__account.json"_s)))
                .array();
        QJsonValue fallback;
        QJsonValue device;
        for (const auto &row : rows)
            (row["json"_L1]["fallback"_L1].isBool() ? fallback : device) = row["json"_L1];
        const UserId user(device["user_id"_L1].toString());
        const DeviceId id(device["device_id"_L1].toString());
        const auto keys = parseDeviceKeys(json(device), user, id);
        QVERIFY(keys.has_value());

        const auto key = parseSignedOneTimeKey(json(fallback), user, id, keys->signingKey);
        QVERIFY(key.has_value());
        QCOMPARE(key->toString(), fallback["key"_L1].toString());
        // The mark of a fallback key is signed: it can neither go nor change.
        QJsonObject changed = fallback.toObject();
        changed.remove("fallback"_L1);
        QCOMPARE(code(parseSignedOneTimeKey(json(changed), user, id, keys->signingKey)),
                 u"PARVIS_BAD_SIGNATURE"_s);
    }

    void refusesAnUnfitShape_data()
    {
        QTest::addColumn<QByteArray>("device");
        const auto account = OlmAccount::create().value();
        const QJsonObject good = plainDevice(account);
        const auto row = [&](const char *name, const QString &member, const QJsonValue &value) {
            QJsonObject object = good;
            object[member] = value;
            QTest::newRow(name) << sign(account, object);
        };
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("array") << "[]"_ba;
        QTest::newRow("no JSON") << "{"_ba;
        QTest::newRow("empty") << "{}"_ba;
        row("another user", u"user_id"_s, u"@bob:example.org"_s);
        row("another device", u"device_id"_s, u"TABLET"_s);
        row("a number for a user", u"user_id"_s, 1);
        row("no user", u"user_id"_s, QJsonValue::Null);
        row("an array for keys", u"keys"_s, QJsonArray{});
        row("no keys", u"keys"_s, QJsonObject{});
        row("a string for algorithms", u"algorithms"_s, u"m.olm.v1.curve25519-aes-sha2"_s);
        row("no algorithms", u"algorithms"_s, QJsonValue::Undefined);
        row("a number among the algorithms", u"algorithms"_s, QJsonArray{u"a"_s, 1});
        row("33 algorithms", u"algorithms"_s, [] {
            QJsonArray many;
            for (int i = 0; i < 33; ++i)
                many.append(QString::number(i));
            return many;
        }());
        row("too large", u"more"_s, QString(70'000, u'x'));
        QTest::newRow("a number for a key") << sign(account, [&] {
            QJsonObject object = good;
            object["keys"_L1] = QJsonObject{{u"curve25519:PHONE"_s, 7},
                                            {u"ed25519:PHONE"_s, account.signingKey().toString()}};
            return object;
        }());
    }

    void refusesAnUnfitShape()
    {
        QFETCH(QByteArray, device);

        QCOMPARE(codeOf(device), u"PARVIS_BAD_DEVICE_KEYS"_s);
    }

    void refusesAnEndlessId()
    {
        const auto account = OlmAccount::create().value();
        const auto read = [&](const QString &id) {
            QJsonObject object = plainDevice(account);
            object["device_id"_L1] = id;
            object["keys"_L1] = QJsonObject{{u"curve25519:"_s + id, account.curveKey().toString()},
                                            {u"ed25519:"_s + id, account.signingKey().toString()}};
            const auto signature = account.sign(canonicalJson(object).value()).value();
            object["signatures"_L1] = QJsonObject{
                {alice.toString(), QJsonObject{{u"ed25519:"_s + id, QString::fromLatin1(signature)}}}};
            return code(parseDeviceKeys(json(object), alice, DeviceId(id)));
        };

        QCOMPARE(read(QString(255, u'D')), u"accepted"_s);
        QCOMPARE(read(QString(256, u'D')), u"PARVIS_BAD_DEVICE_KEYS"_s);
        QCOMPARE(read(QString(128, u'é')), u"PARVIS_BAD_DEVICE_KEYS"_s); // in bytes
    }

    void refusesToReadForNobody()
    {
        const auto account = OlmAccount::create().value();
        QJsonObject object = plainDevice(account);
        object.remove("user_id"_L1);

        QVERIFY(!parseDeviceKeys(sign(account, object), UserId(), phone));
        QVERIFY(!parseDeviceKeys(sign(account, plainDevice(account)), alice, DeviceId()));
    }

    void refusesUnsafeKeys()
    {
        const auto account = OlmAccount::create().value();
        const QJsonObject good = plainDevice(account);
        const QJsonArray low = test::ownVectors(u"x25519-low-order"_s).array();
        for (const auto &row : low)
            QCOMPARE(
                codeOf(sign(account, withKey(good, u"curve25519:PHONE"_s, row["public_b64"_L1].toString()))),
                u"PARVIS_UNSAFE_KEY"_s);

        // Under a signing key of small order R = key, S = 0 is a signature of everything.
        const QJsonArray small =
            test::ownVectors(u"ed25519-strict"_s)["small_order_public_keys_hex"_L1].toArray();
        QVERIFY(!low.isEmpty() && !small.isEmpty());
        for (const auto &row : small) {
            const auto point = QByteArray::fromHex(row["hex"_L1].toString().toLatin1());
            QJsonObject device = withKey(good, u"ed25519:PHONE"_s, QString::fromLatin1(toBase64(point)));
            const QString forged = QString::fromLatin1(toBase64(point + QByteArray(32, '\0')));
            device["signatures"_L1] =
                QJsonObject{{alice.toString(), QJsonObject{{u"ed25519:PHONE"_s, forged}}}};
            QCOMPARE(codeOf(json(device)), u"PARVIS_UNSAFE_KEY"_s);
        }
        for (const QString &bad : {u"AAAA"_s, u"no base64!"_s, QString(43, u'x') + u"AAAA"_s,
                                   QString(42, u'x') + u'z', QString(43, u'w') + u"=="_s})
            QCOMPARE(codeOf(sign(account, withKey(good, u"curve25519:PHONE"_s, bad))),
                     u"PARVIS_BAD_DEVICE_KEYS"_s);
    }

    void knowsOneNameForAKey()
    {
        const auto account = OlmAccount::create().value();
        const QString padded = account.curveKey().toString() + u'=';
        const QByteArray device = sign(account, withKey(plainDevice(account), u"curve25519:PHONE"_s, padded));

        QCOMPARE(parseDeviceKeys(device, alice, phone).value().curveKey, account.curveKey());

        const QByteArray oneTime = sign(account, {{u"key"_s, padded}});
        QCOMPARE(parseSignedOneTimeKey(oneTime, alice, phone, account.signingKey()).value(),
                 account.curveKey());
    }

    void refusesOtherSignatures()
    {
        const auto account = OlmAccount::create().value();
        const auto other = OlmAccount::create().value();
        const QJsonObject good = plainDevice(account);
        const QString bad = u"PARVIS_BAD_SIGNATURE"_s;
        const auto signedAs = [&](const QString &user, const QString &keyId, const QJsonValue &signature) {
            QJsonObject device = good;
            device["signatures"_L1] = QJsonObject{{user, QJsonObject{{keyId, signature}}}};
            return json(device);
        };
        const QString right = QString::fromLatin1(account.sign(canonicalJson(good).value()).value());

        QCOMPARE(codeOf(signedAs(alice.toString(), u"ed25519:PHONE"_s, right)), u"accepted"_s);
        QCOMPARE(codeOf(signedAs(alice.toString(), u"ed25519:PHONE"_s, right + u"=="_s)), u"accepted"_s);
        QCOMPARE(codeOf(json(good)), bad);
        QCOMPARE(codeOf(sign(other, good)), bad);
        QCOMPARE(codeOf(signedAs(u"@bob:example.org"_s, u"ed25519:PHONE"_s, right)), bad);
        QCOMPARE(codeOf(signedAs(alice.toString(), u"ed25519:TABLET"_s, right)), bad);
        QCOMPARE(codeOf(signedAs(alice.toString(), u"curve25519:PHONE"_s, right)), bad);
        QCOMPARE(codeOf(signedAs(alice.toString(), u"ed25519:PHONE"_s, QJsonArray{right})), bad);
        QCOMPARE(codeOf(signedAs(alice.toString(), u"ed25519:PHONE"_s, right.chopped(1))), bad);
    }

    void refusesWhatTwoReadersReadDifferently()
    {
        const auto account = OlmAccount::create().value();
        QByteArray device = sign(account, plainDevice(account));

        QCOMPARE(codeOf(QByteArray(device).replace(0, 1, R"({"user_id":"@bob:example.org",)")),
                 u"PARVIS_BAD_JSON"_s);
        QCOMPARE(codeOf(QByteArray(device).replace(0, 1, R"({"signatures":{},)")), u"PARVIS_BAD_JSON"_s);
    }

    void keepsAWholeDisplayName()
    {
        const auto account = OlmAccount::create().value();
        QJsonObject device = QJsonDocument::fromJson(sign(account, plainDevice(account))).object();
        const auto named = [&](const QJsonValue &name) {
            device["unsigned"_L1] = QJsonObject{{u"device_display_name"_s, name}};
            return parseDeviceKeys(json(device), alice, phone).value().displayName;
        };

        QCOMPARE(named(QString(300, u'x')), QString(255, u'x'));
        QCOMPARE(named(QString(254, u'x') + u"😀"_s), QString(254, u'x')); // never half a character
        QCOMPARE(named(7), QString());
    }

    void refusesOneTimeKeysOfOthers()
    {
        const auto account = OlmAccount::create().value();
        const auto other = OlmAccount::create().value();
        const QJsonObject key{{u"key"_s, other.curveKey().toString()}};
        const auto codeFor = [&](const QByteArray &text, const OlmAccount &signer) {
            return code(parseSignedOneTimeKey(text, alice, phone, signer.signingKey()));
        };

        QCOMPARE(codeFor(sign(account, key), account), u"accepted"_s);
        QCOMPARE(codeFor(sign(account, key), other), u"PARVIS_BAD_SIGNATURE"_s);
        QCOMPARE(codeFor(json(key), account), u"PARVIS_BAD_SIGNATURE"_s);
        QCOMPARE(codeFor(sign(account, {}), account), u"PARVIS_BAD_DEVICE_KEYS"_s);
        QCOMPARE(codeFor(sign(account, {{u"key"_s, 1}}), account), u"PARVIS_BAD_DEVICE_KEYS"_s);
        QCOMPARE(codeFor("\"key\"", account), u"PARVIS_BAD_DEVICE_KEYS"_s);
        QJsonObject marked = QJsonDocument::fromJson(sign(account, key)).object();
        marked["fallback"_L1] = true;
        QCOMPARE(codeFor(json(marked), account), u"PARVIS_BAD_SIGNATURE"_s);
        const QJsonArray low = test::ownVectors(u"x25519-low-order"_s).array();
        for (const auto &row : low)
            QCOMPARE(codeFor(sign(account, {{u"key"_s, row["public_b64"_L1]}}), account),
                     u"PARVIS_UNSAFE_KEY"_s);
    }

    void survivesMutations()
    {
        std::mt19937 random(5);
        const auto account = OlmAccount::create().value();
        const QByteArray device = sign(account, plainDevice(account));
        const auto good = parseDeviceKeys(device, alice, phone).value();
        for (int round = 0; round < 10'000; ++round) {
            QByteArray text = device;
            for (unsigned change = 0; change <= random() % 2; ++change)
                text[qsizetype(random() % unsigned(text.size()))] = char(random());
            // What is still accepted says the same.
            if (const auto read = parseDeviceKeys(text, alice, phone))
                QCOMPARE(*read, good);
        }
    }
};

QTEST_GUILESS_MAIN(DeviceKeysTest)
#include "tst_device_keys.moc"
