// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/engine_follow.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/resource.h>

#include <csignal>

#include "core_world.h"

using namespace parvis;

namespace {

/// No file can grow any more, as on a disk that is full: long enough for the small files of SQLite itself.
class FullDisk
{
public:
    FullDisk()
    {
        (void)std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = {};
        if (::getrlimit(RLIMIT_FSIZE, &m_before) != 0)
            qFatal("no limit can be read");
        small = m_before;
        small.rlim_cur = 40 * 1024;
        if (::setrlimit(RLIMIT_FSIZE, &small) != 0)
            qFatal("no limit can be set");
    }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before = {};
};

} // namespace

/// Files of an account whose pages were overwritten: the cache is begun anew, the keys are named and kept.
class DamagedFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        m_paths = session::AccountPaths::of(m_world->folder.filePath(u"profile"_s), me);
        QVERIFY(m_world->attach("http://127.0.0.1:1"));
        m_curve = m_world->engine().machine().ownKeys().curve.toString();
        QVERIFY(m_world->engine().setDraft(room, u"à finir"_s));
        QVERIFY(m_world->engine().queue().enqueue(room, u"m.room.message"_s, "{}"));
    }
    void cleanup() { m_world.reset(); }

    void anOverwrittenPageOfTheCacheIsHealedWhereverItIs()
    {
        fillCache();
        m_world->core.reset();
        const QByteArray sound = contentOf(m_paths.cacheDatabase());
        const qsizetype pages = sound.size() / pageBytes;
        QVERIFY(pages > 40);
        int healed = 0;
        for (qsizetype page = 0; page < pages; ++page) {
            m_world->core.reset();
            const QByteArray damaged = withPage(sound, page);
            write(m_paths.cacheDatabase(), damaged);
            m_world->start();

            const auto restored = m_world->restore();
            QVERIFY(restored);
            QCOMPARE(restored->state, StoredState::Ready);
            if (readsEverything())
                continue; // an index that nobody needs now
            ++healed;
            QTRY_VERIFY(!aside().isEmpty());
            // The index may have gone on before anybody read the page.
            QCOMPARE(contentOf(aside().first()).mid(page * pageBytes, pageBytes),
                     damaged.mid(page * pageBytes, pageBytes));
            QVERIFY(QFile::remove(aside().first()));
            keptEverythingElse();
            say(u"$new"_s);
            QCOMPARE(m_world->engine().cache().events().newest(room, 10)->size(), 1);
        }
        QVERIFY2(healed > pages * 3 / 4, qPrintable(QString::number(healed)));
    }

    void aCacheThatIsDamagedWhileItIsOpenIsFetchedAnew()
    {
        fillCache();
        QVERIFY(m_world->engine().cache().commit({.positions = {{u"room-list"_s, u"p"_s}}}));
        m_world->start();
        QVERIFY(m_world->restore());
        m_world->engine().start();
        damageWhileOpen();
        QPointer<Engine> before = &m_world->engine();
        QSignalSpy changes(m_world->core.get(), &Core::engineChanged);

        QVERIFY(!m_world->engine().cache().events().newest(room, 1000));

        QTRY_VERIFY(!before);
        QVERIFY(changes.count() == 2); // let go, then follow the next
        QVERIFY(!aside().isEmpty());
        keptEverythingElse();
        QCOMPARE(*m_world->engine().cache().rooms().position(u"room-list"_s), QString());
        QVERIFY(m_world->engine().rooms().all().isEmpty());
        QVERIFY(m_world->engine().sync().status().get().phase != SyncStatus::Phase::Stopped);
    }

    void aFullDiskKeepsTheAccountUntilANewCacheCanBegin()
    {
        fillCache();
        m_world->start();
        QVERIFY(m_world->restore());
        m_world->engine().start();
        Core &core = *m_world->core;
        EngineValue<SessionInfo> session(
            core, [](Engine & engine) -> auto & { return engine.session(); }, {}, nullptr);
        EngineValue<StorageState> storage(
            core, [](Engine & engine) -> auto & { return engine.storage(); }, StorageState::Good, nullptr,
            &Core::storageWhileRenewing);
        const QByteArray damaged = damageWhileOpen();
        QPointer<Engine> before = core.engine();
        {
            const FullDisk full;
            QVERIFY(!m_world->engine().cache().events().newest(room, 1000));

            QTRY_COMPARE(storage.value().get(), StorageState::DiskFull);
            QVERIFY(!before && !core.engine());
            QCOMPARE(session.value().get().userId, me); // to the window nobody has signed out
            QCOMPARE(core.needEngine().error().code, u"PARVIS_DISK_FULL"_s);
            QCOMPARE(core.connectionWhileRenewing()->reason->code, u"PARVIS_DISK_FULL"_s);
            QCOMPARE(m_world->restore().error().code, u"PARVIS_ALREADY_SIGNED_IN"_s);
            core.retryNow();
            QVERIFY(!core.engine());
        }

        QTRY_VERIFY_WITH_TIMEOUT(core.engine(), 20'000); // by itself
        QCOMPARE(storage.value().get(), StorageState::Good);
        QCOMPARE(session.value().get().userId, me);
        QCOMPARE(aside().size(), 1);
        QCOMPARE(contentOf(aside().first()), damaged);
        keptEverythingElse();
        QVERIFY(m_world->engine().sync().status().get().phase != SyncStatus::Phase::Stopped);
    }

    void startingOverEndsTheWaitForTheDisk()
    {
        fillCache();
        m_world->start();
        QVERIFY(m_world->restore());
        Core &core = *m_world->core;
        EngineValue<SessionInfo> session(
            core, [](Engine & engine) -> auto & { return engine.session(); }, {}, nullptr);
        damageWhileOpen();
        const FullDisk full;
        QVERIFY(!m_world->engine().cache().events().newest(room, 1000));
        QTRY_VERIFY(core.isRenewing());

        QVERIFY(await(core.startOver(me)));

        QVERIFY(!core.isRenewing());
        QVERIFY(session.value().get().userId.isEmpty());
    }

    void aFullDiskAtTheStartIsNamedAndNothingIsLost()
    {
        fillCache();
        m_world->core.reset();
        const QByteArray damaged = withPage(contentOf(m_paths.cacheDatabase()), 0);
        write(m_paths.cacheDatabase(), damaged);
        m_world->start();
        {
            const FullDisk full;
            for (int i = 0; i < 2; ++i)
                QCOMPARE(m_world->restore().error().code, u"PARVIS_DISK_FULL"_s);
        }
        QCOMPARE(m_world->restore()->state, StoredState::Ready);

        QCOMPARE(aside().size(), 1);
        QCOMPARE(contentOf(aside().first()), damaged);
        keptEverythingElse();
    }

    void aCacheThatBeginsTrustsNoSessionThatWasSharedBefore_data()
    {
        QTest::addColumn<bool>("damaged");
        QTest::newRow("the cache goes on") << false;
        QTest::newRow("the cache is begun anew") << true;
    }

    void aCacheThatBeginsTrustsNoSessionThatWasSharedBefore()
    {
        QFETCH(bool, damaged);
        QVERIFY(m_world->engine().cache().commit({.positions = {{u"room-list"_s, u"p"_s}}}));
        QVERIFY(m_world->engine().files().keys().run(
            "INSERT INTO outbound_session VALUES (?, 's', ?, 1, 1, 0, 0)", room, QByteArrayView("pickle")));
        m_world->core.reset();
        if (damaged)
            write(m_paths.cacheDatabase(), withPage(contentOf(m_paths.cacheDatabase()), 0));

        m_world->start();
        QVERIFY(m_world->restore());

        QCOMPARE((*m_world->engine().cryptoStore().outboundSession(room))->invalidated, damaged);
    }

    void overwrittenKeysAreNamedAndStayAsTheyAre()
    {
        m_world->core.reset();
        const QByteArray sound = contentOf(m_paths.keysDatabase());
        int named = 0;
        for (qsizetype page = 1; page < sound.size() / pageBytes; ++page) {
            const QByteArray damaged = withPage(sound, page);
            write(m_paths.keysDatabase(), damaged);
            m_world->forgetOpenings(); // these are the files of before each time
            m_world->start();

            const auto restored = m_world->restore();
            QVERIFY(restored);
            if (restored->state != StoredState::Ready) {
                ++named;
                QCOMPARE(restored->state, StoredState::Damaged);
                QCOMPARE(restored->problem->code, u"PARVIS_KEYS_DAMAGED"_s);
            }
            m_world->core.reset();
            if (restored->state
                != StoredState::Ready) // else a page that nobody needed, and the files are in use
                QCOMPARE(contentOf(m_paths.keysDatabase()), damaged);
            QVERIFY(aside().isEmpty());
        }
        QVERIFY(named > 3);
    }

    void keysAreCheckedAfterTheStart()
    {
        QVERIFY(m_world->engine().files().keys().script("CREATE TABLE filler (a BLOB) STRICT"));
        QVERIFY(m_world->engine().files().keys().run("INSERT INTO filler VALUES (?)",
                                                     QByteArrayView(QByteArray(400'000, 'x'))));
        m_world->core.reset();
        const QByteArray sound = contentOf(m_paths.keysDatabase());
        write(m_paths.keysDatabase(), withPage(sound, sound.size() / pageBytes - 20));
        m_world->start();
        QCOMPARE(m_world->restore()->state, StoredState::Ready);
        QCOMPARE(m_world->engine().storage().get(), StorageState::Good);

        m_world->engine().start();

        QTRY_COMPARE(m_world->engine().storage().get(), StorageState::KeysDamaged);
        QVERIFY(aside().isEmpty());
        keptEverythingElse();
    }

    void theCacheIsCheckedNowAndThen()
    {
        fillCache();
        Database &cache = m_world->engine().files().cache();
        QVERIFY(cache.script("CREATE TABLE filler (a BLOB) STRICT"));
        QVERIFY(cache.run("INSERT INTO filler VALUES (?)", QByteArrayView(QByteArray(400'000, 'x'))));
        m_world->engine().checkCache();
        QTRY_COMPARE(*m_world->engine().cache().rooms().position(u"cache-checked"_s),
                     QString::number(m_world->clock.ms));
        m_world->core.reset();
        const QByteArray sound = contentOf(m_paths.cacheDatabase());
        write(m_paths.cacheDatabase(), withPage(sound, sound.size() / pageBytes - 20));
        m_world->start();
        QVERIFY(m_world->restore());
        m_world->engine().checkCache();
        m_world->clock.ms += 6LL * 24 * 3600 * 1000;
        m_world->engine().checkCache();
        QTest::qWait(50);
        QVERIFY(aside().isEmpty()); // nobody reads that page, and it was well some days ago

        m_world->clock.ms += 2LL * 24 * 3600 * 1000;
        m_world->engine().checkCache();
        QTRY_VERIFY(!aside().isEmpty());
        keptEverythingElse();
    }

private:
    static constexpr qsizetype pageBytes = 4096;

    void fillCache() const
    {
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        for (int i = 0; i < 300; ++i) {
            const QString user = u"@someone%1:x"_s.arg(i);
            changes.state.append(make::member(u"$m%1"_s.arg(i), user, u"join"_s, user));
            changes.timeline.append(make::stored(make::message(u"$%1"_s.arg(i), user, QString(200, u'é'))));
        }
        m_world->write(changes);
    }
    /// All pages but the first ones; answers what is in the file now.
    QByteArray damageWhileOpen() const
    {
        QByteArray damaged = contentOf(m_paths.cacheDatabase());
        for (qsizetype page = 4; page < damaged.size() / pageBytes; ++page)
            damaged = withPage(damaged, page);
        write(m_paths.cacheDatabase(), damaged);
        return damaged;
    }
    void say(const QString &id) const
    {
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        changes.timeline = {make::stored(make::message(id, u"@a:x"_s, u"encore"_s))};
        m_world->write(changes);
    }
    [[nodiscard]] bool readsEverything() const
    {
        if (!aside().isEmpty()) // at the opening
            return false;
        Database &cache = m_world->engine().files().cache();
        for (const QByteArrayView sql :
             {"SELECT sum(length(raw)) FROM events", "SELECT count(*) FROM events INDEXED BY events_in_order",
              "SELECT sum(length(display_name)) FROM members", "SELECT count(*) FROM rooms",
              "SELECT count(DISTINCT event_id) FROM events", "SELECT sum(ts) FROM search_entries",
              "SELECT sum(length(user_id)) FROM search_senders",
              "SELECT count(*) FROM search_text WHERE search_text MATCH 'e*'",
              "SELECT sum(ts) FROM events INDEXED BY events_by_time WHERE state_key IS NULL",
              "SELECT sum(attention) FROM events INDEXED BY events_that_count WHERE counts > 0"}) {
            if (!cache.run(sql))
                return false;
        }
        return true;
    }
    void keptEverythingElse() const
    {
        Engine &engine = m_world->engine();
        QCOMPARE(engine.machine().ownKeys().curve.toString(), m_curve);
        QCOMPARE(*engine.drafts().load(room), u"à finir"_s);
        QVERIFY(engine.hasDraft(room));
        QCOMPARE(engine.queue().waiting(), 1);
        QVERIFY(!engine.session().get().needsSignIn);
    }
    [[nodiscard]] QStringList aside() const
    {
        const QDir folder(m_paths.folder);
        QStringList found;
        for (const QString &name : folder.entryList({u"*.set-aside-*"_s}, QDir::Files)) {
            if (!name.endsWith("-wal"_L1) && !name.endsWith("-shm"_L1))
                found.append(folder.filePath(name));
        }
        return found;
    }
    [[nodiscard]] static QByteArray withPage(QByteArray content, qsizetype page)
    {
        return content.replace(page * pageBytes, pageBytes, QByteArray(pageBytes, 'x'));
    }
    [[nodiscard]] static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path); // in its place: who has it open sees it
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly));
        QCOMPARE(file.write(content), content.size());
        QVERIFY(file.resize(content.size()));
    }

    const RoomId room{u"!r:x"_s};
    std::unique_ptr<CoreWorld> m_world;
    session::AccountPaths m_paths;
    QString m_curve;
};

QTEST_GUILESS_MAIN(DamagedFilesTest)
#include "tst_damaged_files.moc"
