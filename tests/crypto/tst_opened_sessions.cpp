// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/opened_sessions_p.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;
using test::latin1;

namespace {

const Secret pickleKey("an ordinary pickle key, 32 bytes");

QString code(const Result<MegolmInbound::Decrypted> &result)
{
    return result ? u"accepted"_s : result.error().code;
}

} // namespace

class OpenedSessionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_vectors = test::ownVectors(u"megolm"_s).object();
        m_messages = m_vectors["messages"_L1].toArray();
        m_pickle = MegolmInbound::fromSessionKey(latin1(m_vectors["session_key"_L1]))
                       .value()
                       .pickle(pickleKey)
                       .value();
    }

    void readsForwardsAndBackwards()
    {
        OpenedSessions opened;
        QVERIFY(m_messages.size() > 10);
        for (const auto &message : std::as_const(m_messages))
            verifyReads(opened, message);
        for (qsizetype i = m_messages.size() - 1; i >= 0; --i)
            verifyReads(opened, m_messages[i]);
    }

    // The creator signs whatever index he likes. libolm's counter wraps after such messages, and what he
    // wrote before would be unreadable for as long as the session stays open.
    void whatIsFarAheadSpoilsNothingBefore()
    {
        const QJsonArray far = m_vectors["far_ahead"_L1].toArray();
        QCOMPARE(far.size(), 2);
        const auto bare = MegolmInbound::fromPickle(m_pickle, pickleKey).value();
        OpenedSessions opened;
        for (const auto &message : far) {
            QVERIFY(bare.decrypt(latin1(message["ciphertext"_L1])));
            verifyReads(opened, message);
        }
        QCOMPARE(code(bare.decrypt(latin1(m_messages[1]["ciphertext"_L1]))), u"PARVIS_MEGOLM_BAD_MAC"_s);
        verifyReads(opened, m_messages[1]);
        verifyReads(opened, far[0]);
        verifyReads(opened, m_messages[2]);
    }

    void aRefusedMessageIsRefusedAgainAndHarmsNoOther()
    {
        OpenedSessions opened;
        const QJsonArray bad = m_vectors["must_fail"_L1].toArray();
        QVERIFY(bad.size() >= 8);
        for (const auto &row : bad) {
            verifyReads(opened, m_messages[3]);
            const auto bare = MegolmInbound::fromPickle(m_pickle, pickleKey).value();
            const QString expected = code(bare.decrypt(latin1(row["ciphertext"_L1])));
            QVERIFY(expected != u"accepted");
            QCOMPARE(code(opened.decrypt(m_pickle, pickleKey, latin1(row["ciphertext"_L1]))), expected);
        }
        verifyReads(opened, m_messages[4]);
    }

    void tellsAPickleThatDoesNotOpen()
    {
        OpenedSessions opened;
        const QByteArray message = latin1(m_messages[0]["ciphertext"_L1]);
        QCOMPARE(code(opened.decrypt("rubbish", pickleKey, message)), u"PARVIS_OLM_PICKLE"_s);
        verifyReads(opened, m_messages[0]);
    }

private:
    void verifyReads(OpenedSessions &opened, const QJsonValue &message)
    {
        const auto read = opened.decrypt(m_pickle, pickleKey, latin1(message["ciphertext"_L1]));
        QCOMPARE(code(read), u"accepted"_s);
        QCOMPARE(read->plaintext, message["plaintext"_L1].toString().toUtf8());
        QCOMPARE(read->index, quint32(message["index"_L1].toInteger()));
    }

    QJsonObject m_vectors;
    QJsonArray m_messages;
    QByteArray m_pickle;
};

QTEST_GUILESS_MAIN(OpenedSessionsTest)
#include "tst_opened_sessions.moc"
