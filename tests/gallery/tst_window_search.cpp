// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// Messages are found and shown in their place, by keys alone.
class WindowSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void aMessageIsFoundAndShownInItsPlace()
    {
        Stage stage({});
        QVERIFY(home(stage));
        remember(stage);

        stage.press(Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(focusName(stage), u"Des mots, ou une «\u00A0expression\u00A0»"_s);
        stage.type(u"niveau baisse"_s);
        QTRY_COMPARE(stage.app().search()->rowCount(), 1);
        stage.settle();
        stage.press(Qt::Key_Down);
        QVERIFY2(focusName(stage).startsWith(u"Samir Khelifi, Le niveau baisse"_s),
                 qPrintable(focusName(stage)));
        stage.press(Qt::Key_Return);

        auto &room = stage.world.timeline.conversation(SampleWorld::crisisRoom());
        QCOMPARE(room.wentTo, QList<EventId>{hitOf(stage, u"niveau baisse"_s).eventId});
        QTRY_VERIFY2(focusName(stage).contains(u"Le niveau baisse"_s), qPrintable(focusName(stage)));
        QVERIFY(stage.app().search()->shown());
    }

    void aHitElsewhereOpensItsConversation()
    {
        Stage stage({});
        QVERIFY(home(stage));
        remember(stage);
        stage.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(stage.app().search()->everywhere());
        const SearchHit hit = firstIn(stage, SampleWorld::directRoom());
        stage.type(hit.snippet.left(20));
        QTRY_COMPARE(stage.app().search()->rowCount(), 1);
        stage.settle();
        stage.press(Qt::Key_Return);
        stage.press(Qt::Key_Return);

        QTRY_COMPARE(stage.app().openRoomId(), SampleWorld::directRoom().toString());
        QCOMPARE(stage.world.timeline.conversation(SampleWorld::directRoom()).wentTo,
                 QList<EventId>{hit.eventId});
        QCOMPARE(stage.app().search()->rowCount(), 1); // the hits stay for the next one
    }

    void whoReadsOnStaysWhereTheyAre()
    {
        Stage stage({});
        QVERIFY(home(stage));
        const SearchHit one = hitOf(stage, u"niveau baisse"_s);
        stage.world.search.all = QList<SearchHit>(60, one);
        stage.press(Qt::Key_F, Qt::ControlModifier);
        stage.type(u"niveau"_s);
        QTRY_VERIFY(stage.app().search()->rowCount() >= 20);
        stage.settle();
        for (int i = 0; i < 16; ++i)
            stage.press(Qt::Key_Down);
        QTRY_VERIFY(stage.app().search()->rowCount() > 20); // more came as the end drew near
        stage.settle();
        auto *row = stage.window()->activeFocusItem();
        QVERIFY(row);
        const QRectF place = row->mapRectToScene(row->boundingRect());
        QVERIFY2(place.top() >= 0 && place.bottom() <= stage.window()->height() + 1,
                 qPrintable(u"%1 to %2"_s.arg(place.top()).arg(place.bottom())));
    }

    void escapeEmptiesAndThenCloses()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.press(Qt::Key_F, Qt::ControlModifier);
        stage.type(u"vigilance"_s);
        stage.press(Qt::Key_Escape);
        QCOMPARE(stage.app().search()->text(), QString());
        QVERIFY(stage.app().search()->shown());
        stage.press(Qt::Key_Escape);
        QVERIFY(!stage.app().search()->shown());
        QCOMPARE(focusName(stage), u"Message"_s);
    }

    void nothingFoundOffersAllConversations()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.press(Qt::Key_F, Qt::ControlModifier);
        stage.type(u"xylophone"_s);
        QTRY_VERIFY(says(stage, u"Aucun message trouvé"_s));
        QVERIFY(pressByEar(stage, u"Rechercher dans toutes les conversations"_s));
        QVERIFY(stage.app().search()->everywhere());
        QCOMPARE(focusName(stage), u"Des mots, ou une «\u00A0expression\u00A0»"_s);
    }

    void theSearchGoesOnWithoutAConversation()
    {
        Stage stage({});
        stage.world.signIn();
        QVERIFY(stage.open());
        stage.settle();
        stage.press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(stage.app().search()->shown());
        QVERIFY(stage.app().search()->everywhere());
        stage.press(Qt::Key_Escape);
        QVERIFY(!stage.app().search()->shown());
    }

    void inANarrowWindowTheMessageTakesThePlaceOfTheSearch()
    {
        Look look;
        look.size = {480, 720};
        Stage stage(look);
        QVERIFY(home(stage));
        remember(stage);
        stage.press(Qt::Key_F, Qt::ControlModifier);
        stage.type(u"niveau baisse"_s);
        QTRY_COMPARE(stage.app().search()->rowCount(), 1);
        stage.settle();
        stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Return);
        QVERIFY(!stage.app().search()->shown());
        QTRY_VERIFY2(focusName(stage).contains(u"Le niveau baisse"_s), qPrintable(focusName(stage)));
    }

    void theWayBackFromThePastIsOneKeyAway()
    {
        Stage stage({});
        QVERIFY(home(stage));
        remember(stage);
        auto &room = stage.world.timeline.conversation(SampleWorld::crisisRoom());
        room.newer = room.past;
        room.holdPage = true; // what follows is long in coming
        stage.app().openMessage(SampleWorld::crisisRoom().toString(),
                                hitOf(stage, u"niveau"_s).eventId.toString());
        stage.settle();
        QVERIFY(!stage.app().timeline()->atEnd());
        QVERIFY(pressByEar(stage, u"Aller au message le plus récent"_s));
        QTRY_VERIFY(stage.app().timeline()->atEnd());
    }

private:
    static bool home(Stage &stage)
    {
        stage.world.signIn();
        if (!stage.open())
            return false;
        stage.goTo(SampleWorld::crisisRoom());
        return true;
    }

    /// What the server would show around a message: here all that is in the conversation.
    static void remember(Stage &stage)
    {
        for (const RoomId &room : {SampleWorld::crisisRoom(), SampleWorld::directRoom()}) {
            auto &it = stage.world.timeline.conversation(room);
            it.past = it.items.items().toList();
        }
    }

    static SearchHit hitOf(Stage &stage, const QString &words)
    {
        return stage.world.search.answer({.text = words})->hits.value(0);
    }

    static SearchHit firstIn(Stage &stage, const RoomId &room)
    {
        return stage.world.search.answer({.room = room})->hits.value(0);
    }
};

QTEST_MAIN(WindowSearchTest)
#include "tst_window_search.moc"
