// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/database.h"
#include "store/migrations.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// The way from one schema to the next.
class tst_Migrations : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_number = 0;

    std::unique_ptr<Database> newDatabase()
    {
        DatabaseOptions options;
        options.path = m_folder.filePath(u"%1.db"_s.arg(++m_number));
        auto database = Database::open(options, Secret(QByteArray(32, 'k')));
        return database ? *std::move(database) : nullptr;
    }

    static int number(Database &database, QByteArrayView sql)
    {
        const auto found = database.one(sql, [](const Statement &row) { return row.get<int>(0); });
        return found && *found ? **found : -1;
    }

private Q_SLOTS:
    void stepsRunOnceAndInOrder()
    {
        const auto database = newDatabase();
        const Migration steps[] = {{1, "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);"},
                                   {2, "INSERT INTO t SELECT a + 1 FROM t;"}};

        QVERIFY(migrate(*database, std::span(steps, 1)));
        QCOMPARE(number(*database, "PRAGMA user_version"), 1);
        QVERIFY(migrate(*database, steps));
        QVERIFY(migrate(*database, steps));

        QCOMPARE(number(*database, "PRAGMA user_version"), 2);
        QCOMPARE(number(*database, "SELECT count(*) FROM t"), 2);
    }

    void aFailingStepLeavesTheVersionBefore()
    {
        const auto database = newDatabase();
        const Migration broken[] = {
            {1, "CREATE TABLE t (a INTEGER);"},
            {2, "INSERT INTO t VALUES (5); CREATE TABLE u (a); INSERT INTO nowhere VALUES (1);"}};
        const Migration mended[] = {broken[0], {2, "CREATE TABLE u (a); INSERT INTO t VALUES (6);"}};

        QVERIFY(!migrate(*database, broken));
        QCOMPARE(number(*database, "PRAGMA user_version"), 1);
        QCOMPARE(number(*database, "SELECT count(*) FROM t"), 0);
        QCOMPARE(number(*database, "SELECT count(*) FROM sqlite_schema WHERE name = 'u'"), 0);
        QVERIFY(!database->inTransaction());

        QVERIFY(migrate(*database, mended));
        QCOMPARE(number(*database, "SELECT a FROM t"), 6);
    }

    void aNewerSchemaIsLeftAlone()
    {
        const auto database = newDatabase();
        const Migration known[] = {{1, "CREATE TABLE t (a INTEGER);"}};
        QVERIFY(database->script("CREATE TABLE future (a); PRAGMA user_version = 2"));

        const auto done = migrate(*database, known);

        QVERIFY(!done);
        QCOMPARE(done.error().code, u"PARVIS_STORE_NEWER"_s);
        QCOMPARE(number(*database, "PRAGMA user_version"), 2);
        QCOMPARE(number(*database, "SELECT count(*) FROM sqlite_schema"), 1);
    }

    void sessionsAndWhatTheyReadMoveToTheirSenders()
    {
        const auto database = newDatabase();
        QVERIFY(migrate(*database, keysSchema().first(2)));
        QVERIFY(database->script("INSERT INTO inbound_session VALUES ('!r', 's', x'01', 'curve', 'ed', '@a', "
                                 "'A', 2, 0, 1, 3, 4, '');"
                                 "INSERT INTO replay_session VALUES (7, '!r', 's'), (8, '!r', 'gone');"
                                 "INSERT INTO replay VALUES (7, 5, '$e', 6), (8, 5, '$f', 6);"));

        QVERIFY(migrate(*database, keysSchema()));

        QCOMPARE(number(*database,
                        "SELECT count(*) FROM inbound_session WHERE sender_key = 'curve'"
                        " AND pickle = x'01' AND first_known_index = 3 AND shared_history = 1"),
                 1);
        QCOMPARE(
            number(*database,
                   "SELECT message_index FROM replay JOIN replay_reader ON replay_reader.id = replay_reader"
                   " WHERE sender_key = 'curve' AND event_id = '$e' AND sender = '@a'"),
            5);
        QCOMPARE(number(*database, "SELECT count(*) FROM replay"), 2);
    }

    void theFirstOfTwoEventsKeepsTheIndex()
    {
        const auto database = newDatabase();
        QVERIFY(migrate(*database, keysSchema().first(11)));
        const auto session = [](const char *key, const char *sender, bool imported) {
            return u"INSERT INTO inbound_session VALUES ('!r', 's', '%1', x'01', 'ed', '%2', '', 0, %3, 1, "
                   u"3, 4,"
                   " '', '%4');"_s.arg(QLatin1StringView(key), QLatin1StringView(sender))
                       .arg(int(imported))
                       .arg(imported ? u"@mallory"_s : QString());
        };
        QVERIFY(database->script(
            (session("k1", "@bob", true) + session("k2", "@bob", false) + session("k3", "@carol", false)
             + session("unused", "", true))
                .toUtf8()
            + "INSERT INTO replay_sender VALUES (1, '!r', 's', 'k1'), (2, '!r', 's', 'k2'),"
              " (3, '!r', 's', 'k3'), (4, '!r', 's', 'gone');"
              "INSERT INTO replay_index VALUES (1, 5, '$first', 6), (2, 5, '$copy', 7), (2, 6, '$other', 8),"
              " (3, 5, '$carol', 9), (4, 5, '$unknown', 9), (4, 7, '$alone', 9);"));

        QVERIFY(migrate(*database, keysSchema()));

        QCOMPARE(
            number(*database,
                   "SELECT count(*) FROM replay WHERE event_id IN ('$first', '$other', '$carol', '$alone')"),
            4);
        QCOMPARE(number(*database, "SELECT count(*) FROM replay"), 4);
        QCOMPARE(number(*database, "SELECT count(*) FROM inbound_session WHERE opened = 1 AND may_leave = 1"),
                 3);
        QCOMPARE(number(*database, "SELECT count(*) FROM inbound_session WHERE may_leave = 0"), 1);
    }

    void ourSchemasApplyAndAreStrict_data()
    {
        QTest::addColumn<bool>("keys");
        QTest::newRow("keys") << true;
        QTest::newRow("cache") << false;
    }

    void ourSchemasApplyAndAreStrict()
    {
        QFETCH(bool, keys);
        const auto steps = keys ? keysSchema() : cacheSchema();
        const auto database = newDatabase();

        QVERIFY(migrate(*database, steps));

        QCOMPARE(number(*database, "PRAGMA user_version"), int(steps.size()));
        QCOMPARE(number(*database,
                        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                        " AND name NOT LIKE 'sqlite_%' AND NOT strict"),
                 0);
    }

    void theFirstEncryptionEventIsTakenFromTheState()
    {
        const auto database = newDatabase();
        QVERIFY(migrate(*database, cacheSchema().first(2)));
        QVERIFY(database->script(
            "INSERT INTO rooms (id, room_id, encryption) VALUES (1, '!a:x', 'm'), (2, '!b:x', '');"
            "INSERT INTO state VALUES (1, 'm.room.encryption', '', '$e', '@b:x', '{}')"));

        QVERIFY(migrate(*database, cacheSchema()));

        QCOMPARE(number(*database, "SELECT count(*) FROM rooms WHERE encryption_event = '$e' AND id = 1"), 1);
        QCOMPARE(number(*database, "SELECT count(*) FROM rooms WHERE encryption_event = '' AND id = 2"), 1);
    }

    void whatRoomsSayOfThemselvesIsTakenFromTheState()
    {
        const auto database = newDatabase();
        QVERIFY(migrate(*database, cacheSchema().first(6)));
        QVERIFY(database->script(
            "INSERT INTO rooms (id, room_id) VALUES (1, '!a:x'), (2, '!b:x'), (3, '!c:x');"
            "INSERT INTO state VALUES (1, 'm.room.create', '', '$c', '@b:x',"
            " '{\"content\":{\"predecessor\":{\"room_id\":\"!old:x\"}}}'),"
            " (1, 'im.vector.room.access_rules', '', '$r', '@b:x',"
            " '{\"content\":{\"rule\":\"unrestricted\",\"force_unencrypted_at_creation\":true}}'),"
            " (2, 'm.room.create', '', '$c', '@b:x', '{\"content\":{\"predecessor\":[5]}}'),"
            " (2, 'im.vector.room.access_rules', '', '$r', '@b:x', '{\"content\":{\"rule\":5}}'),"
            " (3, 'm.room.create', '', '$c', '@b:x', '{broken')"));

        QVERIFY(migrate(*database, cacheSchema()));

        QCOMPARE(number(*database,
                        "SELECT count(*) FROM rooms WHERE id = 1 AND predecessor = '!old:x'"
                        " AND access_rule = 'unrestricted' AND force_unencrypted = 1"),
                 1);
        QCOMPARE(number(*database,
                        "SELECT count(*) FROM rooms WHERE id = 2 AND predecessor = ''"
                        " AND access_rule = 'restricted' AND force_unencrypted = 0"),
                 1);
        QCOMPARE(number(*database,
                        "SELECT count(*) FROM rooms WHERE id = 3 AND predecessor = '' AND access_rule = ''"),
                 1);
    }
};

QTEST_GUILESS_MAIN(tst_Migrations)
#include "tst_migrations.moc"
