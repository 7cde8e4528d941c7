// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/search_store.h"
#include "store/transaction.h"

#include "cache_pages.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

StateChanges said(const QStringList &names)
{
    return {.rooms = {live(names)}};
}

} // namespace

/// Several writes that share one commit: nobody hears of them before it, and all of them or none are there.
class tst_SharedCommit : public QObject
{
    Q_OBJECT

private:
    QStringList m_heard;

    void write(TemporaryCache &cache, const StateChanges &changes, const QString &name)
    {
        const auto done = cache->commitTogether(changes, [this, name](const Result<void> &settled) {
            m_heard.append(name + (settled ? u" there"_s : u' ' + settled.error().code));
        });
        QVERIFY2(done, done ? "" : qPrintable(done.error().code));
    }
    void listen(TemporaryCache &cache)
    {
        cache->subscribe(this, [this](const AppliedChanges &applied) {
            m_heard.append(u"applied %1"_s.arg(applied.rooms.size()));
        });
    }

private Q_SLOTS:
    void init() { m_heard.clear(); }

    void nothingIsToldBeforeItIsSettled()
    {
        TemporaryCache cache;
        listen(cache);
        write(cache, said({u"$1"_s, u"$2"_s}), u"first"_s);
        write(cache, said({u"$3"_s}), u"second"_s);
        QVERIFY(m_heard.isEmpty());
        QCOMPARE(cache->unsettled(), 5); // and a room each
        QVERIFY(cache.database().inTransaction());

        QVERIFY(cache->settle());
        QCOMPARE(m_heard, (QStringList{u"applied 1"_s, u"first there"_s, u"second there"_s}));
        QCOMPARE(cache->unsettled(), 0);
        QVERIFY(!cache.database().inTransaction());
        QCOMPARE(cache->rooms().room(room)->value().unread, 3);
        cache.reopen();
        QCOMPARE(all(cache), (QStringList{u"$1"_s, u"$2"_s, u"$3"_s}));
    }

    void whoeverWritesNextSettlesIt()
    {
        TemporaryCache cache;
        listen(cache);
        write(cache, said({u"$1"_s}), u"first"_s);
        commit(cache, live({u"$2"_s}));
        QCOMPARE(m_heard, (QStringList{u"applied 1"_s, u"first there"_s, u"applied 1"_s}));

        write(cache, said({u"$3"_s}), u"third"_s);
        QVERIFY(transact(cache.database(), [] { return Result<void>(); }));
        QCOMPARE(m_heard.last(), u"third there"_s);
        QCOMPARE(all(cache), (QStringList{u"$1"_s, u"$2"_s, u"$3"_s}));
    }

    void aCrashLosesAllOfIt()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s}));
        write(cache, {.rooms = {live({u"$2"_s})}, .positions = {{u"classic"_s, u"p"_s}}}, u"lost"_s);
        QVERIFY(cache.database().run("ROLLBACK")); // as the next opening of the file does
        QVERIFY(!cache->settle());
        QCOMPARE(all(cache), QStringList{u"$1"_s});
        QCOMPARE(*cache->rooms().position(u"classic"_s), QString());
        QCOMPARE(m_heard.size(), 1);
        QVERIFY(m_heard.first().startsWith(u"lost PARVIS_"_s));
    }

    void nothingGoesOnWhereItWasTakenBack()
    {
        TemporaryCache cache;
        write(cache, said({u"$1"_s}), u"lost"_s);
        QVERIFY(cache.database().run("ROLLBACK")); // as a full disk makes it, in somebody else's statement
        QVERIFY(!cache->commitTogether({.rooms = {live({u"$2"_s})}, .positions = {{u"classic"_s, u"p"_s}}},
                                       [](const Result<void> &) { QFAIL("told"); }));
        QVERIFY(cache->settle());
        QCOMPARE(*cache->rooms().position(u"classic"_s), QString());
        QVERIFY(all(cache).isEmpty());
        QCOMPARE(m_heard.size(), 1);
    }

    void whatIsOpenAtTheEndIsTakenBack()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s}));
        write(cache, {.rooms = {live({u"$2"_s})}, .positions = {{u"classic"_s, u"p"_s}}}, u"lost"_s);
        cache.reopen();
        QCOMPARE(all(cache), QStringList{u"$1"_s});
        QCOMPARE(*cache->rooms().position(u"classic"_s), QString());
        QVERIFY(m_heard.isEmpty()); // whoever would hear of it may be gone
    }

    void oneThatFailsTakesTheOthersAlong()
    {
        TemporaryCache cache;
        listen(cache);
        QVERIFY(
            cache.database().script("CREATE TEMP TRIGGER refuse BEFORE INSERT ON events WHEN new.event_id = "
                                    "'$bad' BEGIN SELECT raise(ABORT, 'refused'); END;"));
        write(cache, said({u"$1"_s}), u"first"_s);
        QVERIFY(
            !cache->commitTogether(said({u"$2"_s, u"$bad"_s}), [](const Result<void> &) { QFAIL("told"); }));
        QCOMPARE(m_heard.size(), 1);
        QVERIFY(m_heard.first().startsWith(u"first PARVIS_"_s));
        QVERIFY(all(cache).isEmpty());
        QVERIFY(cache->settle()); // nothing is left

        write(cache, said({u"$1"_s}), u"again"_s);
        QVERIFY(cache->settle());
        QCOMPARE(m_heard.last(), u"again there"_s);
        QCOMPARE(all(cache), QStringList{u"$1"_s});
    }

    void whoHearsOfItMayWrite()
    {
        TemporaryCache cache;
        bool once = false;
        cache->subscribe(this, [&](const AppliedChanges &) {
            if (!std::exchange(once, true))
                commit(cache, live({u"$2"_s}));
        });
        write(cache, said({u"$1"_s}), u"first"_s);
        QVERIFY(cache->settle());
        QCOMPARE(all(cache), (QStringList{u"$1"_s, u"$2"_s}));
    }

    void aRoomThatIsForgottenInBetweenIsGone()
    {
        TemporaryCache cache;
        write(cache, said({u"$1"_s}), u"first"_s);
        write(cache, {.forgotten = {room}}, u"second"_s);
        QVERIFY(cache->settle());
        QVERIFY(!cache->rooms().room(room)->has_value());
        QCOMPARE(*SearchStore(cache.database()).hasPending(), false);
    }
};

QTEST_GUILESS_MAIN(tst_SharedCommit)
#include "tst_shared_commit.moc"
