// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "base/locked_memory.h"
#include "base/secret.h"
#include "crypto/megolm_inbound.h"
#include "fakes/vectors.h"

#include <QTest>

#include "freed_memory.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

class WipingTest : public QObject
{
    Q_OBJECT

private:
    const QByteArray m_marker = "a marker that is nowhere else in memory";

private Q_SLOTS:
    void initTestCase()
    {
        if (!PARVIS_OWN_HEAP)
            QSKIP("the heap belongs to the sanitizer");
    }

    /// The search itself can fail: it finds a secret that nobody wiped, in each of its shapes.
    void findsWhatIsLeftBehind()
    {
        QVERIFY(leftBehind(m_marker, [&] { (void)QByteArray(m_marker.constData(), m_marker.size()); }) > 0);
        for (const int offset : {0, 1, 2})
            QVERIFY(leftBehind(m_marker, [&] { (void)toBase64(QByteArray(offset, '?') + m_marker); }) > 0);
    }

    void secretsAreWiped()
    {
        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                Secret secret{QByteArrayView(m_marker)};
                                Secret copy = secret.clone();
                                Secret moved = std::move(secret);
                                moved = std::move(copy);
                            }),
                 0);
    }

    void secretsInOrdinaryMemoryAreWiped()
    {
        const QByteArray large = m_marker.repeated(int(maxLockedBlock / size_t(m_marker.size())) + 1);

        QCOMPARE(leftBehind(m_marker, [&] { const Secret secret{QByteArrayView(large)}; }), 0);
    }

    void decodedSecretsAreWiped()
    {
        const QByteArray text = toBase64(m_marker);
        const QByteArray mistyped = text + "AA!A";

        QCOMPARE(leftBehind(m_marker,
                            [&] {
                                QVERIFY(secretFromBase64(text)->equals(m_marker));
                                QVERIFY(!secretFromBase64(mistyped));
                            }),
                 0);
    }

    void ratchetsAreWiped()
    {
        const QJsonDocument vectors = test::ownVectors(u"megolm"_s);
        const QByteArray ratchet = QByteArray::fromHex(vectors["ratchet_hex"_L1].toString().toLatin1());
        const QByteArray sessionKey = vectors["session_key"_L1].toString().toLatin1();
        const QByteArray exported = vectors["export_at_0"_L1].toString().toLatin1();
        const QByteArray message = vectors["messages"_L1][1]["ciphertext"_L1].toString().toLatin1();
        const Secret pickleKey(QByteArray(32, 'k'));
        QCOMPARE(ratchet.size(), 128);

        for (const int part : {0, 32, 64, 96}) {
            QCOMPARE(leftBehind(ratchet.sliced(part, 32),
                                [&] {
                                    auto session = MegolmInbound::fromSessionKey(sessionKey).value();
                                    const auto other = MegolmInbound::fromExport(exported).value();
                                    QCOMPARE(session.compare(other), MegolmInbound::Comparison::Equal);
                                    const auto pickle = session.pickle(pickleKey).value();
                                    session = MegolmInbound::fromPickle(pickle, pickleKey).value();
                                    QVERIFY(session.decrypt(message));
                                    QVERIFY(session.exportAt(0).value().equals(exported));
                                    QVERIFY(!MegolmInbound::fromExport(sessionKey));
                                    QVERIFY(!MegolmInbound::fromSessionKey(exported));
                                }),
                     0);
        }
    }
};

QTEST_GUILESS_MAIN(WipingTest)
#include "tst_wiping.moc"
