// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Keys that another device of the person's kept from this one until it was verified.
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"
#include "engine/withheld_keys.h"

#include <QTest>

#include "core_world.h"

using namespace parvis;
using namespace parvis::crypto;

class WithheldKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        QVERIFY(m_world->attach());
        m_keys = std::make_unique<WithheldKeys>(engine(), QList<int>{1, 1});
    }
    void cleanup()
    {
        m_keys.reset();
        m_world.reset();
    }

    void areWantedOnceThisDeviceIsTrusted()
    {
        withheld(me, u"m.unverified"_s, u"one"_s);
        QTest::qWait(20);
        QVERIFY(!wanted(u"one"_s)); // nobody's trust has changed yet

        Q_EMIT engine().trustChanged({me});

        QTRY_VERIFY(wanted(u"one"_s));
    }

    void ofAnotherPersonOrForAnotherReasonAreNot()
    {
        withheld(UserId(u"@bob:x"_s), u"m.unverified"_s, u"of another"_s);
        withheld(me, u"m.blacklisted"_s, u"for another"_s);
        withheld(me, u"m.unverified"_s, u"one"_s);

        Q_EMIT engine().trustChanged({me});

        QTRY_VERIFY(wanted(u"one"_s));
        QVERIFY(!wanted(u"of another"_s));
        QVERIFY(!wanted(u"for another"_s));
    }

    void nothingIsWantedWhenSomebodyElsesTrustChanges()
    {
        withheld(me, u"m.unverified"_s, u"one"_s);

        Q_EMIT engine().trustChanged({UserId(u"@bob:x"_s)});

        QTest::qWait(50);
        QVERIFY(!wanted(u"one"_s));
    }

    void whatIsHereByNowIsNotWanted()
    {
        const auto outbound = MegolmOutbound::create();
        const auto inbound = MegolmInbound::fromSessionKey(outbound->sessionKey()->view().toByteArray());
        const ExportedSession key{.room = room,
                                  .session = outbound->id(),
                                  .senderKey = Curve25519Key(QString(43, u'c')),
                                  .claimedKey = {},
                                  .sessionKey = *inbound->exportAt(0),
                                  .sharedHistory = false};
        QVERIFY(
            engine().machine().recovery().import({*engine().machine().recovery().importer().prepare(key)}));
        withheld(me, u"m.unverified"_s, outbound->id().toString());
        withheld(me, u"m.unverified"_s, u"one"_s);

        Q_EMIT engine().trustChanged({me});

        QTRY_VERIFY(wanted(u"one"_s));
        QVERIFY(!wanted(outbound->id().toString()));
    }

private:
    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    void withheld(const UserId &sender, const QString &code, const QString &session) const
    {
        CryptoChanges changes;
        changes.withheld.append({room, SessionId(session), code, sender, 0});
        QVERIFY(engine().cryptoStore().save(changes));
    }
    [[nodiscard]] bool wanted(const QString &session) const
    {
        return engine().machine().recovery().isWantedFromBackup(room, SessionId(session));
    }

    const RoomId room{u"!r:x"_s};
    std::unique_ptr<CoreWorld> m_world;
    std::unique_ptr<WithheldKeys> m_keys;
};

QTEST_GUILESS_MAIN(WithheldKeysTest)
#include "tst_withheld_keys.moc"
