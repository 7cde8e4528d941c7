// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"
#include "fakes/vectors.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QTest>
#include <QtEndian>

#include <olm/olm.h>

#include <random>
#include <vector>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;
using test::latin1;

namespace {

const Secret pickleKey("an ordinary pickle key, 32 bytes");

QString code(const auto &result)
{
    return result ? u"accepted"_s : result.error().code;
}

MegolmInbound restored(const MegolmInbound &session)
{
    return MegolmInbound::fromPickle(session.pickle(pickleKey).value(), pickleKey).value();
}

MegolmOutbound restored(const MegolmOutbound &session)
{
    return MegolmOutbound::fromPickle(session.pickle(pickleKey).value(), pickleKey).value();
}

MegolmInbound reader(const MegolmOutbound &session)
{
    return MegolmInbound::fromSessionKey(session.sessionKey().value().view().toByteArray()).value();
}

/// An export of ours with other bytes in it: base64.
QByteArray patched(const QByteArray &base64, qsizetype at, const QByteArray &bytes)
{
    return toBase64(fromBase64(base64).value().replace(at, bytes.size(), bytes));
}

constexpr qsizetype indexAt = 1;
constexpr qsizetype ratchetAt = 5;
constexpr qsizetype signingKeyAt = 133;

} // namespace

class MegolmTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_vectors = test::ownVectors(u"megolm"_s); }

    void agreesWithOurKnownAnswers()
    {
        const auto session = MegolmInbound::fromSessionKey(latin1(m_vectors["session_key"_L1])).value();
        QCOMPARE(session.id().toString(), m_vectors["session_id"_L1].toString());
        QCOMPARE(session.firstKnownIndex(), 0U);
        QVERIFY(session.exportAt(0).value().equals(latin1(m_vectors["export_at_0"_L1])));
        const QJsonArray messages = m_vectors["messages"_L1].toArray();
        QCOMPARE(messages.size(), 11);

        for (const auto &message : messages) {
            const auto index = quint32(message["index"_L1].toInteger());
            const QByteArray exported = latin1(message["export_at_index"_L1]);
            const auto read = restored(session).decrypt(latin1(message["ciphertext"_L1])).value();
            QCOMPARE(read.plaintext, message["plaintext"_L1].toString().toUtf8());
            QCOMPARE(read.index, index);
            QVERIFY(session.exportAt(index).value().equals(exported));

            const auto later = MegolmInbound::fromExport(exported).value();
            QCOMPARE(later.id(), session.id());
            QCOMPARE(later.firstKnownIndex(), index);
            for (const auto &other : messages) {
                const bool known = quint32(other["index"_L1].toInteger()) >= index;
                QCOMPARE(code(later.decrypt(latin1(other["ciphertext"_L1]))),
                         known ? u"accepted"_s : u"PARVIS_MEGOLM_UNKNOWN_INDEX"_s);
            }
        }
        // Once a late message was read, the early ones still can be, and nothing has to be stored anew.
        QCOMPARE(session.decrypt(latin1(messages[10]["ciphertext"_L1])).value().index, 16'777'217U);
        QCOMPARE(session.decrypt(latin1(messages[0]["ciphertext"_L1])).value().index, 0U);
        QCOMPARE(session.firstKnownIndex(), 0U);
    }

    void refusesWhatTheKnownAnswersSay()
    {
        const auto session = MegolmInbound::fromSessionKey(latin1(m_vectors["session_key"_L1])).value();
        const QJsonArray rows = m_vectors["must_fail"_L1].toArray();
        QVERIFY(rows.size() >= 8);
        for (const auto &row : rows)
            QVERIFY2(!session.decrypt(latin1(row["ciphertext"_L1])), qPrintable(row["why"_L1].toString()));
        QCOMPARE(code(session.decrypt(latin1(rows[1]["ciphertext"_L1]))), u"PARVIS_MEGOLM_BAD_MAC"_s);

        // libolm would read this second form of a message.
        QCOMPARE(code(session.decrypt(latin1(m_vectors["malleable_signature"_L1]["ciphertext"_L1]))),
                 u"PARVIS_MEGOLM_BAD_SIGNATURE"_s);
        QCOMPARE(code(MegolmInbound::fromSessionKey(latin1(m_vectors["session_key_bad_signature"_L1]))),
                 u"PARVIS_MEGOLM_BAD_SIGNATURE"_s);
    }

    void writesWhatOthersReadAcrossRestarts()
    {
        auto writer = MegolmOutbound::create().value();
        auto session = reader(writer);
        QCOMPARE(session.id(), writer.id());
        QCOMPARE(writer.index(), 0U);

        for (const int size : {0, 1, 15, 16, 17, 1000, 65'536}) {
            const quint32 index = writer.index();
            const QByteArray text(size, 'x');
            const auto message = writer.encrypt(text).value();
            writer = restored(writer);
            QCOMPARE(writer.index(), index + 1);
            const auto read = session.decrypt(message).value();
            QCOMPARE(read.plaintext, text);
            QCOMPARE(read.index, index);
            session = restored(session);
            QCOMPARE(reader(writer).firstKnownIndex(), index + 1);
            QCOMPARE(code(reader(writer).decrypt(message)), u"PARVIS_MEGOLM_UNKNOWN_INDEX"_s);
        }
        QCOMPARE(code(writer.encrypt(QByteArray(65'537, 'x'))), u"PARVIS_OLM_TOO_LARGE"_s);
        QVERIFY(MegolmOutbound::create().value().id() != writer.id());
    }

    void whatIsLongerThanAnEventIsNotRead()
    {
        // Another program's: ours writes none. In all else they are as they should be.
        std::vector<uint8_t> memory(olm_outbound_group_session_size());
        OlmOutboundGroupSession *other = olm_outbound_group_session(memory.data());
        std::vector<uint8_t> random(olm_init_outbound_group_session_random_length(other), 7);
        QVERIFY(olm_init_outbound_group_session(other, random.data(), random.size()) != olm_error());
        QByteArray key(qsizetype(olm_outbound_group_session_key_length(other)), '\0');
        olm_outbound_group_session_key(other, reinterpret_cast<uint8_t *>(key.data()), size_t(key.size()));
        const auto session = MegolmInbound::fromSessionKey(key).value();
        const auto written = [&](int size) {
            const QByteArray text(size, 'x');
            QByteArray out(qsizetype(olm_group_encrypt_message_length(other, size_t(size))), '\0');
            olm_group_encrypt(other, reinterpret_cast<const uint8_t *>(text.data()), size_t(size),
                              reinterpret_cast<uint8_t *>(out.data()), size_t(out.size()));
            return out;
        };
        QCOMPARE(code(session.decrypt(written(95'000))), u"accepted"_s);
        QCOMPARE(code(session.decrypt(written(100'000))), u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
    }

    void readsInAnyOrderAndTwice()
    {
        auto writer = MegolmOutbound::create().value();
        auto session = reader(writer);
        QByteArrayList messages;
        for (int i = 0; i < 300; ++i)
            messages.append(writer.encrypt(QByteArray::number(i)).value());
        std::mt19937 random(11); // NOLINT(cert-msc51-cpp): the same on every run is the point

        for (int round = 0; round < 600; ++round) {
            const auto at = qsizetype(random() % 300);
            const auto read = session.decrypt(messages[at]).value();
            QCOMPARE(read.plaintext, QByteArray::number(at));
            QCOMPARE(read.index, quint32(at));
            if (round % 50 == 0)
                session = restored(session);
        }
        QCOMPARE(session.firstKnownIndex(), 0U);
    }

    void refusesEveryChangedBitOfAMessage()
    {
        auto writer = MegolmOutbound::create().value();
        const auto session = reader(writer);
        const QByteArray message = writer.encrypt("text").value();
        const QByteArray bytes = fromBase64(message).value();

        for (qsizetype bit = 0; bit < bytes.size() * 8; ++bit) {
            QByteArray bad = bytes;
            bad[bit / 8] = char(bad[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY2(!session.decrypt(toBase64(bad)), QByteArray::number(bit).constData());
        }
        for (qsizetype size = 0; size < message.size(); ++size)
            QVERIFY(!session.decrypt(message.first(size)));
        QVERIFY(!session.decrypt(message + "AAAA"));
        QCOMPARE(code(session.decrypt(QByteArray(200'000, 'A'))), u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
        QCOMPARE(session.decrypt(message).value().plaintext, "text"_ba);
    }

    void readsNoMessageOfAnotherSession()
    {
        auto writer = MegolmOutbound::create().value();

        QCOMPARE(code(reader(MegolmOutbound::create().value()).decrypt(writer.encrypt("x").value())),
                 u"PARVIS_MEGOLM_BAD_SIGNATURE"_s);
    }

    void refusesChangedSessionKeys()
    {
        const QByteArray key = latin1(m_vectors["session_key"_L1]);
        const QByteArray bytes = fromBase64(key).value();
        QCOMPARE(bytes.size(), 229);

        for (qsizetype at = 0; at < bytes.size(); ++at) {
            QByteArray bad = bytes;
            bad[at] = char(bad[at] ^ 1);
            QVERIFY2(!MegolmInbound::fromSessionKey(toBase64(bad)), QByteArray::number(at).constData());
        }
        const QByteArray exported = latin1(m_vectors["export_at_0"_L1]);
        const auto bad = u"PARVIS_MEGOLM_BAD_KEY"_s;
        for (qsizetype size = 0; size < key.size(); ++size)
            QCOMPARE(code(MegolmInbound::fromSessionKey(key.first(size))), bad);
        for (qsizetype size = 0; size < exported.size(); ++size)
            QCOMPARE(code(MegolmInbound::fromExport(exported.first(size))), bad);
        QCOMPARE(code(MegolmInbound::fromSessionKey(key + "AAAA")), bad);
        QCOMPARE(code(MegolmInbound::fromExport(exported + "AAAA")), bad);
        QCOMPARE(code(MegolmInbound::fromSessionKey(exported)), bad);
        QCOMPARE(code(MegolmInbound::fromExport(key)), bad);
        QCOMPARE(code(MegolmInbound::fromSessionKey(patched(key, 0, "\1"))), bad);
        QCOMPARE(code(MegolmInbound::fromExport(patched(exported, 0, "\2"))), bad);
        QCOMPARE(code(MegolmInbound::fromSessionKey(QByteArray(key).replace(7, 1, " "))), bad);
        QVERIFY(MegolmInbound::fromSessionKey(bytes.toBase64()));
        QVERIFY(MegolmInbound::fromExport(fromBase64(exported).value().toBase64()));
    }

    void refusesCreatorsOfSmallOrder()
    {
        const QJsonDocument strict = test::ownVectors(u"ed25519-strict"_s);
        QByteArrayList points;
        const QJsonArray canonical = strict["small_order_public_keys_hex"_L1].toArray();
        for (const auto &row : canonical)
            points.append(QByteArray::fromHex(latin1(row["hex"_L1])));
        const QJsonArray others = strict["non_canonical_small_order_hex"_L1].toArray();
        for (const auto &row : others)
            points.append(QByteArray::fromHex(latin1(row)));
        QCOMPARE(points.size(), 14);

        for (const QByteArray &point : points) {
            const QByteArray exported = patched(latin1(m_vectors["export_at_0"_L1]), signingKeyAt, point);
            QCOMPARE(code(MegolmInbound::fromExport(exported)), u"PARVIS_UNSAFE_KEY"_s);
            const QByteArray key = patched(latin1(m_vectors["session_key"_L1]), signingKeyAt,
                                           point + point + QByteArray(32, '\0'));
            QCOMPARE(code(MegolmInbound::fromSessionKey(key)), u"PARVIS_UNSAFE_KEY"_s);
        }
    }

    void comparesCopiesOfASession()
    {
        using Comparison = MegolmInbound::Comparison;
        const auto first = MegolmInbound::fromSessionKey(latin1(m_vectors["session_key"_L1])).value();
        const auto at = [&](quint32 index) {
            return MegolmInbound::fromExport(first.exportAt(index).value().view().toByteArray()).value();
        };
        QCOMPARE(first.compare(first), Comparison::Equal);
        QCOMPARE(first.compare(at(0)), Comparison::Equal);
        QCOMPARE(at(257).compare(restored(at(257))), Comparison::Equal);
        QCOMPARE(at(257).compare(at(256)), Comparison::OtherIsBetter);
        QCOMPARE(at(256).compare(at(257)), Comparison::OtherIsWorse);
        QCOMPARE(first.compare(at(16'777'217)), Comparison::OtherIsWorse);
        QCOMPARE(at(16'777'217).compare(first), Comparison::OtherIsBetter);

        const QByteArray exported = latin1(m_vectors["export_at_0"_L1]);
        // Each of the four parts of the ratchet counts, also after it was wound on.
        for (const int part : {0, 1, 2, 3}) {
            const auto other =
                MegolmInbound::fromExport(patched(exported, ratchetAt + 32 * part, "another ratchet"))
                    .value();
            QCOMPARE(other.id(), first.id());
            QCOMPARE(first.compare(other), Comparison::Unconnected);
            QCOMPARE(other.compare(first), Comparison::Unconnected);
        }
        const QByteArray creator =
            fromBase64(MegolmOutbound::create().value().id().toString().toLatin1()).value();
        QCOMPARE(first.compare(MegolmInbound::fromExport(patched(exported, signingKeyAt, creator)).value()),
                 Comparison::Unconnected);
        // The same ratchet under a lower number: it would claim to be better, and is another.
        const auto lower = MegolmInbound::fromExport(
            patched(at(5).exportAt(5).value().view().toByteArray(), indexAt, QByteArray(4, '\0')));
        QCOMPARE(at(5).compare(lower.value()), Comparison::Unconnected);
    }

    void exportsNoIndexThatItDoesNotKnow()
    {
        const QString unknown = u"PARVIS_MEGOLM_UNKNOWN_INDEX"_s;
        const QByteArray exported = latin1(m_vectors["export_at_0"_L1]);
        const auto at = [&](quint32 index) {
            QByteArray bytes(4, '\0');
            qToBigEndian(index, bytes.data());
            return MegolmInbound::fromExport(patched(exported, indexAt, bytes)).value();
        };
        QCOMPARE(code(at(5).exportAt(4)), unknown);
        QCOMPARE(code(at(5).exportAt(0)), unknown);
        QVERIFY(at(5).exportAt(5));
        QVERIFY(at(5).exportAt(5U + 0x7fff'ffffU));
        // libolm counts on past the largest index, and would call what comes then index 0.
        QCOMPARE(code(at(0xffff'ffff).exportAt(0)), unknown);
        QCOMPARE(code(at(0xffff'fff0).exportAt(7)), unknown);
        QVERIFY(at(0xffff'ffff).exportAt(0xffff'ffff));
    }

    void opensNoPickleWithAnotherKey()
    {
        const auto writer = MegolmOutbound::create().value();
        const QByteArray out = writer.pickle(pickleKey).value();
        const QByteArray in = reader(writer).pickle(pickleKey).value();
        const QString refused = u"PARVIS_OLM_PICKLE"_s;
        const Secret other(QByteArray(32, 'k'));

        QCOMPARE(code(MegolmOutbound::fromPickle(out, other)), refused);
        QCOMPARE(code(MegolmInbound::fromPickle(in, other)), refused);
        QCOMPARE(code(MegolmOutbound::fromPickle(in, pickleKey)), refused);
        QCOMPARE(code(MegolmInbound::fromPickle(out, pickleKey)), refused);
        for (qsizetype size = 0; size < out.size(); ++size)
            QCOMPARE(code(MegolmOutbound::fromPickle(out.first(size), pickleKey)), refused);
        for (qsizetype size = 0; size < in.size(); ++size)
            QCOMPARE(code(MegolmInbound::fromPickle(in.first(size), pickleKey)), refused);
        for (const Secret &key : {Secret(), Secret("short"), Secret(QByteArray(33, 'k'))}) {
            QCOMPARE(code(writer.pickle(key)), refused);
            QCOMPARE(code(reader(writer).pickle(key)), refused);
        }
    }

    void survivesMutations()
    {
        std::mt19937 random(13); // NOLINT(cert-msc51-cpp): the same on every run is the point
        const auto session = MegolmInbound::fromSessionKey(latin1(m_vectors["session_key"_L1])).value();
        const QByteArray message = fromBase64(latin1(m_vectors["messages"_L1][3]["ciphertext"_L1])).value();
        const QByteArray key = fromBase64(latin1(m_vectors["export_at_0"_L1])).value();
        const auto mutated = [&](QByteArray bytes) {
            for (unsigned change = 0; change <= random() % 4; ++change) {
                const auto at = qsizetype(random() % unsigned(bytes.size()));
                if (random() % 4 == 0)
                    bytes.remove(at, 1);
                else
                    bytes[at] = char(bytes[at] ^ (1 + random() % 255));
            }
            return bytes;
        };
        for (int round = 0; round < 10'000; ++round) {
            const QByteArray bad = mutated(message);
            QVERIFY(bad == message || !session.decrypt(toBase64(bad)));
            // An export is not signed: a changed one may open, and then reads nothing.
            const QByteArray other = mutated(key);
            const auto forged = MegolmInbound::fromExport(toBase64(other));
            if (forged && other != key)
                (void)forged->decrypt(toBase64(message));
        }
        QCOMPARE(session.decrypt(toBase64(message)).value().index, 255U);
    }

    void survivesTheSeedsOfOtherFuzzers()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        const auto session = MegolmInbound::fromSessionKey(latin1(m_vectors["session_key"_L1])).value();
        int seeds = 0;
        for (const QString &name : {u"megolm-decoding"_s, u"megolm-decryption"_s,
                                    u"megolm-session-creation"_s, u"megolm-session-import"_s}) {
            QDirIterator files(shared->filePath(u"vodozemac/fuzz-corpora/"_s + name), QDir::Files,
                               QDirIterator::Subdirectories);
            for (; files.hasNext(); ++seeds) {
                const QByteArray bytes = test::fileBytes(files.next());
                for (const QByteArray &text : {bytes, toBase64(bytes)}) {
                    QVERIFY(!session.decrypt(text));
                    (void)MegolmInbound::fromSessionKey(text);
                    (void)MegolmInbound::fromExport(text);
                }
            }
        }
        QVERIFY(seeds > 200);
    }

private:
    QJsonDocument m_vectors;
};

QTEST_GUILESS_MAIN(MegolmTest)
#include "tst_megolm.moc"
