// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// A server that answers late, under the hands of somebody who types on.
class WindowLateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void aLateJoinTakesNoSentenceApart()
    {
        Stage stage({});
        QVERIFY(accepting(stage));
        stage.goTo(SampleWorld::directRoom());
        stage.type(u"bon"_s);

        joined(stage);
        stage.type(u"jour"_s);

        QCOMPARE(stage.app().openRoomId(), SampleWorld::directRoom().toString());
        QCOMPARE(stage.app().composer()->text(), u"bonjour"_s);
    }

    void aLateJoinDoesNotTakeTheKeyboardFromTheSearch()
    {
        Stage stage({});
        QVERIFY(accepting(stage));
        stage.press(Qt::Key_K, Qt::ControlModifier);
        stage.type(u"cla"_s);

        joined(stage);
        stage.type(u"ire"_s);

        QCOMPARE(stage.app().rooms()->filterText(), u"claire"_s);
        QCOMPARE(stage.app().composer()->text(), QString());
    }

    void aJoinGivesTheKeyboardToTheField()
    {
        Stage stage({});
        QVERIFY(accepting(stage));
        joined(stage);
        QCOMPARE(focusName(stage), u"Message"_s);
    }

    void aRoomThatIsMadeAfterItsDialogWasClosedOpensNothing()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        stage.world.rooms.hold = true;
        stage.press(Qt::Key_N, Qt::ControlModifier);
        stage.type(u"@samir:prefecture.exemple"_s);
        stage.press(Qt::Key_Return);
        stage.press(Qt::Key_Escape);
        stage.type(u"bon"_s);

        stage.world.rooms.release();
        stage.settle();
        stage.type(u"jour"_s);

        QCOMPARE(stage.app().openRoomId(), SampleWorld::directRoom().toString());
        QCOMPARE(stage.app().composer()->text(), u"bonjour"_s);
    }

    void aRoomThatIsMadeLateDoesNotCloseTheNextDialog()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        stage.world.rooms.hold = true;
        stage.press(Qt::Key_N, Qt::ControlModifier);
        stage.type(u"@samir:prefecture.exemple"_s);
        stage.press(Qt::Key_Return);
        stage.press(Qt::Key_Escape);
        stage.press(Qt::Key_N, Qt::ControlModifier);

        stage.world.rooms.release();
        stage.settle();

        QVERIFY(says(stage, u"Adresse de la personne"_s));
        QCOMPARE(stage.app().openRoomId(), SampleWorld::directRoom().toString());
    }

    void aWindowWaitsForTheDraftBehindWhichIsTyped()
    {
        Stage stage({});
        stage.world.composer.drafts.insert(SampleWorld::directRoom(), u"déjà "_s);
        stage.world.composer.holdDrafts = true;
        QVERIFY(home(stage, SampleWorld::directRoom()));
        stage.type(u"tapé"_s);

        stage.window()->close();
        QVERIFY(stage.window()->isVisible());
        stage.world.composer.releaseDrafts();

        QTRY_VERIFY(!stage.window()->isVisible());
        QCOMPARE(stage.world.composer.drafts.value(SampleWorld::directRoom()), u"déjà tapé"_s);
    }

    void aWindowAsksBeforeItLosesWhatTheDiskRefuses()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        fillDisk(stage);
        stage.type(u"tapé"_s);
        stage.window()->close();
        QVERIFY(stage.window()->isVisible());
        stage.settle();
        QCOMPARE(focusName(stage), u"Rester"_s);
        stage.press(Qt::Key_Escape);
        QVERIFY(stage.window()->isVisible());
        QCOMPARE(focusName(stage), u"Message"_s);

        stage.world.composer.draftError.reset();
        stage.window()->close();

        QVERIFY(!stage.window()->isVisible());
        QCOMPARE(stage.world.composer.drafts.value(SampleWorld::directRoom()), u"tapé"_s);
    }

    void whoAgreesToTheLossCloses()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        fillDisk(stage);
        stage.type(u"tapé"_s);
        stage.window()->close();
        stage.settle();
        stage.press(Qt::Key_Tab);
        QCOMPARE(focusName(stage), u"Fermer quand même"_s);
        stage.press(Qt::Key_Space);
        QTRY_VERIFY(!stage.window()->isVisible());
    }

    void aFullDiskIsSaidOnce()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        fillDisk(stage);
        stage.type(u"x"_s);
        stage.settle();
        const auto nodes = accessibleNodes(*stage.window());
        QCOMPARE(std::count_if(nodes.cbegin(), nodes.cend(),
                               [](const auto &n) { return n.name.contains("(PARVIS_DISK_FULL)"_L1); }),
                 1);
    }

private:
    static void fillDisk(Stage &stage)
    {
        stage.world.composer.draftError = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};
        stage.world.account.storage.set(StorageState::DiskFull);
    }

    static bool home(Stage &stage, const RoomId &room)
    {
        stage.world.signIn();
        if (!stage.open())
            return false;
        stage.goTo(room);
        return stage.app().openRoomId() == room.toString();
    }

    static bool accepting(Stage &stage)
    {
        stage.world.rooms.hold = true;
        return home(stage, SampleWorld::invitation()) && pressByEar(stage, u"Accepter"_s);
    }

    static void joined(Stage &stage)
    {
        auto &conversation = stage.world.timeline.conversation(SampleWorld::invitation());
        auto header = conversation.header.get();
        header.membership = Membership::Join;
        conversation.header.set(header);
        stage.world.rooms.release();
        stage.settle();
    }
};

QTEST_MAIN(WindowLateTest)
#include "tst_window_late.moc"
