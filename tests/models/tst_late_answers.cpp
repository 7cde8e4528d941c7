// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What was asked in one conversation and is answered in another: the one that is open stays open.
class LateAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<SampleWorld>();
        m_world->signIn();
        m_app = std::make_unique<AppModel>(m_world->ports(), m_world->clock);
    }

    void cleanup()
    {
        m_app.reset();
        m_world.reset();
    }

    void aJoinThatIsAnsweredElsewhereMovesNothing()
    {
        m_world->rooms.hold = true;
        m_app->openRoom(m_invitation);
        m_app->rooms()->accept(m_invitation);
        m_app->openRoom(m_other);
        m_app->composer()->setText(u"Pour Claire"_s);

        m_world->rooms.release();

        QCOMPARE(m_app->openRoomId(), m_other);
        QCOMPARE(m_app->composer()->text(), u"Pour Claire"_s);
        QCOMPARE(m_app->rooms()->busyRoom(), QString());
    }

    void aJoinThatIsAnsweredInPlaceStays()
    {
        m_world->rooms.hold = true;
        m_app->openRoom(m_invitation);
        m_app->rooms()->accept(m_invitation);

        m_world->rooms.release();

        QCOMPARE(m_app->openRoomId(), m_invitation);
    }

    void aRoomThatIsMadeWhileAnotherWasOpenedMovesNothing()
    {
        m_world->rooms.hold = true;
        QVERIFY(m_app->newRoom()->add(u"@samir:x"_s));
        m_app->newRoom()->create(NewRoomModel::Direct, {});
        m_app->openRoom(m_other);

        m_world->rooms.release();

        QCOMPARE(m_app->openRoomId(), m_other);
    }

    void aRoomThatIsMadeWhileOneWaitsIsOpened()
    {
        m_app->openRoom(m_other);
        m_world->rooms.hold = true;
        QVERIFY(m_app->newRoom()->add(u"@samir:x"_s));
        m_app->newRoom()->create(NewRoomModel::Direct, {});

        m_world->rooms.release();

        QCOMPARE(m_app->openRoomId(), u"!new:example"_s);
    }

    void leavingOneConversationClosesNoOther()
    {
        const auto crisis = SampleWorld::crisisRoom().toString();
        m_world->rooms.hold = true;
        m_app->openRoom(crisis);
        m_app->members()->leave();
        m_app->openRoom(m_other);

        m_world->rooms.release();

        QCOMPARE(m_app->openRoomId(), m_other);
    }

    void leavingTheOpenConversationClosesIt()
    {
        m_app->openRoom(m_other);
        m_app->members()->leave();
        QCOMPARE(m_app->openRoomId(), QString());
    }

    void whoSearchesIsNotTakenToTheRoomOfLastTime()
    {
        m_app.reset();
        m_world->settings.window.room = SampleWorld::directRoom();
        const auto rooms = m_world->rooms.rooms.items().toList();
        m_world->rooms.rooms.reset({});
        m_world->rooms.rooms.flush();
        m_app = std::make_unique<AppModel>(m_world->ports(), m_world->clock);
        m_app->rooms()->setFilterText(u"cl"_s);

        m_world->rooms.rooms.reset(rooms);
        m_world->rooms.rooms.flush();
        QCoreApplication::processEvents();

        QVERIFY(m_app->rooms()->rowOf(m_other) >= 0);
        QCOMPARE(m_app->openRoomId(), QString());
    }

private:
    const QString m_invitation = SampleWorld::invitation().toString();
    const QString m_other = SampleWorld::directRoom().toString();
    std::unique_ptr<SampleWorld> m_world;
    std::unique_ptr<AppModel> m_app;
};

QTEST_GUILESS_MAIN(LateAnswersTest)
#include "tst_late_answers.moc"
