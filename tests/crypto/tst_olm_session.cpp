// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/olm_account.h"
#include "crypto/olm_session.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QTest>

#include <random>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

using Type = OlmMessage::Type;

const Secret pickleKey("an ordinary pickle key, 32 bytes");

OlmSession restored(const OlmSession &session)
{
    return OlmSession::fromPickle(session.pickle(pickleKey).value(), pickleKey).value();
}

Curve25519Key oneTimeKey(OlmAccount &account)
{
    if (!account.generateOneTimeKeys(1))
        return {};
    const auto key = account.unpublishedOneTimeKeys().value().constBegin().value();
    account.markKeysAsPublished();
    return key;
}

QString code(const auto &result)
{
    return result ? u"accepted"_s : result.error().code;
}

OlmMessage changed(const OlmMessage &message, qsizetype at, char bits)
{
    QByteArray bytes = fromBase64(message.body).value();
    bytes[at] = char(bytes[at] ^ bits);
    return {.type = message.type, .body = toBase64(bytes)};
}

/// Two devices with a session between them.
struct Pair {
    OlmAccount aliceAccount = OlmAccount::create().value();
    OlmAccount bobAccount = OlmAccount::create().value();
    OlmSession alice =
        OlmSession::outbound(aliceAccount, bobAccount.curveKey(), oneTimeKey(bobAccount)).value();
    OlmMessage opening = alice.encrypt("opening").value();
    OlmSession bob = OlmSession::inbound(bobAccount, aliceAccount.curveKey(), opening).value();

    /// Both sides have received: messages are of type 1.
    void settle()
    {
        bobAccount.removeOneTimeKey(bob);
        QCOMPARE(bob.decrypt(opening).value(), "opening"_ba);
        QCOMPARE(alice.decrypt(bob.encrypt("answer").value()).value(), "answer"_ba);
    }
};

/// Expects a refusal that leaves the session as it was.
void expectRefused(OlmSession &session, const OlmMessage &message, const QString &expected)
{
    const QByteArray before = session.pickle(pickleKey).value();
    const auto got = session.decrypt(message);
    QVERIFY2(!got, message.body.constData());
    if (!expected.isEmpty())
        QCOMPARE(got.error().code, expected);
    QCOMPARE(session.pickle(pickleKey).value(), before);
}

} // namespace

class OlmSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void talksBothWaysAcrossRestarts()
    {
        Pair pair;
        QCOMPARE(pair.opening.type, Type::PreKey);
        QCOMPARE(pair.alice.id(), pair.bob.id());
        QVERIFY(!pair.alice.hasReceived());
        QCOMPARE(pair.bob.decrypt(pair.opening).value(), "opening"_ba);
        QVERIFY(pair.bob.hasReceived());

        for (const int size : {0, 1, 15, 16, 17, 1000, 60'000}) {
            const QByteArray text(size, 'x');
            const auto there = pair.alice.encrypt(text);
            pair.alice = restored(pair.alice);
            QCOMPARE(pair.bob.decrypt(there.value()).value(), text);
            pair.bob = restored(pair.bob);
            const auto back = pair.bob.encrypt(text);
            pair.bob = restored(pair.bob);
            QCOMPARE(back.value().type, Type::Normal);
            QCOMPARE(pair.alice.decrypt(back.value()).value(), text);
            pair.alice = restored(pair.alice);
            QVERIFY(pair.alice.hasReceived());
        }
        QCOMPARE(pair.alice.encrypt("").value().type, Type::Normal);
        QCOMPARE(pair.alice.id(), pair.bob.id());
    }

    void readsOutOfOrder()
    {
        Pair pair;
        pair.settle();
        QList<OlmMessage> messages;
        for (int i = 0; i < 40; ++i)
            messages.append(pair.alice.encrypt(QByteArray::number(i)).value());

        for (int i = 39; i >= 0; --i) {
            QCOMPARE(pair.bob.decrypt(messages[i]).value(), QByteArray::number(i));
            pair.bob = restored(pair.bob);
        }
        for (const OlmMessage &message : messages)
            expectRefused(pair.bob, message, u"PARVIS_OLM_BAD_MAC"_s);
    }

    void readsPreKeyMessagesOutOfOrder()
    {
        Pair pair;
        const OlmMessage second = pair.alice.encrypt("second").value();
        QCOMPARE(second.type, Type::PreKey);

        QVERIFY(pair.bob.matches(pair.aliceAccount.curveKey(), second));
        QCOMPARE(pair.bob.decrypt(second).value(), "second"_ba);
        QCOMPARE(pair.bob.decrypt(pair.opening).value(), "opening"_ba);
        expectRefused(pair.bob, pair.opening, u"PARVIS_OLM_BAD_MAC"_s);
    }

    void bridgesAGapOfTwoThousand()
    {
        Pair pair;
        pair.settle();
        const auto skip = [&](int count) {
            for (int i = 0; i < count; ++i)
                QVERIFY(pair.alice.encrypt("lost"));
        };
        skip(1999);
        QCOMPARE(pair.bob.decrypt(pair.alice.encrypt("near").value()).value(), "near"_ba);
        const OlmMessage next = pair.alice.encrypt("next").value();
        skip(2000);
        const OlmMessage far = pair.alice.encrypt("far").value();

        expectRefused(pair.bob, far, u"PARVIS_OLM_BAD_MAC"_s);
        QCOMPARE(pair.bob.decrypt(next).value(), "next"_ba);
        QCOMPARE(pair.bob.decrypt(far).value(), "far"_ba);
    }

    void refusesEveryChangedByteAndStaysAsItWas()
    {
        Pair pair;
        pair.settle();
        const OlmMessage message = pair.alice.encrypt("text").value();
        const qsizetype size = fromBase64(message.body).value().size();

        for (qsizetype at = 0; at < size; ++at)
            for (const char bits : {'\x01', '\x80', '\x7f'})
                expectRefused(pair.bob, changed(message, at, bits), {});
        QCOMPARE(pair.bob.decrypt(message).value(), "text"_ba);
    }

    void refusesEveryTruncatedLength()
    {
        Pair pair;
        const auto refuseAll = [](OlmSession &session, const OlmMessage &message) {
            for (qsizetype size = 0; size < message.body.size(); ++size)
                expectRefused(session, {.type = message.type, .body = message.body.first(size)}, {});
        };
        refuseAll(pair.bob, pair.opening);
        for (qsizetype size = 0; size < pair.opening.body.size(); ++size)
            QVERIFY(!OlmSession::inbound(pair.bobAccount, pair.aliceAccount.curveKey(),
                                         {.type = Type::PreKey, .body = pair.opening.body.first(size)}));
        pair.settle();
        const OlmMessage message = pair.alice.encrypt("text").value();
        refuseAll(pair.bob, message);
        QCOMPARE(pair.bob.decrypt(message).value(), "text"_ba);
    }

    void takesPaddedBodies()
    {
        Pair pair;
        const auto padded = [](const OlmMessage &message) {
            return OlmMessage{.type = message.type, .body = fromBase64(message.body).value().toBase64()};
        };
        // Three lengths, so that one of them needs two signs of padding, and one needs one.
        for (int size = 16; size < 64; size += 16) {
            QCOMPARE(OlmSession::inbound(pair.bobAccount, pair.aliceAccount.curveKey(), padded(pair.opening))
                         .value()
                         .id(),
                     pair.bob.id());
            QVERIFY(pair.bob.matches(pair.aliceAccount.curveKey(), padded(pair.opening)));
            const QByteArray text(size, 'x');
            QCOMPARE(pair.bob.decrypt(padded(pair.alice.encrypt(text).value())).value(), text);
            pair.opening = pair.alice.encrypt(text).value();
        }
    }

    /// Nothing in the clear part of a pre-key message can be changed on the way: neither a session nor its
    /// first message comes of it. Otherwise a server could have a message to a fallback key read again.
    void refusesEveryChangedByteOfAnOpening()
    {
        auto aliceAccount = OlmAccount::create().value();
        auto bobAccount = OlmAccount::create().value();
        QVERIFY(bobAccount.generateFallbackKey());
        auto alice = OlmSession::outbound(aliceAccount, bobAccount.curveKey(),
                                          bobAccount.unpublishedFallbackKey().value().constBegin().value())
                         .value();
        const OlmMessage opening = alice.encrypt("text").value();
        const qsizetype size = fromBase64(opening.body).value().size();

        for (qsizetype at = 0; at < size; ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                const OlmMessage message = changed(opening, at, char(1 << bit));
                auto bob = OlmSession::inbound(bobAccount, aliceAccount.curveKey(), message);
                QVERIFY2(!bob || !bob->decrypt(message), QByteArray::number(at).constData());
            }
        }
        auto bob = OlmSession::inbound(bobAccount, aliceAccount.curveKey(), opening).value();
        QCOMPARE(bob.decrypt(opening).value(), "text"_ba);
    }

    void matchesItsOwnOpeningsOnly()
    {
        Pair pair;
        Pair others;
        const Curve25519Key &aliceKey = pair.aliceAccount.curveKey();
        auto second =
            OlmSession::outbound(pair.aliceAccount, pair.bobAccount.curveKey(), oneTimeKey(pair.bobAccount))
                .value();

        QVERIFY(pair.bob.matches(aliceKey, pair.opening));
        QVERIFY(pair.bob.matches(aliceKey, pair.alice.encrypt("later").value()));
        QVERIFY(restored(pair.bob).matches(aliceKey, pair.opening));
        QVERIFY(!pair.bob.matches(aliceKey, second.encrypt("new").value()));
        QVERIFY(!pair.bob.matches(aliceKey, others.opening));
        QVERIFY(!pair.bob.matches(others.aliceAccount.curveKey(), pair.opening));
        QVERIFY(!pair.bob.matches(Curve25519Key(), pair.opening));
        QVERIFY(!pair.bob.matches(aliceKey, {.type = Type::Normal, .body = pair.opening.body}));
        QVERIFY(!pair.bob.matches(aliceKey, {}));
    }

    void opensForTheNamedSenderOnly()
    {
        Pair pair;
        const auto other = OlmAccount::create().value();

        QCOMPARE(code(OlmSession::inbound(pair.bobAccount, other.curveKey(), pair.opening)),
                 u"PARVIS_OLM_BAD_MESSAGE"_s);
        QCOMPARE(code(OlmSession::inbound(other, pair.aliceAccount.curveKey(), pair.opening)),
                 u"PARVIS_OLM_UNKNOWN_KEY"_s);
        QVERIFY(!OlmSession::inbound(pair.bobAccount, Curve25519Key(), pair.opening));
    }

    void opensOnceWithAOneTimeKey()
    {
        Pair pair;
        pair.bobAccount.removeOneTimeKey(pair.bob);
        pair.bobAccount =
            OlmAccount::fromPickle(pair.bobAccount.pickle(pickleKey).value(), pickleKey).value();

        QCOMPARE(code(OlmSession::inbound(pair.bobAccount, pair.aliceAccount.curveKey(), pair.opening)),
                 u"PARVIS_OLM_UNKNOWN_KEY"_s);
        pair.bobAccount.removeOneTimeKey(pair.bob); // a second time changes nothing
        QCOMPARE(pair.bob.decrypt(pair.opening).value(), "opening"_ba);
    }

    void refusesUnsafeKeysForANewSession()
    {
        const auto account = OlmAccount::create().value();
        const auto peer = OlmAccount::create().value();
        const QJsonArray rows = test::ownVectors(u"x25519-low-order"_s).array();
        QCOMPARE(rows.size(), 14);

        for (const auto &row : rows) {
            const Curve25519Key bad(row["public_b64"_L1].toString());
            QCOMPARE(code(OlmSession::outbound(account, bad, peer.curveKey())), u"PARVIS_UNSAFE_KEY"_s);
            QCOMPARE(code(OlmSession::outbound(account, peer.curveKey(), bad)), u"PARVIS_UNSAFE_KEY"_s);
        }
        for (const QString &bad : {u""_s, u"AAAA"_s, peer.curveKey().toString() + u" "_s})
            QVERIFY(!OlmSession::outbound(account, Curve25519Key(bad), peer.curveKey()));
    }

    void refusesUnsafeKeysInMessages()
    {
        Pair pair;
        const QByteArray opening = fromBase64(pair.opening.body).value();
        const QJsonArray rows = test::ownVectors(u"x25519-low-order"_s).array();
        // The three keys of libolm's layout, then the ratchet key of the message inside.
        const qsizetype innerAt = opening.indexOf(QByteArray("\3\x0a\x20", 3), 1);
        QVERIFY(innerAt > 100);
        for (const auto &row : rows) {
            const auto bad = QByteArray::fromHex(row["public_hex"_L1].toString().toLatin1());
            for (const qsizetype at : {qsizetype(3), qsizetype(37), qsizetype(71), innerAt + 3}) {
                const OlmMessage message{.type = Type::PreKey,
                                         .body = toBase64(QByteArray(opening).replace(at, 32, bad))};
                QCOMPARE(code(OlmSession::inbound(pair.bobAccount, pair.aliceAccount.curveKey(), message)),
                         u"PARVIS_UNSAFE_KEY"_s);
                expectRefused(pair.bob, message, u"PARVIS_UNSAFE_KEY"_s);
            }
        }
        pair.settle();
        const QByteArray normal = fromBase64(pair.alice.encrypt("x").value().body).value();
        for (const auto &row : rows) {
            const auto bad = QByteArray::fromHex(row["public_hex"_L1].toString().toLatin1());
            expectRefused(pair.bob,
                          {.type = Type::Normal, .body = toBase64(QByteArray(normal).replace(3, 32, bad))},
                          u"PARVIS_UNSAFE_KEY"_s);
        }
    }

    void opensNoPickleWithAnotherKey()
    {
        Pair pair;
        const QByteArray pickle = pair.bob.pickle(pickleKey).value();

        for (const Secret &key : {Secret("another key"), Secret(), Secret(pickleKey.view().chopped(1))})
            QCOMPARE(code(OlmSession::fromPickle(pickle, key)), u"PARVIS_OLM_PICKLE"_s);
        for (qsizetype size = 0; size < pickle.size(); ++size)
            QCOMPARE(code(OlmSession::fromPickle(pickle.first(size), pickleKey)), u"PARVIS_OLM_PICKLE"_s);
        // Not the last character: some of its bits stand for nothing.
        for (qsizetype at = 0; at < pickle.size() - 1; at += 3) {
            QByteArray bad = pickle;
            bad[at] = bad[at] == 'A' ? 'B' : 'A';
            QVERIFY(!OlmSession::fromPickle(bad, pickleKey));
        }
        QCOMPARE(OlmSession::fromPickle(pickle, pickleKey).value().id(), pair.bob.id());
    }

    void survivesMutations()
    {
        std::mt19937 random(7);
        Pair pair;
        pair.settle();
        const OlmMessage next = pair.alice.encrypt("next").value();
        const QByteArray before = pair.bob.pickle(pickleKey).value();
        const QByteArray normal = fromBase64(next.body).value();
        const QByteArray opening = fromBase64(pair.opening.body).value();

        for (int round = 0; round < 10'000; ++round) {
            const bool isOpening = random() % 2 == 0;
            QByteArray bytes = isOpening ? opening : normal;
            for (unsigned change = 0; change <= random() % 4; ++change) {
                const auto at = qsizetype(random() % unsigned(bytes.size()));
                if (random() % 4 == 0)
                    bytes.remove(at, 1 + qsizetype(random() % 3));
                else
                    bytes[at] = char(bytes[at] ^ (1 + random() % 255));
                if (bytes.isEmpty())
                    break;
            }
            if (bytes == normal)
                continue; // a change undid another
            const OlmMessage message{.type = isOpening ? Type::PreKey : Type::Normal,
                                     .body = toBase64(bytes)};
            QVERIFY(!pair.bob.decrypt(message));
            (void)pair.bob.matches(pair.aliceAccount.curveKey(), message);
            (void)OlmSession::inbound(pair.bobAccount, pair.aliceAccount.curveKey(), message);
        }
        QCOMPARE(pair.bob.pickle(pickleKey).value(), before);
        QCOMPARE(pair.bob.decrypt(next).value(), "next"_ba);
    }
};

QTEST_GUILESS_MAIN(OlmSessionTest)
#include "tst_olm_session.moc"
