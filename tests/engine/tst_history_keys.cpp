// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of a room's past are fetched, whatever the media server does meanwhile.
#include "crypto/attachment_encryption.h"
#include "engine/history_keys.h"
#include "fakes/fake_delay.h"

#include <QTest>

#include "core_world.h"
#include "key_rows.h"
#include "scripted_server.h"

using namespace parvis;
using namespace parvis::crypto;

class HistoryKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_status = 403; // the request itself is not tried again
        m_error = R"({"errcode":"M_FORBIDDEN","error":"not now"})";
        m_files.clear();
        m_world = std::make_unique<CoreWorld>();
        m_world->clock.ms = 1'700'000'000'000;
        m_server = std::make_unique<ScriptedServer>([this](const SeenRequest &request) {
            const QByteArray place = request.path.split('?').first().split('/').last();
            return Script::reply(m_status, m_status == 200 ? m_files.value(place) : m_error);
        });
        QVERIFY(m_world->attach(m_server->url({})));
        m_delay = std::make_unique<FakeDelay>();
        m_keys = std::make_unique<HistoryKeys>(engine(), *m_delay);
        KeyRows rows(engine());
        rows.identity(anna, u"anna"_s);
        rows.device(anna, u"A"_s, u"anna-ssk"_s);
        rows.save();
        CryptoChanges changes;
        changes.invitations.append({room, anna, m_world->clock.ms});
        save(changes);
        waits(u"first"_s);
    }
    void cleanup()
    {
        m_keys.reset();
        m_world.reset();
        m_server.reset();
    }

    void whatFailsIsTriedAgainLessAndLessOften()
    {
        int wait = HistoryKeys::firstWaitMs;
        m_keys->look();
        for (qsizetype tries = 1; tries <= 12; ++tries) {
            QTRY_COMPARE(m_delay->pending(), 1);
            QCOMPARE(m_server->seen.size(), tries);
            QCOMPARE(m_delay->lastMs(), wait);
            m_keys->look(); // news of devices: it waits all the same
            QCOMPARE(m_delay->pending(), 1);
            wait = std::min(2 * wait, HistoryKeys::longestWaitMs);
            m_delay->fire();
        }
        QTRY_COMPARE(m_delay->pending(), 1);
        m_status = 200;
        m_delay->fire();

        QTRY_VERIFY(bundles().isEmpty());
        QCOMPARE(m_delay->pending(), 0);
    }
    void aConnectionEndsTheWait()
    {
        m_keys->look();
        QTRY_COMPARE(m_delay->pending(), 1);

        m_keys->lookAgain();

        QTRY_COMPARE(m_server->seen.size(), 2);
        QTRY_COMPARE(m_delay->pending(), 2);
        m_delay->fire(); // of the two waits the newer one counts
        QTRY_COMPARE(m_delay->pending(), 1);
        QCOMPARE(m_server->seen.size(), 3);
    }
    void whatIsNotThereForAMomentIsFetchedAllTheSame_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("not found") << 404 << QByteArray(R"({"errcode":"M_NOT_FOUND","error":"gone"})");
        QTest::newRow("a proxy's page") << 200 << QByteArray("<html>being scanned</html>");
    }
    void whatIsNotThereForAMomentIsFetchedAllTheSame()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, answer);
        const QByteArray file = std::exchange(m_files["first"], answer);
        m_status = status;
        m_error = answer;
        m_keys->look();
        QTRY_COMPARE(m_delay->pending(), 1);
        QCOMPARE(bundles().size(), 1);

        m_files["first"] = file;
        m_status = 200;
        m_delay->fire();

        QTRY_VERIFY(bundles().isEmpty());
        QCOMPARE(m_server->seen.size(), 2);
    }
    void nonsenseInTheTrueFileIsNotAskedForAgain()
    {
        waits(u"nonsense"_s, "[]");
        m_status = 200;
        m_keys->look();

        QTRY_VERIFY(bundles().isEmpty());
        QCOMPARE(m_delay->pending(), 0);
        QCOMPARE(m_server->seen.size(), 1);
    }
    void oneThatComesMeanwhileIsFetchedAsWell()
    {
        m_status = 200;
        m_keys->look();
        waits(u"second"_s); // in the place of the first, which is on its way

        QTRY_VERIFY(bundles().isEmpty());
        QCOMPARE(m_server->seen.size(), 2);
        QVERIFY(m_server->seen[0].path.contains("first") && m_server->seen[1].path.contains("second"));
    }
    void anotherOneDoesNotWaitForTheFirst()
    {
        m_keys->look();
        QTRY_COMPARE(m_delay->pending(), 1);

        waits(u"second"_s);
        m_keys->look();

        QTRY_COMPARE(m_delay->pending(), 2);
        QVERIFY(m_server->seen.last().path.contains("second"));
        QCOMPARE(m_delay->lastMs(), HistoryKeys::firstWaitMs);
    }

private:
    const RoomId room{u"!r:x"_s};
    const UserId anna{u"@anna:x"_s};

    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    [[nodiscard]] QList<BundleRecord> bundles() const { return *engine().cryptoStore().bundles(); }
    void save(const CryptoChanges &changes) const { QVERIFY(engine().cryptoStore().save(changes)); }
    /// A bundle of Anna's for the room, without keys or with @p plain, at that place of the media server.
    void waits(const QString &place, const QByteArray &plain = R"({"room_keys":[],"withheld":[]})")
    {
        auto cipher = *AttachmentEncryptor::start();
        QByteArray &contents = m_files[place.toUtf8()];
        contents = plain;
        QVERIFY(cipher.apply(contents));
        EncryptedFile file = cipher.finish();
        file.url = u"mxc://x/"_s + place;
        CryptoChanges changes;
        changes.bundles.append({.room = room,
                                .sender = anna,
                                .senderKey = Curve25519Key(u"A-curve"_s),
                                .signingKey = Ed25519Key(u"A-ed"_s),
                                .file = file.toJson(),
                                .receivedMs = m_world->clock.ms});
        save(changes);
    }

    std::unique_ptr<CoreWorld> m_world;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<FakeDelay> m_delay;
    std::unique_ptr<HistoryKeys> m_keys;
    int m_status = 403;
    QByteArray m_error;
    QHash<QByteArray, QByteArray> m_files;
};

QTEST_GUILESS_MAIN(HistoryKeysTest)
#include "tst_history_keys.moc"
