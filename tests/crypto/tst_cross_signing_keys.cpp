// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/cross_signing_keys.h"
#include "crypto/keys_query_check.h"
#include "fakes/vectors.h"

#include <QtTest/QTest>

#include "identity_maker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// What counts as an identity, and what does not.
class CrossSigningKeysTest : public QObject
{
    Q_OBJECT

private:
    const QString m_user = u"@bob:two"_s;
    const IdentityMaker m_bob{m_user};

    [[nodiscard]] IdentityJson json(const QJsonObject &master, const QJsonObject &self,
                                    const QJsonObject &others) const
    {
        return {FakeKeyServer::text(master), FakeKeyServer::text(self), FakeKeyServer::text(others)};
    }
    [[nodiscard]] IdentityJson good() const
    {
        return json(m_bob.masterObject(), m_bob.selfSigningObject(), m_bob.userSigningObject());
    }
    [[nodiscard]] QString refusal(const IdentityJson &identity, bool own = false) const
    {
        const auto read = parseIdentity(identity, UserId(m_user), own);
        return read ? QString() : read.error().code;
    }

private Q_SLOTS:
    void aGoodOneIsRead()
    {
        const auto theirs = parseIdentity(good(), UserId(m_user), false);
        QVERIFY(theirs);
        QCOMPARE(theirs->master.key.toString(), m_bob.master.key);
        QCOMPARE(theirs->selfSigning.key.toString(), m_bob.selfSigning.key);
        QVERIFY(theirs->userSigning.key.isEmpty());

        const auto own = parseIdentity(good(), UserId(m_user), true);
        QVERIFY(own);
        QCOMPARE(own->userSigning.key.toString(), m_bob.userSigning.key);
    }

    void unknownMembersAreSignedToo()
    {
        QJsonObject master = m_bob.masterObject();
        master[u"org.example"_s] = 1;
        QVERIFY(parseIdentity(json(master, m_bob.selfSigningObject(), {}), UserId(m_user), false));

        QJsonObject self = m_bob.selfSigningObject();
        self[u"org.example"_s] = 1; // after it was signed
        QCOMPARE(refusal(json(m_bob.masterObject(), self, {})), u"PARVIS_BAD_SIGNATURE"_s);
    }

    void ourOwnNeedsAllThree()
    {
        QCOMPARE(refusal(json(m_bob.masterObject(), m_bob.selfSigningObject(), {}), true),
                 u"PARVIS_BAD_IDENTITY"_s);
        QCOMPARE(refusal(json(m_bob.masterObject(), m_bob.selfSigningObject(), {}), false), QString());
        QCOMPARE(refusal(json(m_bob.masterObject(), {}, m_bob.userSigningObject())),
                 u"PARVIS_BAD_IDENTITY"_s);
        QCOMPARE(refusal(json({}, m_bob.selfSigningObject(), m_bob.userSigningObject())),
                 u"PARVIS_BAD_IDENTITY"_s);
    }

    void wrongOnesAreRefused_data()
    {
        QTest::addColumn<QJsonObject>("master");
        QTest::addColumn<QString>("code");
        const QJsonObject good = m_bob.masterObject();
        const auto with = [&](const QString &name, const QJsonValue &value) {
            QJsonObject changed = good;
            changed[name] = value;
            return changed;
        };
        const QString bad = u"PARVIS_BAD_IDENTITY"_s;
        const QString key = m_bob.master.key;
        QTest::newRow("another user") << with(u"user_id"_s, u"@mallory:two"_s) << bad;
        QTest::newRow("another usage") << with(u"usage"_s, QJsonArray{u"self_signing"_s}) << bad;
        QTest::newRow("usage is no list") << with(u"usage"_s, u"master"_s) << bad;
        QTest::newRow("no usage") << with(u"usage"_s, QJsonArray()) << bad;
        QTest::newRow("no keys") << with(u"keys"_s, QJsonObject()) << bad;
        QTest::newRow("keys is text") << with(u"keys"_s, key) << bad;
        QTest::newRow("two keys") << with(
            u"keys"_s,
            QJsonObject{{u"ed25519:"_s + key, key},
                        {u"ed25519:"_s + m_bob.userSigning.key, m_bob.userSigning.key}})
                                  << bad;
        QTest::newRow("id is a device") << with(u"keys"_s, QJsonObject{{u"ed25519:DEVICE"_s, key}}) << bad;
        QTest::newRow("id is another key")
            << with(u"keys"_s, QJsonObject{{u"ed25519:"_s + m_bob.userSigning.key, key}}) << bad;
        QTest::newRow("padded") << with(u"keys"_s, QJsonObject{{u"ed25519:"_s + key + u'=', key + u'='}})
                                << bad;
        QTest::newRow("short") << with(u"keys"_s, QJsonObject{{u"ed25519:AAAA"_s, u"AAAA"_s}}) << bad;
        QTest::newRow("number") << with(u"keys"_s, QJsonObject{{u"ed25519:1"_s, 1}}) << bad;
        const QString zero(43, u'A');
        QTest::newRow("small order") << with(u"keys"_s, QJsonObject{{u"ed25519:"_s + zero, zero}})
                                     << u"PARVIS_UNSAFE_KEY"_s;
        QTest::newRow("too large") << with(u"padding"_s, QString(70'000, u'x')) << bad;
    }
    void wrongOnesAreRefused()
    {
        QFETCH(QJsonObject, master);
        QFETCH(QString, code);
        QCOMPARE(refusal(json(master, m_bob.selfSigningObject(), {})), code);
    }

    void lowerKeysNeedTheMastersSignature()
    {
        const QJsonObject bare = m_bob.keyObject(m_bob.selfSigning, u"self_signing"_s);
        QCOMPARE(refusal(json(m_bob.masterObject(), bare, {})), u"PARVIS_BAD_SIGNATURE"_s);
        QCOMPARE(refusal(json(m_bob.masterObject(),
                              IdentityMaker::signedWith(bare, m_user, m_bob.userSigning), {})),
                 u"PARVIS_BAD_SIGNATURE"_s);
        QCOMPARE(refusal(json(m_bob.masterObject(),
                              IdentityMaker::signedWith(bare, u"@mallory:two"_s, m_bob.master), {})),
                 u"PARVIS_BAD_SIGNATURE"_s);
        // Another's master key under a name of ours.
        const IdentityMaker mallory(m_user, 'm');
        QCOMPARE(refusal(json(mallory.masterObject(), m_bob.selfSigningObject(), {})),
                 u"PARVIS_BAD_SIGNATURE"_s);
    }

    void oneKeyHasOneRole()
    {
        const QJsonObject self =
            IdentityMaker::signedWith(m_bob.keyObject(m_bob.master, u"self_signing"_s), m_user, m_bob.master);
        QCOMPARE(refusal(json(m_bob.masterObject(), self, {})), u"PARVIS_BAD_IDENTITY"_s);
        const QJsonObject others = IdentityMaker::signedWith(
            m_bob.keyObject(m_bob.selfSigning, u"user_signing"_s), m_user, m_bob.master);
        QCOMPARE(refusal(json(m_bob.masterObject(), m_bob.selfSigningObject(), others), true),
                 u"PARVIS_BAD_IDENTITY"_s);
    }

    void answersOfQueries_data()
    {
        QTest::addColumn<QJsonObject>("response");
        QTest::addColumn<QString>("expected");
        const auto cases = test::ownVectors(u"keys-query-cases"_s)["cases"_L1].toArray();
        QVERIFY(cases.size() >= 7);
        for (const auto &one : cases)
            QTest::newRow(qPrintable(one["name"_L1].toString()))
                << one["response"_L1].toObject() << one["expect"_L1].toString();
    }
    void answersOfQueries()
    {
        QFETCH(QJsonObject, response);
        QFETCH(QString, expected);
        const auto checked = checkKeysQuery(FakeKeyServer::text(response));
        QVERIFY(checked);
        QVERIFY(!checked->empty());
        const CheckedUser &user = checked->rbegin()->second; // of two: the one who is put upon another
        using Device = CheckedUser::Device;
        using Identity = CheckedUser::Identity;
        const auto all = [&](Device verdict) {
            return std::any_of(user.devices.cbegin(), user.devices.cend(),
                               [&](const auto &device) { return device.second == verdict; });
        };
        if (expected.contains(u"cross-signed by owner"_s))
            QVERIFY(all(Device::CrossSigned));
        if (expected.startsWith(u"device rejected"_s))
            QVERIFY(all(Device::Rejected));
        if (expected.contains(u"not cross-signed"_s))
            QVERIFY(all(Device::Signed));
        if (expected.contains(u"identity stored"_s))
            QCOMPARE(user.identity, Identity::Accepted);
        if (expected.contains(u"identity rejected"_s))
            QCOMPARE(user.identity, Identity::Rejected);
    }

    void namesAreThoseOfTheSpecification()
    {
        QCOMPARE(secretName(CrossSigningRole::Master), u"m.cross_signing.master"_s);
        QCOMPARE(secretName(CrossSigningRole::SelfSigning), u"m.cross_signing.self_signing"_s);
        QCOMPARE(secretName(CrossSigningRole::UserSigning), u"m.cross_signing.user_signing"_s);
    }
};

QTEST_GUILESS_MAIN(CrossSigningKeysTest)
#include "tst_cross_signing_keys.moc"
