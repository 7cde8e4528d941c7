// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// The window as a person uses it with keys alone.
class WindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void searchesAndOpensARoom()
    {
        Stage stage({});
        home(stage);
        stage.press(Qt::Key_K, Qt::ControlModifier);
        stage.type(u"claire"_s);
        stage.press(Qt::Key_Return);

        QCOMPARE(stage.app().openRoomId(), SampleWorld::directRoom().toString());
        QCOMPARE(focusName(stage), u"Message"_s);
    }

    void arrowsMoveInTheListAndEnterOpens()
    {
        Stage stage({});
        home(stage);
        stage.press(Qt::Key_K, Qt::ControlModifier);
        stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Return);

        QCOMPARE(stage.app().openRoomId(), SampleWorld::crisisRoom().toString());
    }

    void altArrowsGoFromRoomToRoom()
    {
        Stage stage({});
        home(stage, SampleWorld::crisisRoom());
        stage.press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(stage.app().openRoomId(), SampleWorld::directRoom().toString());
        stage.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(stage.app().openRoomId(), SampleWorld::crisisRoom().toString());
    }

    void enterSendsAndShiftEnterBreaksTheLine()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        stage.type(u"un"_s);
        stage.press(Qt::Key_Return, Qt::ShiftModifier);
        stage.type(u"deux"_s);
        QVERIFY(stage.world.composer.sent.isEmpty());
        stage.press(Qt::Key_Return);

        QCOMPARE(stage.world.composer.sent.size(), 1);
        QCOMPARE(stage.world.composer.sent.first().body, u"un\ndeux"_s);
        stage.type(u"x"_s);
        QCOMPARE(stage.app().composer()->text(), u"x"_s);
    }

    void upEditsAndEscapeLeavesTheEdit()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        stage.press(Qt::Key_Up);
        QVERIFY(stage.app().composer()->editing());
        QCOMPARE(stage.app().composer()->text(), u"Je relis et je reviens vers vous."_s);
        stage.press(Qt::Key_Escape);
        QVERIFY(!stage.app().composer()->editing());
        QCOMPARE(stage.app().composer()->text(), QString());
    }

    void draftsComeBackWithTheirRoom()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        stage.type(u"à suivre"_s);
        stage.press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(stage.app().composer()->text(), QString());
        stage.press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(stage.app().composer()->text(), u"à suivre"_s);
    }

    void f6GoesRound()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        QStringList seen{focusName(stage)};
        for (int i = 0; i < 3; ++i) {
            stage.press(Qt::Key_F6);
            seen += focusName(stage);
        }
        QCOMPARE(seen.first(), seen.last());
        QCOMPARE(QSet<QString>(seen.cbegin(), seen.cend()).size(), 3);
        stage.press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(focusName(stage), seen.at(2));
    }

    void theMenuKeyOpensWhatCanBeDone()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        toMessages(stage);
        stage.press(Qt::Key_F10, Qt::ShiftModifier);
        QVERIFY(says(stage, u"Copier le texte"_s));
        QVERIFY(says(stage, u"Modifier"_s));
        stage.press(Qt::Key_Down);
        stage.press(Qt::Key_Return);
        QVERIFY(stage.app().composer()->editing());
        QCOMPARE(focusName(stage), u"Message"_s);
    }

    void thePointerFindsWhatCanBeDone()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        QVERIFY(!shown(stage, "LineAction"));
        auto *line = shown(stage, "MessageDelegate");
        QVERIFY(line);
        const auto before = line->mapToScene({});
        QTest::mouseMove(stage.window(), line->mapToScene({200, line->height() - 12}).toPoint());
        stage.settle();
        auto *copy = shown(stage, "LineAction");
        QVERIFY(copy);
        QCOMPARE(line->mapToScene({}), before); // nothing moves

        const auto centre = copy->mapToScene({copy->width() / 2, copy->height() / 2}).toPoint();
        QTest::mouseMove(stage.window(), centre);
        QTest::mouseClick(stage.window(), Qt::LeftButton, {}, centre);

        QCOMPARE(QGuiApplication::clipboard()->text(), line->property("body").toString());
        QTest::mouseMove(stage.window(), QPoint(20, 400));
        stage.settle();
        QVERIFY(!shown(stage, "LineAction"));
    }

    void theKeyboardFindsTheSame()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        toMessages(stage);
        QVERIFY(shown(stage, "LineAction"));
        stage.press(Qt::Key_Escape);
        QVERIFY(!shown(stage, "LineAction"));
    }

    void escapeGoesFromTheMessagesToTheField()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        toMessages(stage);
        QVERIFY(inMessages(stage));
        stage.press(Qt::Key_Escape);
        QCOMPARE(focusName(stage), u"Message"_s);
    }

    void aFailedMessageIsSentAgainOrNot()
    {
        Stage stage({});
        home(stage, SampleWorld::crisisRoom());
        press(stage, u"Renvoyer : Je préviens"_s);
        QCOMPARE(stage.world.composer.retried, QList<TransactionId>{TransactionId(u"t1"_s)});
        press(stage, u"Ne pas envoyer : Je préviens"_s);
        QCOMPARE(stage.world.composer.cancelled, QList<TransactionId>{TransactionId(u"t1"_s)});
    }

    void aConversationIsBegunByKeys()
    {
        Stage stage({});
        home(stage);
        stage.press(Qt::Key_N, Qt::ControlModifier);
        stage.type(u"@samir:prefecture.exemple"_s);
        stage.press(Qt::Key_Return);

        QCOMPARE(stage.world.rooms.created.size(), 1);
        QCOMPARE(stage.world.rooms.created.first().kind, RoomKind::Direct);
        QCOMPARE(stage.app().openRoomId(), u"!new:example"_s);
        QVERIFY(!says(stage, u"Adresse de la personne"_s));
    }

    void escapeClosesADialogAndGivesTheKeyboardBack()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        stage.press(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(says(stage, u"Adresse de la personne"_s));
        stage.press(Qt::Key_Escape);
        QCOMPARE(focusName(stage), u"Message"_s);
    }

    void theLanguageChangesWhileTheWindowIsOpen()
    {
        Stage stage({});
        home(stage, SampleWorld::crisisRoom());
        QVERIFY(says(stage, u"Chiffré"_s));
        QVERIFY(says(stage, u"Aujourd’hui"_s));
        stage.press(Qt::Key_Comma, Qt::ControlModifier);
        press(stage, u"English"_s);
        stage.press(Qt::Key_Escape);

        QVERIFY(says(stage, u"Encrypted"_s));
        QVERIFY(says(stage, u"Today"_s));
        QVERIFY(!says(stage, u"Chiffré"_s));
    }

    void oneColumnWhereTheWindowIsNarrow()
    {
        Look look;
        look.size = {480, 640};
        Stage stage(look);
        home(stage);
        QVERIFY(says(stage, u"Cellule de crise, 2 messages non lus"_s));
        stage.app().openRoom(SampleWorld::crisisRoom().toString());
        stage.settle();
        QVERIFY(!says(stage, u"Cellule de crise, 2 messages non lus"_s));
        press(stage, u"Retour aux conversations"_s);
        QVERIFY(says(stage, u"Cellule de crise, 2 messages non lus"_s));
    }

    void theNewestMessageStaysInSight()
    {
        Stage stage({});
        home(stage, SampleWorld::directRoom());
        TimelineItem item;
        item.key = u"neu"_s;
        item.eventId = EventId(u"$neu"_s);
        item.senderName = u"Claire Moreau"_s;
        item.body = u"Tout juste arrivé"_s;
        item.ts = stage.world.clock.now;
        stage.world.timeline.conversation(SampleWorld::directRoom()).items.append(item);
        stage.settle();
        QVERIFY(says(stage, u"Tout juste arrivé"_s));
        QCOMPARE(stage.world.timeline.conversation(SampleWorld::directRoom()).read.last(), item.eventId);
    }

    void workingTurnsAreShort()
    {
        Stage stage({});
        home(stage);
        auto &turns = *stage.app().turns();
        turns.watch();
        turns.watch(*stage.window());
        stage.app().openRoom(SampleWorld::directRoom().toString());
        stage.settle();
        turns.reset();
        QEventLoop loop;
        for (int i = 0; i < 40; ++i)
            QTimer::singleShot(10 * i, stage.window(), [&stage, i] {
                QTest::keyClick(stage.window(), i % 2 ? Qt::Key_A : Qt::Key_B);
            });
        QTimer::singleShot(500, &loop, &QEventLoop::quit);
        loop.exec();
        QVERIFY(turns.count() > 20);
        qInfo("turns: %llu, p50 %.2f ms, p99 %.2f ms, longest %.2f ms", turns.count(), turns.percentile(0.5),
              turns.percentile(0.99), turns.longestMs());
        QVERIFY2(turns.percentile(0.5) < 16, QByteArray::number(turns.percentile(0.5)));
    }

private:
    static void home(Stage &stage, const RoomId &room = {})
    {
        stage.world.signIn();
        QVERIFY(stage.open());
        if (room.isEmpty())
            return;
        stage.goTo(room);
    }

    static void toMessages(Stage &stage)
    {
        for (int i = 0; i < 30 && !inMessages(stage); ++i)
            stage.press(Qt::Key_Tab, Qt::ShiftModifier);
    }

    /// The keyboard is on a message, or on the list while it has none.
    static bool inMessages(Stage &stage)
    {
        for (auto *item = stage.window()->activeFocusItem(); item; item = item->parentItem()) {
            if (spokenName(item).startsWith("Messages de"_L1))
                return true;
        }
        return false;
    }

    /// The first item of this type that is in the window, below the header.
    static QQuickItem *shown(Stage &stage, const char *type)
    {
        QList<QQuickItem *> all{stage.window()->contentItem()};
        while (!all.isEmpty()) {
            auto *item = all.takeFirst();
            const auto y = item->mapToScene({}).y();
            const bool inside = y > 100 && y + item->height() < stage.window()->height();
            if (item->isVisible() && inside && QByteArray(item->metaObject()->className()).startsWith(type))
                return item;
            all += item->childItems();
        }
        return nullptr;
    }

    /// As a screen reader does.
    static void press(Stage &stage, const QString &name)
    {
        QVERIFY2(pressByEar(stage, name), qPrintable(name));
    }
};

QTEST_MAIN(WindowTest)
#include "tst_window.moc"
