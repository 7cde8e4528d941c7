// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What is done with a conversation from the list, by keys alone.
class WindowRoomsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void aConversationIsFiledFromTheList()
    {
        Stage stage({});
        QVERIFY(menuOf(stage, SampleWorld::directRoom()));
        QVERIFY(pressByEar(stage, u"Retirer des favoris"_s));
        QCOMPARE(stage.world.upkeep.tagged.size(), 1);
        QCOMPARE(stage.world.upkeep.tagged.first(),
                 std::tuple(SampleWorld::directRoom(), RoomTag::Favourite, false));
    }

    void theMenuIsAnsweredByKeys()
    {
        Stage stage({});
        QVERIFY(menuOf(stage, SampleWorld::directRoom()));
        stage.press(Qt::Key_Return); // the first verb that is shown: nothing is unread there
        QCOMPARE(stage.world.upkeep.marked,
                 (QList<std::pair<RoomId, bool>>{{SampleWorld::directRoom(), true}}));
        QTRY_VERIFY2(focusName(stage).startsWith(u"Claire Moreau"_s), qPrintable(focusName(stage)));
    }

    void whatIsUnreadIsMarkedAsRead()
    {
        Stage stage({});
        QVERIFY(menuOf(stage, SampleWorld::crisisRoom()));
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.rooms.read, QList<RoomId>{SampleWorld::crisisRoom()});
        QCOMPARE(stage.world.upkeep.marked,
                 (QList<std::pair<RoomId, bool>>{{SampleWorld::crisisRoom(), false}}));
    }

    void leavingIsAskedAboutFirst()
    {
        Stage stage({});
        QVERIFY(menuOf(stage, SampleWorld::directRoom()));
        QVERIFY(pressByEar(stage, u"Quitter…"_s));
        stage.settle();
        QVERIFY(stage.world.rooms.left.isEmpty());
        QCOMPARE(focusName(stage), u"Rester"_s);
        QVERIFY(pressByEar(stage, u"Quitter"_s));
        QCOMPARE(stage.world.rooms.left, QList<RoomId>{SampleWorld::directRoom()});
    }

    void whatTheServerRefusesIsSaidWithTheName()
    {
        Stage stage({});
        stage.world.upkeep.error = Error{ErrorKind::Forbidden, u"M_FORBIDDEN"_s, {}, 0};
        QVERIFY(menuOf(stage, SampleWorld::directRoom()));
        QVERIFY(pressByEar(stage, u"Mettre en fin de liste"_s));
        stage.settle();
        QVERIFY(stage.app().roomActions()->errorText().startsWith(u"Claire Moreau\u00A0: "_s));
        QVERIFY(says(stage, stage.app().roomActions()->errorText()));
        QVERIFY(pressByEar(stage, u"Fermer le message"_s));
        QCOMPARE(stage.app().roomActions()->errorText(), QString());
    }

    void anInvitationIsAnsweredFromTheList()
    {
        Stage stage({});
        QVERIFY(menuOf(stage, SampleWorld::invitation()));
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.rooms.joined, QStringList{SampleWorld::invitation().toString()});
    }

    void theKeysAreListed()
    {
        Stage stage({});
        stage.world.signIn();
        QVERIFY(stage.open());
        stage.settle();
        stage.press(Qt::Key_F1);
        QTRY_VERIFY(says(stage, u"Raccourcis clavier"_s));
        QCOMPARE(focusName(stage), u"Fermer"_s);
        stage.press(Qt::Key_Escape);
        QTRY_VERIFY(!says(stage, u"Raccourcis clavier"_s));
    }

private:
    /// The list's row for a room has the keyboard, and its menu is open.
    static bool menuOf(Stage &stage, const RoomId &room)
    {
        stage.world.signIn();
        if (!stage.open())
            return false;
        stage.settle();
        stage.press(Qt::Key_K, Qt::ControlModifier);
        stage.press(Qt::Key_Down);
        for (int row = stage.app().rooms()->rowOf(room.toString()); row > 0; --row)
            stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Menu);
        return stage.app().openRoomId().isEmpty();
    }
};

QTEST_MAIN(WindowRoomsTest)
#include "tst_window_rooms.moc"
