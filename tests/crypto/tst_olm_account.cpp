// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/olm_account.h"
#include "crypto/olm_session.h"
#include "crypto/primitives.h"

#include <QTest>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

const Secret pickleKey("an ordinary pickle key, 32 bytes");

OlmAccount restored(const OlmAccount &account)
{
    return OlmAccount::fromPickle(account.pickle(pickleKey).value(), pickleKey).value();
}

QString code(const auto &result)
{
    return result ? u"accepted"_s : result.error().code;
}

/// Makes keys and uploads them, with a restart between any two steps.
QList<Curve25519Key> publish(OlmAccount &account, int count)
{
    account = restored(account);
    if (!account.generateOneTimeKeys(count))
        return {};
    account = restored(account);
    const auto keys = account.unpublishedOneTimeKeys().value().values();
    account.markKeysAsPublished();
    account = restored(account);
    return keys;
}

Curve25519Key publishFallback(OlmAccount &account)
{
    if (!account.generateFallbackKey())
        return {};
    account = restored(account);
    const auto keys = account.unpublishedFallbackKey().value().values();
    account.markKeysAsPublished();
    return keys.size() == 1 ? keys.first() : Curve25519Key();
}

/// Whether the account still has the private half of one of its keys.
bool opens(OlmAccount &account, const Curve25519Key &key, bool removeIt = false)
{
    const auto peer = OlmAccount::create().value();
    auto session = OlmSession::outbound(peer, account.curveKey(), key).value();
    const auto inbound = OlmSession::inbound(account, peer.curveKey(), session.encrypt("x").value());
    if (inbound && removeIt)
        account.removeOneTimeKey(*inbound);
    return inbound.has_value();
}

int opened(OlmAccount &account, const QList<Curve25519Key> &keys)
{
    return int(
        std::count_if(keys.cbegin(), keys.cend(), [&](const auto &key) { return opens(account, key); }));
}

} // namespace

class OlmAccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAnotherOneEachTime()
    {
        const auto account = OlmAccount::create().value();
        const auto other = OlmAccount::create().value();

        QVERIFY(account.curveKey() != other.curveKey());
        QVERIFY(account.signingKey() != other.signingKey());
        QVERIFY(isSafeKey(account.curveKey()) && isSafeKey(account.signingKey()));
        QVERIFY(account.unpublishedOneTimeKeys().value().isEmpty());
        QVERIFY(account.unpublishedFallbackKey().value().isEmpty());
    }

    void signsWhatOthersVerify()
    {
        const auto account = OlmAccount::create().value();
        for (const int size : {0, 1, 1000, 100'000}) {
            const QByteArray text(size, 'x');
            const auto signature = account.sign(text);
            QVERIFY(ed25519Verify(account.signingKey(), text, signature.value()));
            QVERIFY(!ed25519Verify(account.signingKey(), text + 'y', signature.value()));
            QCOMPARE(restored(account).sign(text).value(), signature.value());
        }
    }

    void comesBackFromItsPickle()
    {
        auto account = OlmAccount::create().value();
        QVERIFY(account.generateOneTimeKeys(10));
        QVERIFY(account.generateFallbackKey());

        const auto again = restored(account);

        QCOMPARE(again.curveKey(), account.curveKey());
        QCOMPARE(again.signingKey(), account.signingKey());
        QCOMPARE(again.unpublishedOneTimeKeys().value(), account.unpublishedOneTimeKeys().value());
        QCOMPARE(again.unpublishedFallbackKey().value(), account.unpublishedFallbackKey().value());
    }

    void opensNoPickleWithAnotherKey()
    {
        auto account = OlmAccount::create().value();
        QVERIFY(account.generateOneTimeKeys(2));
        const QByteArray pickle = account.pickle(pickleKey).value();

        for (const Secret &key : {Secret("another key"), Secret(), Secret(pickleKey.view().chopped(1))})
            QCOMPARE(code(OlmAccount::fromPickle(pickle, key)), u"PARVIS_OLM_PICKLE"_s);
        for (qsizetype size = 0; size < pickle.size(); ++size)
            QCOMPARE(code(OlmAccount::fromPickle(pickle.first(size), pickleKey)), u"PARVIS_OLM_PICKLE"_s);
        for (qsizetype at = 0; at < pickle.size() - 1; at += 7) {
            QByteArray bad = pickle;
            bad[at] = bad[at] == 'A' ? 'B' : 'A';
            QCOMPARE(code(OlmAccount::fromPickle(bad, pickleKey)), u"PARVIS_OLM_PICKLE"_s);
        }
    }

    void namesUnpublishedKeysOnly()
    {
        auto account = OlmAccount::create().value();
        QVERIFY(account.generateOneTimeKeys(3));
        QVERIFY(account.generateOneTimeKeys(0));
        QCOMPARE(account.unpublishedOneTimeKeys().value().size(), 3);
        account.markKeysAsPublished();
        QVERIFY(account.unpublishedOneTimeKeys().value().isEmpty());
        QVERIFY(account.generateOneTimeKeys(1));
        QCOMPARE(account.unpublishedOneTimeKeys().value().size(), 1);
    }

    void makesHalfOfWhatItHoldsAtMost()
    {
        auto account = OlmAccount::create().value();
        const QString tooMany = u"PARVIS_OLM_TOO_MANY_KEYS"_s;

        QCOMPARE(code(account.generateOneTimeKeys(-1)), tooMany);
        QCOMPARE(code(account.generateOneTimeKeys(51)), tooMany);
        QCOMPARE(code(account.generateOneTimeKeys(std::numeric_limits<int>::max())), tooMany);
        QVERIFY(account.generateOneTimeKeys(30));
        QCOMPARE(code(account.generateOneTimeKeys(21)), tooMany);
        QCOMPARE(code(account.generateOneTimeKeys(std::numeric_limits<int>::max())), tooMany);
        QVERIFY(account.generateOneTimeKeys(20));
        QCOMPARE(code(account.generateOneTimeKeys(1)), tooMany);
        QCOMPARE(opened(account, account.unpublishedOneTimeKeys().value().values()), 50);
    }

    /// Peers claimed all keys twice and have not used one. The keys that the server holds now, and those that
    /// it gave away last, can be opened; keys that were claimed and left unused longest make room. To refuse
    /// instead would let any stranger who claims a hundred keys stop this device from ever making more.
    void keepsTheHundredNewestPrivateKeys()
    {
        auto account = OlmAccount::create().value();
        const auto first = publish(account, 50);
        const auto second = publish(account, 50);
        QCOMPARE(first.size(), 50);
        QCOMPARE(opened(account, first), 50);
        QCOMPARE(opened(account, second), 50);

        const auto third = publish(account, 50);

        QCOMPARE(third.size(), 50);
        QCOMPARE(opened(account, third), 50);
        QCOMPARE(opened(account, second), 50);
        QCOMPARE(opened(account, first), 0);
    }

    /// A server that holds 50 at most and gives out the oldest first never holds a key without a private
    /// half.
    void neverDropsAKeyThatTheServerHolds()
    {
        auto account = OlmAccount::create().value();
        QList<Curve25519Key> server = publish(account, 50);
        for (const int claimed : {1, 50, 7, 49, 50, 50, 3}) {
            server.remove(0, claimed);
            server.append(publish(account, claimed));
            QCOMPARE(server.size(), 50);
            QCOMPARE(opened(account, server), 50);
        }
    }

    void usedKeysMakeRoom()
    {
        auto account = OlmAccount::create().value();
        const auto first = publish(account, 50);
        const auto second = publish(account, 50);
        for (const auto &key : second)
            QVERIFY(opens(account, key, true));
        QCOMPARE(opened(account, second), 0);

        const auto third = publish(account, 50);

        QCOMPARE(opened(account, first), 50);
        QCOMPARE(opened(account, third), 50);
    }

    void fallbackKeyOpensManySessions()
    {
        auto account = OlmAccount::create().value();
        const auto key = publishFallback(account);
        QVERIFY(!key.isEmpty());
        QVERIFY(account.unpublishedFallbackKey().value().isEmpty());

        for (int i = 0; i < 3; ++i)
            QVERIFY(opens(account, key, true));
        account = restored(account);
        QVERIFY(opens(account, key));
    }

    void keepsThePreviousFallbackKeyUntilTold()
    {
        auto account = OlmAccount::create().value();
        const auto first = publishFallback(account);
        const auto second = publishFallback(account);
        account = restored(account);
        QVERIFY(first != second);
        QVERIFY(opens(account, first) && opens(account, second));

        account.forgetPreviousFallbackKey();
        account = restored(account);

        QVERIFY(!opens(account, first));
        QVERIFY(opens(account, second));
        account.forgetPreviousFallbackKey();
        QVERIFY(opens(account, second));
    }

    /// The library keeps two: a key made twice before an upload would push out the one that peers know.
    void makesNoSecondFallbackKeyBeforeTheFirstIsPublished()
    {
        auto account = OlmAccount::create().value();
        const auto first = publishFallback(account);

        QVERIFY(account.generateFallbackKey());
        const auto waiting = account.unpublishedFallbackKey().value();
        QCOMPARE(waiting.size(), 1);
        QVERIFY(account.generateFallbackKey());
        account = restored(account);
        QVERIFY(account.generateFallbackKey());

        QCOMPARE(account.unpublishedFallbackKey().value(), waiting);
        QVERIFY(opens(account, first));
        QVERIFY(opens(account, waiting.constBegin().value()));
    }
};

QTEST_GUILESS_MAIN(OlmAccountTest)
#include "tst_olm_account.moc"
