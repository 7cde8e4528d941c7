// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Which of two keys of one session stays, by the ways they came and by what they have opened.
#include "crypto/room_key_receiver_p.h"
#include "crypto/session_choice_p.h"

#include "backup_world.h"
#include "ratchets.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class KeyOriginsTest : public QObject, private BackupWorld, private Ratchets
{
    Q_OBJECT

    InboundSessionRecord whole;
    std::optional<MegolmInbound> real;
    const UserId mallory{u"@mallory:two"_s};

    [[nodiscard]] InboundSessionRecord nothing(int flipped = 1) const
    {
        return with(imported(whole), forgedLike(*real, flipped));
    }
    [[nodiscard]] static InboundSessionRecord opened(InboundSessionRecord record)
    {
        record.opened = true;
        return record;
    }
    [[nodiscard]] static InboundSessionRecord under(InboundSessionRecord record, const char *senderKey)
    {
        record.senderKey = Curve25519Key(QLatin1StringView(senderKey));
        return record;
    }
    [[nodiscard]] static auto merged(const InboundSessionRecord &stored, const InboundSessionRecord &offered)
    {
        return mergeSessions(stored, offered, pickleKey());
    }
    void import(const InboundSessionRecord &key)
    {
        clock.advance(1);
        const bool shared = !key.sharedBy.isEmpty();
        QVERIFY(shared ? alice->machine->sharedHistory().take({key}).has_value()
                       : alice->machine->recovery().import({key}).has_value());
    }
    [[nodiscard]] bool has(const InboundSessionRecord &key) const
    {
        const auto &rows = alice->store.tables.inbound;
        const auto row = rows.find(key.key());
        return row != rows.end() && row->second.pickle == key.pickle;
    }
    [[nodiscard]] qsizetype copies() const { return qsizetype(alice->store.tables.inbound.size()); }

private Q_SLOTS:
    void init()
    {
        begin();
        bobSays(u"un"_s);
        whole = alice->store.tables.inbound.begin()->second;
        real.emplace(reader(whole));
        alice->store.tables.inbound.clear();
    }

    // --- another ratchet under the same names

    void whatComesByABetterWayTakesThePlaceOfWhatOpenedNothing()
    {
        QCOMPARE(merged(shared(nothing()), imported(whole)), imported(whole));
        QCOMPARE(merged(nothing(), whole), whole);
        QCOMPARE(merged(opened(nothing()), whole), whole); // signed by the session's own key
    }
    void whatComesByALesserWayTakesNothing()
    {
        QVERIFY(!merged(imported(whole), shared(nothing())));
        QVERIFY(!merged(whole, nothing()));
    }
    void anImportThatOpenedNothingKeepsNoEqualOut()
    {
        QCOMPARE(merged(nothing(), imported(whole)), imported(whole));
        QCOMPARE(merged(shared(nothing()), shared(whole)), shared(whole));
    }
    void whatHasOpenedAnEventStays()
    {
        QVERIFY(!merged(opened(imported(whole)), nothing()));
        QVERIFY(!merged(opened(shared(whole)), shared(nothing())));
        QVERIFY(!merged(opened(shared(whole)), nothing()));
    }

    // --- the same ratchet

    void whatIsThePersonsOwnIsSoWhoeverElsePassedItOn()
    {
        const auto now = merged(opened(shared(whole)), with(imported(whole), at(*real, 2)));
        QVERIFY(now);
        QVERIFY(now->sharedBy.isEmpty() && now->imported && now->opened);
        QCOMPARE(now->firstKnownIndex, 0U);

        const auto reached = merged(with(imported(whole), at(*real, 2)), shared(whole));
        QVERIFY(reached);
        QCOMPARE(reached->firstKnownIndex, 0U); // the same ratchet, further back: it proves itself
        QVERIFY(reached->sharedBy.isEmpty());
    }
    void aMadeUpClaimDoesNotShortenTheRatchet()
    {
        InboundSessionRecord claimed = opened(with(shared(whole), at(*real, 2)));
        claimed.claimedKey = Ed25519Key(u"another"_s);

        const auto now = merged(claimed, imported(whole));

        QVERIFY(now);
        QCOMPARE(now->firstKnownIndex, 0U);
        QCOMPARE(now->claimedKey, whole.claimedKey);
    }

    void anotherClaimTakesNothingOverFromTheMaker()
    {
        InboundSessionRecord other = imported(whole);
        other.claimedKey = Ed25519Key(u"another"_s);

        QVERIFY(!merged(with(whole, at(*real, 2)), other));
    }

    // --- other sender keys

    void fourOfAnInvitationKeepNoImportOut()
    {
        for (int i = 0; i < 4; ++i)
            import(under(shared(nothing(), u"@m%1:two"_s.arg(i)), QByteArray(1, char('a' + i)).constData()));
        QCOMPARE(copies(), 4);

        import(imported(whole));

        QCOMPARE(copies(), 4);
        QVERIFY(has(whole));
    }
    void anInvitationHasOneKeyOfASession()
    {
        import(under(shared(nothing()), "a"));
        import(under(shared(nothing()), "b"));
        import(shared(whole));
        QCOMPARE(copies(), 1);
        QVERIFY(has(whole));

        alice->store.tables.inbound[whole.key()].opened = true;
        import(under(shared(nothing()), "c"));
        QCOMPARE(copies(), 2);
        QVERIFY(has(whole));
    }
    void anInvitationTakesNoPlaceOfWhatThePersonHas()
    {
        import(imported(whole));
        for (const char *key : {"a", "b", "c"})
            import(under(nothing(), key));
        import(under(shared(nothing()), "d"));

        QCOMPARE(copies(), 4);
        QVERIFY(has(whole));
        QVERIFY(!has(under(nothing(), "d")));
    }
    void aFullPlaceKeepsWhatHasOpenedAnEvent()
    {
        import(imported(whole));
        alice->store.tables.inbound[whole.key()].opened = true;
        for (const char *key : {"a", "b", "c", "d", "e", "f"})
            import(under(nothing(), key));

        QCOMPARE(copies(), 4);
        QVERIFY(has(whole));
        QVERIFY(has(under(nothing(), "f")));
        QVERIFY(!has(under(nothing(), "a"))); // the oldest went
    }

    // --- the one that is given on

    void aMemberWhoPassesAKeyOnDoesNotShortenIt()
    {
        InboundSessionRecord passedOn = under(with(whole, at(*real, 3)), "mallory");
        passedOn.sender = mallory;
        passedOn.trust = SenderTrust::SignedDevice;

        QCOMPARE(bestCopy({passedOn, imported(whole)}, pickleKey()), imported(whole));
        QCOMPARE(bestCopy({imported(whole), passedOn}, pickleKey()), imported(whole));
        QCOMPARE(bestCopy({opened(passedOn), imported(whole)}, pickleKey()), imported(whole));
    }
    void anotherRatchetIsNoLongerOne()
    {
        const InboundSessionRecord late = with(whole, at(*real, 3));

        QCOMPARE(bestCopy({under(nothing(), "a"), late}, pickleKey()), late);
        QCOMPARE(bestCopy({under(nothing(), "a"), opened(imported(late))}, pickleKey()),
                 opened(imported(late)));
    }
    void whatHasOpenedAnEventIsGivenOn()
    {
        const InboundSessionRecord good = opened(with(shared(whole), at(*real, 3)));

        QCOMPARE(bestCopy({under(nothing(), "a"), good}, pickleKey()), good);
    }
    void whatCannotBeReadIsNotTheBest()
    {
        InboundSessionRecord damaged = opened(under(whole, "a"));
        damaged.pickle = "x";

        QCOMPARE(bestCopy({damaged, imported(whole)}, pickleKey()), imported(whole));
        QVERIFY(!bestCopy({damaged}, pickleKey()));
        QVERIFY(!bestCopy({}, pickleKey()));
    }
    void whatAnInvitationBroughtLeavesOnceItHasOpenedAnEvent()
    {
        QVERIFY(!bestCopy({shared(whole)}, pickleKey()));
        QCOMPARE(bestCopy({shared(whole), under(imported(with(whole, at(*real, 3))), "a")}, pickleKey()),
                 under(imported(with(whole, at(*real, 3))), "a"));
        QCOMPARE(bestCopy({opened(shared(whole))}, pickleKey()), opened(shared(whole)));
    }
};

QTEST_GUILESS_MAIN(KeyOriginsTest)
#include "tst_key_origins.moc"
