// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The exchange of emoji against a forging side that knows the shared secret: what is vouched for, and how.
#include "base/base64.h"
#include "crypto/primitives.h"
#include "crypto/sas_exchange_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class SasExchangeTest : public QObject
{
    Q_OBJECT

private:
    const SasExchange::Side alice{UserId(u"@alice:one"_s), DeviceId(u"A"_s)};
    SasExchange::Side eve{UserId(u"@eve:two"_s), DeviceId(u"E"_s)};
    const QString flow = u"$flow"_s;
    const Ed25519Key device{u"ZGV2aWNlIGtleSBvZiBldmUsIGFzIEFsaWNlIGtub3c"_s};
    const Ed25519Key master{u"bWFzdGVyIGtleSBvZiBldmUsIGFzIEFsaWNlIGtub3c"_s};
    Curve25519Pair pair;
    Secret shared;

    static QByteArray text(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    static RawObject raw(const QJsonObject &object) { return *RawObject::parse(text(object)); }
    [[nodiscard]] VerificationMessage start(const QJsonObject &content) const
    {
        VerificationMessage message;
        message.kind = VerificationMessage::Kind::Start;
        message.raw = text(content);
        message.content = raw(content);
        return message;
    }
    /// Eve starts, Alice accepts, keys are exchanged; Eve knows the secret.
    [[nodiscard]] SasExchange agreed()
    {
        SasExchange exchange(alice, eve, flow);
        const SasExchange theirs(eve, alice, flow);
        pair = *newCurve25519Pair();
        const auto accepted = exchange.receiveStart(start(theirs.offer()));
        if (!accepted || !*accepted)
            qFatal("not accepted");
        const auto key = exchange.receiveKey(raw({{u"key"_s, pair.publicKey.toString()}}));
        if (!key || !*key)
            qFatal("no key");
        shared = std::move(*sasSharedSecret(pair, Curve25519Key((*key)->content[u"key"_s].toString())));
        return exchange;
    }
    [[nodiscard]] QJsonObject macs(const QMap<QString, QString> &keys) const
    {
        const SasMacContext context{eve.user, eve.device, alice.user, alice.device, flow};
        const auto made = sasMacs(shared, context, keys);
        QJsonObject all;
        for (auto it = made->keys.cbegin(); it != made->keys.cend(); ++it)
            all.insert(it.key(), QString::fromLatin1(*it));
        return {{u"mac"_s, all}, {u"keys"_s, QString::fromLatin1(made->list)}};
    }
    static QString id(const QString &name) { return u"ed25519:"_s + name; }
    static CancelCode codeOf(const SasStep &step) { return step ? CancelCode::Accepted : step.error(); }

private Q_SLOTS:
    void whatIsVouchedForCounts()
    {
        auto exchange = agreed();
        QVERIFY(exchange.receiveMac(raw(macs({{id(u"E"_s), device.toString()}}))));
        QVERIFY(exchange.vouched(device, master)->device);
        QVERIFY(!exchange.vouched(device, master)->master);

        exchange = agreed();
        QVERIFY(exchange.receiveMac(
            raw(macs({{id(u"E"_s), device.toString()}, {id(master.toString()), master.toString()}}))));
        QVERIFY(exchange.vouched(device, master)->device);
        QVERIFY(exchange.vouched(device, master)->master);
    }

    void anotherKeyUnderAKnownIdEndsIt()
    {
        auto exchange = agreed();
        QVERIFY(exchange.receiveMac(raw(macs({{id(u"E"_s), master.toString()}}))));
        QCOMPARE(exchange.vouched(device, master).error(), CancelCode::KeyMismatch);

        exchange = agreed();
        QVERIFY(exchange.receiveMac(
            raw(macs({{id(u"E"_s), device.toString()}, {id(master.toString()), device.toString()}}))));
        QCOMPARE(exchange.vouched(device, master).error(), CancelCode::KeyMismatch);
    }

    void unknownIdsCountForNothing()
    {
        auto exchange = agreed();
        QVERIFY(exchange.receiveMac(raw(macs({{id(u"OTHER"_s), device.toString()},
                                              {u"curve25519:E"_s, device.toString()},
                                              {master.toString(), master.toString()}}))));
        const auto vouched = exchange.vouched(device, master);
        QVERIFY(vouched && !vouched->device && !vouched->master);
    }

    /// CVE-2022-39250: a device whose id is the value of the master key.
    void anIdThatNamesBothNamesNothing()
    {
        eve.device = DeviceId(master.toString());
        auto exchange = agreed();
        QVERIFY(exchange.receiveMac(raw(macs({{id(master.toString()), device.toString()}}))));
        QCOMPARE(exchange.vouched(device, master).error(), CancelCode::KeyMismatch);

        // Not even where the values agree: which of the two was compared, nobody could say.
        exchange = agreed();
        QVERIFY(exchange.receiveMac(raw(macs({{id(master.toString()), master.toString()}}))));
        QCOMPARE(exchange.vouched(master, master).error(), CancelCode::KeyMismatch);
        eve.device = DeviceId(u"E"_s);
    }

    void anIdThatOccursTwiceIsRefused()
    {
        auto exchange = agreed();
        const auto honest = macs({{id(u"E"_s), device.toString()}});
        const QByteArray member =
            "\"ed25519:E\":\"" + honest[u"mac"_s].toObject()[u"ed25519:E"_s].toString().toLatin1() + '"';
        const QByteArray twice = "{\"mac\":{" + member + ',' + member + "},\"keys\":\""
            + honest[u"keys"_s].toString().toLatin1() + "\"}";
        QCOMPARE(codeOf(exchange.receiveMac(*RawObject::parse(twice))), CancelCode::InvalidMessage);
    }

    void tooManyIdsAreRefused()
    {
        auto exchange = agreed();
        QMap<QString, QString> many;
        for (int i = 0; i < 51; ++i)
            many.insert(id(QString::number(i)), device.toString());
        QCOMPARE(codeOf(exchange.receiveMac(raw(macs(many)))), CancelCode::InvalidMessage);
    }

    void macsComeOnce()
    {
        auto exchange = agreed();
        const auto content = raw(macs({{id(u"E"_s), device.toString()}}));
        QVERIFY(exchange.receiveMac(content));
        QVERIFY(!exchange.isComplete());
        QCOMPARE(codeOf(exchange.receiveMac(content)), CancelCode::UnexpectedMessage);
    }

    void nothingIsCompleteBeforeThePersonAgrees()
    {
        auto exchange = agreed();
        QVERIFY(exchange.receiveMac(raw(macs({{id(u"E"_s), device.toString()}}))));
        QVERIFY(!exchange.isComplete());
        QVERIFY(exchange.confirm({{id(u"A"_s), device.toString()}}));
        QVERIFY(exchange.isComplete());
        QCOMPARE(codeOf(exchange.confirm({})), CancelCode::UnexpectedMessage);
    }

    void mirroredAndWeakKeysAreRefused()
    {
        const SasExchange theirs(eve, alice, flow);
        const auto offer = theirs.offer();
        for (const QByteArray &weak : {QByteArray(32, '\0'), QByteArray("\x01") + QByteArray(31, '\0')}) {
            SasExchange exchange(alice, eve, flow);
            QVERIFY(exchange.receiveStart(start(offer)));
            QCOMPARE(codeOf(exchange.receiveKey(raw({{u"key"_s, QString::fromLatin1(toBase64(weak))}}))),
                     CancelCode::KeyMismatch);
        }
        // As the starter, who is promised his own key.
        SasExchange exchange(alice, eve, flow);
        const QByteArray ours = text(exchange.offer());
        QVERIFY(exchange.started(ours));
        pair = *newCurve25519Pair();
        QJsonObject accept{{u"method"_s, u"m.sas.v1"_s},
                           {u"key_agreement_protocol"_s, u"curve25519-hkdf-sha256"_s},
                           {u"hash"_s, u"sha256"_s},
                           {u"message_authentication_code"_s, u"hkdf-hmac-sha256.v2"_s},
                           {u"short_authentication_string"_s, QJsonArray{u"decimal"_s}},
                           {u"commitment"_s, QString::fromLatin1(*sasCommitment(pair.publicKey, ours))}};
        const auto key = exchange.receiveAccept(raw(accept));
        QVERIFY(key && *key);
        // Promised one key, shown another: even his own.
        QCOMPARE(codeOf(exchange.receiveKey(raw((*key)->content))), CancelCode::MismatchedCommitment);
        QVERIFY(exchange.receiveKey(raw({{u"key"_s, pair.publicKey.toString()}})));
        QVERIFY(!exchange.hasEmoji());
    }

    void theAccepterWaitsForTheStartersKey()
    {
        SasExchange exchange(alice, eve, flow);
        QVERIFY(exchange.started(text(exchange.offer())));
        QCOMPARE(codeOf(exchange.receiveKey(raw({{u"key"_s, device.toString()}}))),
                 CancelCode::UnexpectedMessage);
        QCOMPARE(codeOf(exchange.receiveMac(raw({}))), CancelCode::UnexpectedMessage);
        QCOMPARE(codeOf(exchange.confirm({})), CancelCode::UnexpectedMessage);
    }
};

QTEST_GUILESS_MAIN(SasExchangeTest)
#include "tst_sas_exchange.moc"
