// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sas.h"
#include "crypto/sas_emoji.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

/// The whole of a verification between two people, as it should go.
class tst_Sas : public QObject
{
    Q_OBJECT

private:
    const QJsonDocument m_vectors = ownVectors(u"sas"_s);
    const QString m_flow = m_vectors["transaction_id"_L1].toString();
    const Secret m_shared{hex(m_vectors["shared_secret_hex"_L1])};
    const QByteArray m_start = compact(m_vectors["start_content"_L1]);

    [[nodiscard]] Curve25519Pair pair(QLatin1StringView side) const
    {
        return std::move(*curve25519Pair(Secret(hex(m_vectors[side]["private_hex"_L1]))));
    }

    [[nodiscard]] SasParty party(QLatin1StringView side) const
    {
        const QJsonValue known = m_vectors[side];
        return {UserId(known["user"_L1].toString()), DeviceId(known["device"_L1].toString()),
                Curve25519Key(known["public"_L1].toString())};
    }

    [[nodiscard]] SasParties parties() const { return {party("starter"_L1), party("accepter"_L1), m_flow}; }

    [[nodiscard]] SasMacContext context(QLatin1StringView from, QLatin1StringView to) const
    {
        return {party(from).user, party(from).device, party(to).user, party(to).device, m_flow};
    }

    [[nodiscard]] static QMap<QString, QString> texts(const QJsonValue &object)
    {
        QMap<QString, QString> all;
        const QJsonObject members = object.toObject();
        for (auto it = members.begin(); it != members.end(); ++it)
            all.insert(it.key(), it->toString());
        return all;
    }

    [[nodiscard]] SasMacs macs(QLatin1StringView side) const
    {
        const QJsonValue known = m_vectors[side];
        SasMacs all;
        all.list = known["keys"_L1].toString().toLatin1();
        const auto keys = texts(known["mac"_L1]);
        for (auto it = keys.cbegin(); it != keys.cend(); ++it)
            all.keys.insert(it.key(), it->toLatin1());
        return all;
    }

private Q_SLOTS:
    void agreesOnTheKnownSecret()
    {
        const auto starter = pair("starter"_L1);
        const auto accepter = pair("accepter"_L1);
        QCOMPARE(starter.publicKey, party("starter"_L1).key);
        QCOMPARE(accepter.publicKey, party("accepter"_L1).key);
        QVERIFY(sasSharedSecret(starter, accepter.publicKey)->equals(m_shared.view()));
        QVERIFY(sasSharedSecret(accepter, starter.publicKey)->equals(m_shared.view()));
    }

    void refusesAMirrorAndWeakKeys()
    {
        const auto own = pair("starter"_L1);
        QCOMPARE(codeOf(sasSharedSecret(own, own.publicKey)), u"PARVIS_SAS_REFLECTED"_s);
        QCOMPARE(codeOf(sasSharedSecret(own, Curve25519Key(own.publicKey.toString() + u'='))),
                 u"PARVIS_SAS_REFLECTED"_s);
        for (const QByteArray &bytes : {QByteArray(32, '\0'), QByteArray("\x01") + QByteArray(31, '\0')})
            QCOMPARE(codeOf(sasSharedSecret(own, Curve25519Key(QString::fromLatin1(toBase64(bytes))))),
                     u"PARVIS_UNSAFE_KEY"_s);
        QCOMPARE(codeOf(sasSharedSecret(own, Curve25519Key(u"no key"_s))), u"PARVIS_UNSAFE_KEY"_s);
        QCOMPARE(codeOf(sasSharedSecret(own, Curve25519Key())), u"PARVIS_UNSAFE_KEY"_s);
    }

    void promisesAKey()
    {
        const Curve25519Key key = party("accepter"_L1).key;
        const QByteArray known = m_vectors["commitment"_L1].toString().toLatin1();
        QCOMPARE(sasCommitment(key, m_start).value(), known);
        // The order of the members is no matter, members that we do not know are.
        QCOMPARE(sasCommitment(key, QJsonDocument::fromJson(m_start).toJson(QJsonDocument::Indented)).value(),
                 known);
        QVERIFY(sasCommitmentHolds(known, key, m_start));
        QVERIFY(sasCommitmentHolds(known + '=', key, m_start));

        QJsonObject altered = QJsonDocument::fromJson(m_start).object();
        altered.remove("org.example.unknown"_L1);
        QVERIFY(!sasCommitmentHolds(known, key, compact(altered)));
        QVERIFY(!sasCommitmentHolds(known, party("starter"_L1).key, m_start));
        for (const QByteArray &wrong : {QByteArray(), "*"_ba, known.chopped(1), known + "A", known.first(40)})
            QVERIFY(!sasCommitmentHolds(wrong, key, m_start));
        QCOMPARE(codeOf(sasCommitment(key, R"({"a":1.5})")), u"PARVIS_BAD_JSON"_s);
        QVERIFY(!sasCommitmentHolds(known, key, R"({"a":1,"a":2})"));
    }

    void showsTheSameToBoth()
    {
        const auto bytes = sasBytes(m_shared, parties());
        QVERIFY(bytes);
        QCOMPARE(*bytes, hex(m_vectors["sas_bytes_hex"_L1]));

        const SasDecimals decimals = sasDecimals(*bytes);
        const SasEmojis emojis = sasEmojis(*bytes);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(decimals.at(size_t(i)), m_vectors["decimal"_L1][i].toInt());
        for (int i = 0; i < 7; ++i) {
            QCOMPARE(emojis.at(size_t(i)), m_vectors["emoji_indices"_L1][i].toInt());
            QCOMPARE(sasEmoji(emojis.at(size_t(i))).english, m_vectors["emoji"_L1][i].toString());
        }
    }

    void showsOtherBytesForAnyOtherDetail()
    {
        QSet<QByteArray> seen{sasBytes(m_shared, parties()).value()};
        const auto add = [&](auto change) {
            SasParties other = parties();
            change(other);
            seen.insert(sasBytes(m_shared, other).value());
        };
        add([](SasParties &p) { p.flowId += u'x'; });
        add([](SasParties &p) { p.starter.user = UserId(u"@Alice:example.org"_s); });
        add([](SasParties &p) { p.starter.user = UserId(u"@alice:exämple.org"_s); });
        add([](SasParties &p) { p.accepter.device = DeviceId(u"BOBDEV2"_s); });
        add([](SasParties &p) { p.accepter.key = p.starter.key; });
        add([](SasParties &p) { std::swap(p.starter, p.accepter); });
        QCOMPARE(seen.size(), 7);
    }

    void coversTheWholeRange()
    {
        const QByteArray ones(6, '\xff');
        const QByteArray zeros(6, '\0');
        QCOMPARE(sasDecimals(ones), (SasDecimals{9191, 9191, 9191}));
        QCOMPARE(sasDecimals(zeros), (SasDecimals{1000, 1000, 1000}));
        QCOMPARE(sasEmojis(ones), (SasEmojis{63, 63, 63, 63, 63, 63, 63}));
        QCOMPARE(sasEmojis(zeros), SasEmojis{});
        QCOMPARE(sasEmojis(QByteArray::fromHex("00108310518f")), (SasEmojis{0, 1, 2, 3, 4, 5, 6}));
    }

    void vouchesForKeys()
    {
        for (const auto &[side, from, to] :
             {std::array{"mac_from_starter"_L1, "starter"_L1, "accepter"_L1},
              std::array{"mac_from_accepter"_L1, "accepter"_L1, "starter"_L1}}) {
            const auto keys = texts(m_vectors[from]["keys"_L1]);
            const SasMacs known = macs(side);
            const auto own = sasMacs(m_shared, context(from, to), keys);
            QVERIFY(own);
            QCOMPARE(own->keys, known.keys);
            QCOMPARE(own->list, known.list);

            QVERIFY(sasListHolds(m_shared, context(from, to), known));
            for (auto it = keys.cbegin(); it != keys.cend(); ++it) {
                QVERIFY(sasKeyHolds(m_shared, context(from, to), known, it.key(), *it));
                QVERIFY(!sasKeyHolds(m_shared, context(from, to), known, it.key(), *it + u'x'));
                QVERIFY(!sasKeyHolds(m_shared, context(to, from), known, it.key(), *it));
                QVERIFY(!sasKeyHolds(Secret::random(32), context(from, to), known, it.key(), *it));
            }
            QVERIFY(!sasListHolds(m_shared, context(to, from), known));
        }
    }

    void vouchesForNothingElse()
    {
        const SasMacContext who = context("starter"_L1, "accepter"_L1);
        const SasMacs known = macs("mac_from_starter"_L1);
        const QString id = known.keys.firstKey();
        const QString key = m_vectors["starter"_L1]["keys"_L1][id].toString();

        SasMacs fewer = known;
        fewer.keys.remove(id);
        QVERIFY(!sasListHolds(m_shared, who, fewer));
        QVERIFY(!sasKeyHolds(m_shared, who, fewer, id, key));
        SasMacs more = known;
        more.keys.insert(u"ed25519:OTHER"_s, known.keys.first());
        QVERIFY(!sasListHolds(m_shared, who, more));
        QVERIFY(!sasKeyHolds(m_shared, who, more, u"ed25519:OTHER"_s, key));
        QVERIFY(!sasListHolds(m_shared, who, {}));
        // A list of none has a right MAC as well, and vouches for nothing.
        QVERIFY(!sasListHolds(m_shared, who, sasMacs(m_shared, who, {}).value()));
        for (qsizetype i = 0; i < 32; ++i) {
            SasMacs bad = known;
            bad.keys[id] = toBase64(flipped(fromBase64(bad.keys[id]).value(), i, int(i % 8)));
            bad.list = toBase64(flipped(fromBase64(bad.list).value(), i, int(i % 8)));
            QVERIFY(!sasKeyHolds(m_shared, who, bad, id, key));
            QVERIFY(!sasListHolds(m_shared, who, bad));
            bad.list = toBase64(fromBase64(known.list)->first(i));
            QVERIFY(!sasListHolds(m_shared, who, bad));
        }
    }

    void namesTheEmojisAsTheSpecificationDoes()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        const auto rows =
            QJsonDocument::fromJson(fileBytes(vectors->filePath(u"spec/sas-emoji.json"_s))).array();
        QCOMPARE(rows.size(), 64);
        for (const auto &row : rows) {
            const SasEmoji emoji = sasEmoji(row["number"_L1].toInt());
            QCOMPARE(emoji.symbol, row["emoji"_L1].toString());
            QCOMPARE(emoji.english, row["description"_L1].toString());
            QCOMPARE(emoji.french, row["translated_descriptions"_L1]["fr"_L1].toString());
        }
    }

    void promisesAsOthersDo()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        const auto rust =
            QJsonDocument::fromJson(fileBytes(vectors->filePath(u"rust-sdk/sas-commitment.json"_s)));
        QVERIFY(sasCommitmentHolds(rust["commitment"_L1].toString().toLatin1(),
                                   Curve25519Key(rust["accepter_public_key"_L1].toString()),
                                   compact(rust["start_content"_L1])));
    }
};

QTEST_APPLESS_MAIN(tst_Sas)
#include "tst_sas.moc"
