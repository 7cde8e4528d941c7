// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/unreadable_lines.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_delay.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 deviceMs = 1000000;

timeline::Item line(Undecryptable reason, qint64 ts = deviceMs + 1)
{
    timeline::Item item;
    item.id = EventId(u"$1"_s);
    item.session = SessionId(u"S"_s);
    item.kind = timeline::ItemKind::Unreadable;
    item.reason = reason;
    item.ts = ts;
    return item;
}

/// A device that has everything.
KeyWays whole()
{
    return {.deviceCreatedMs = deviceMs,
            .backupExists = true,
            .backupReadable = true,
            .deviceVerified = true,
            .canVerify = true,
            .hasRecovery = true};
}

} // namespace

/// Why a message cannot be read, and what the person can do about it (matrix-client 3.11).
class UnreadableCauseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void causes_data()
    {
        using R = UnreadableReason;
        using M = UnreadableRemedy;
        using U = Undecryptable;
        QTest::addColumn<timeline::Item>("item");
        QTest::addColumn<KeyWays>("ways");
        QTest::addColumn<int>("reason");
        QTest::addColumn<int>("remedy");
        const auto row = [](const char *name, const timeline::Item &item, const KeyWays &ways, R reason,
                            M remedy) { QTest::newRow(name) << item << ways << int(reason) << int(remedy); };

        const qint64 before = deviceMs - 1;
        KeyWays none{.deviceCreatedMs = deviceMs};
        KeyWays locked = whole();
        locked.backupReadable = locked.deviceVerified = false;
        KeyWays alone = locked; // no other device to verify with
        alone.canVerify = false;
        KeyWays lost = alone;
        lost.hasRecovery = false;
        KeyWays noKey = whole(); // verified, and the backup's key did not come
        noKey.backupReadable = false;

        row("missing", line(U::MissingKey), whole(), R::KeyNotArrived, M::AskAgain);
        row("missing, no backup", line(U::MissingKey), none, R::KeyNotArrived, M::AskAgain);
        row("missing, shut backup", line(U::MissingKey), locked, R::KeyNotArrived, M::VerifyThisDevice);
        row("missing, shut, alone", line(U::MissingKey), alone, R::KeyNotArrived, M::EnterRecoveryKey);
        row("missing, shut, lost", line(U::MissingKey), lost, R::KeyNotArrived, M::AskAgain);
        row("later key", line(U::UnknownIndex), whole(), R::KeyStartsLater, M::AskAgain);

        row("history, no backup", line(U::MissingKey, before), none, R::SentBeforeDevice, M::None);
        row("history, shut", line(U::MissingKey, before), locked, R::BackupLocked, M::VerifyThisDevice);
        row("history, alone", line(U::MissingKey, before), alone, R::BackupLocked, M::EnterRecoveryKey);
        row("history, lost", line(U::MissingKey, before), lost, R::BackupLocked, M::None);
        row("history, verified", line(U::MissingKey, before), noKey, R::BackupLocked, M::EnterRecoveryKey);
        row("history, not there", line(U::MissingKey, before), whole(), R::NotInBackup, M::AskAgain);
        row("history, later key", line(U::UnknownIndex, before), whole(), R::NotInBackup, M::AskAgain);

        row("withheld", line(U::Withheld), whole(), R::NotForThisDevice, M::AskAgain);
        row("withheld, shut", line(U::Withheld), locked, R::NotForThisDevice, M::VerifyThisDevice);
        row("for verified ones", line(U::WithheldUntrusted), locked, R::UntrustedDevice, M::VerifyThisDevice);
        row("for verified ones, alone", line(U::WithheldUntrusted), alone, R::UntrustedDevice,
            M::EnterRecoveryKey);
        row("for verified ones, lost", line(U::WithheldUntrusted), lost, R::UntrustedDevice,
            M::VerifyThisDevice);
        row("for verified ones, now verified", line(U::WithheldUntrusted), whole(), R::UntrustedDevice,
            M::AskAgain);

        timeline::Item early = line(U::MissingKey, before);
        early.beforeJoining = true;
        row("before joining", early, locked, R::SentBeforeJoining, M::None);
        early.reason = U::UnknownIndex;
        row("before joining, later key", early, whole(), R::SentBeforeJoining, M::None);
        early.reason = U::Failed;
        row("before joining, damaged", early, whole(), R::Damaged, M::None);

        row("algorithm", line(U::UnknownAlgorithm), whole(), R::UnknownAlgorithm, M::None);
        row("malformed", line(U::Malformed), whole(), R::Damaged, M::None);
        row("failed", line(U::Failed), whole(), R::Damaged, M::None);
        row("other room", line(U::WrongRoom), whole(), R::Replayed, M::None);
        row("replay", line(U::Replay), whole(), R::Replayed, M::None);
        row("other sender", line(U::WrongSender), whole(), R::BadSignature, M::None);
        row("readable", line(U::None), whole(), R::None, M::None);
    }
    void causes()
    {
        QFETCH(timeline::Item, item);
        QFETCH(KeyWays, ways);
        QFETCH(int, reason);
        QFETCH(int, remedy);

        const auto cause = causeOf(item, ways, {});

        QCOMPARE(int(cause.reason), reason);
        QCOMPARE(int(cause.remedy), remedy);
    }

    void whatIsBeingFetchedIsWaitedFor()
    {
        const UnreadableCause wait{UnreadableReason::BeingFetched, UnreadableRemedy::Wait};
        for (const auto reason : {Undecryptable::MissingKey, Undecryptable::UnknownIndex,
                                  Undecryptable::Withheld, Undecryptable::WithheldUntrusted})
            QCOMPARE(causeOf(line(reason), whole(), {.beingFetched = true}), wait);

        KeyWays shut = whole();
        shut.backupReadable = false;
        QVERIFY(causeOf(line(Undecryptable::MissingKey), shut, {.beingFetched = true}) != wait);
        QCOMPARE(causeOf(line(Undecryptable::Failed), whole(), {.beingFetched = true}).reason,
                 UnreadableReason::Damaged);
    }

    void aKeyMayBeALittleLate()
    {
        Lines lines(deviceMs + 10000);
        const auto item = line(Undecryptable::MissingKey, deviceMs + 9990);
        const UnreadableCause late{UnreadableReason::KeyNotArrived, UnreadableRemedy::Wait};

        QCOMPARE(lines.lines.explain(item), late);
        QVERIFY(lines.lines.isInGrace(item.id));
        lines.clock.advance(UnreadableLines::graceMs - 1);
        QCOMPARE(lines.lines.explain(item), late);

        lines.clock.advance(1);
        QSignalSpy changed(&lines.lines, &UnreadableLines::changed);
        lines.delay.fire();
        QCOMPARE(changed.count(), 1);
        QVERIFY(!lines.lines.isInGrace(item.id));
        QCOMPARE(lines.lines.explain(item).remedy, UnreadableRemedy::AskAgain);
        QCOMPARE(lines.delay.pending(), 0);
    }

    void historyIsNotLate()
    {
        Lines lines(deviceMs + 3600000);
        const auto item = line(Undecryptable::MissingKey, deviceMs + 1);

        QCOMPARE(lines.lines.explain(item).remedy, UnreadableRemedy::AskAgain);
        QCOMPARE(lines.delay.pending(), 0);
        QVERIFY(!lines.lines.isInGrace(item.id));
    }

    void whatWasWithheldIsNotLate()
    {
        Lines lines(deviceMs + 10000);

        const auto cause = lines.lines.explain(line(Undecryptable::Withheld, deviceMs + 9999));

        QCOMPARE(cause.reason, UnreadableReason::NotForThisDevice);
        QVERIFY(cause.remedy != UnreadableRemedy::Wait);
    }

    void aClockThatIsSetBackEndsTheGrace()
    {
        Lines lines(deviceMs + 10000);
        const auto item = line(Undecryptable::MissingKey, deviceMs + 9999);
        QCOMPARE(lines.lines.explain(item).remedy, UnreadableRemedy::Wait);

        lines.clock.advance(-5000);

        QCOMPARE(lines.lines.explain(item).remedy, UnreadableRemedy::AskAgain);
    }

    void otherWaysAreTold()
    {
        Lines lines(deviceMs + 3600000);
        lines.fetching.insert(SessionId(u"S"_s));
        const auto item = line(Undecryptable::MissingKey);
        QCOMPARE(lines.lines.explain(item).reason, UnreadableReason::BeingFetched);
        QSignalSpy changed(&lines.lines, &UnreadableLines::changed);
        KeyWays locked = whole();
        locked.backupReadable = locked.deviceVerified = false;

        lines.lines.setWays(whole());
        QCOMPARE(changed.count(), 0);
        lines.lines.setWays(locked);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(lines.lines.explain(item).remedy, UnreadableRemedy::VerifyThisDevice);
    }

private:
    struct Lines {
        explicit Lines(qint64 nowMs)
        {
            clock.ms = nowMs;
            lines.setWays(whole());
        }

        FakeClock clock;
        FakeDelay delay;
        QSet<SessionId> fetching;
        UnreadableLines lines{
            {.clock = clock, .delay = delay, .isBeingFetched = [this](const SessionId &session) {
                 return fetching.contains(session);
             }}};
    };
};

QTEST_GUILESS_MAIN(UnreadableCauseTest)
#include "tst_unreadable_cause.moc"
