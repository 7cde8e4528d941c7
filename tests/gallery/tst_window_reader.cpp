// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QDesktopServices>
#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// The window as a screen reader tells it, and as somebody uses it who neither sees nor points.
class WindowReaderTest : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void keepUrl(const QUrl &url) { m_opened += url.toString(); }

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
        QDesktopServices::setUrlHandler(u"https"_s, this, "keepUrl");
    }

    void cleanupTestCase() { QDesktopServices::unsetUrlHandler(u"https"_s); }

    void pressesOnce()
    {
        Stage stage({});
        QVERIFY(invited(stage));
        QVERIFY(pressByEar(stage, u"Accepter"_s));
        QCOMPARE(stage.world.rooms.joined.size(), 1);
    }

    void anInvitationHasTheKeyboard()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.goTo(SampleWorld::invitation());
        QCOMPARE(focusName(stage), u"Nadia Rousseau vous invite"_s);
        stage.press(Qt::Key_Tab);
        QCOMPARE(focusName(stage), u"Refuser"_s);
    }

    void aFailedRefusalIsSaidWhereItWasMade()
    {
        Stage stage({});
        stage.world.rooms.leaveError = Error{ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s, {}, 0};
        QVERIFY(invited(stage));
        QVERIFY(pressByEar(stage, u"Refuser"_s));
        QCOMPARE(stage.app().openRoomId(), SampleWorld::invitation().toString());
        QVERIFY(says(stage, u"(PARVIS_TIMEOUT)"_s));

        stage.goTo(SampleWorld::directRoom());
        QVERIFY(!says(stage, u"(PARVIS_TIMEOUT)"_s));

        stage.world.rooms.leaveError.reset();
        stage.app().openRoom(SampleWorld::invitation().toString());
        QVERIFY(pressByEar(stage, u"Refuser"_s));
        QCOMPARE(stage.app().openRoomId(), QString());
    }

    void theGearOpensAndCloses()
    {
        Stage stage({});
        QVERIFY(home(stage));
        QCOMPARE(usable(stage, u"Paramètres"_s)->role, QAccessible::Button);
        QVERIFY(pressByEar(stage, u"Paramètres"_s));
        QVERIFY(says(stage, u"Fermer les paramètres"_s));
        QVERIFY(pressByEar(stage, u"Paramètres"_s));
        QVERIFY(!says(stage, u"Fermer les paramètres"_s));
    }

    void theMembersFollowTheConversation()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.goTo(SampleWorld::crisisRoom());
        stage.world.rooms.listed.clear(); // identities were looked at; the list was not
        QVERIFY(pressByEar(stage, u"Membres et détails"_s));
        QCOMPARE(stage.world.rooms.listed.last(), SampleWorld::crisisRoom());
        stage.type(u"@quelqu-un:ici"_s);

        stage.press(Qt::Key_Down, Qt::AltModifier);
        stage.settle();

        QCOMPARE(stage.world.rooms.listed.last(), SampleWorld::directRoom());
        QVERIFY(says(stage, u"Membres\u00a0:"_s));
    }

    void somebodyWhoJoinsIsListed()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.goTo(SampleWorld::crisisRoom());
        QVERIFY(pressByEar(stage, u"Membres et détails"_s));
        const auto before = stage.world.rooms.listed.size();
        auto &conversation = stage.world.timeline.conversation(SampleWorld::crisisRoom());
        auto header = conversation.header.get();
        header.memberCount += 1;
        conversation.header.set(header);
        stage.settle();
        QCOMPARE(stage.world.rooms.listed.size(), before + 1);
    }

    void anEmptyConversationHasOneErrorAndOneWayOn()
    {
        Stage stage({});
        stage.world.timeline.conversation(SampleWorld::emptyRoom()).pageError =
            Error{ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s, {}, 0};
        QVERIFY(home(stage));
        stage.goTo(SampleWorld::emptyRoom());
        const auto nodes = accessibleNodes(*stage.window());
        QCOMPARE(std::count_if(nodes.cbegin(), nodes.cend(),
                               [](const auto &n) { return n.name.contains("(PARVIS_TIMEOUT)"_L1); }),
                 1);
        QVERIFY(usable(stage, u"Réessayer"_s));
        QVERIFY(!usable(stage, u"Recharger"_s));
    }

    void enterOnTheAnswerThatHoldsKeepsIt()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.press(Qt::Key_N, Qt::ControlModifier);
        stage.press(Qt::Key_Tab, Qt::ShiftModifier);
        QCOMPARE(focusName(stage), u"Avec une personne"_s);
        stage.press(Qt::Key_Return);
        QVERIFY(usable(stage, u"Avec une personne"_s)->state.checked);
        QVERIFY(says(stage, u"Adresse de la personne"_s));
    }

    void theSettingsBeginAtTheAnswerThatHoldsAndArrowsChoose()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.press(Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(focusName(stage), u"Français"_s);
        stage.press(Qt::Key_Down);
        QCOMPARE(focusName(stage), u"English"_s);
        QCOMPARE(stage.app().settings()->language(), u"en"_s);
        stage.press(Qt::Key_Up);
        QCOMPARE(stage.app().settings()->language(), u"fr"_s);
        stage.press(Qt::Key_Tab);
        QCOMPARE(focusName(stage), u"Clair"_s); // the next question, not the next answer
    }

    void aLinkIsOpenedFromTheMenu()
    {
        Stage stage({});
        QVERIFY(home(stage));
        add(stage, u"Voir https://exemple.gouv/a?b=1&c=2 et (https://exemple.gouv/d)."_s);
        openMenu(stage);
        QVERIFY(pressByEar(stage, u"Ouvrir https://exemple.gouv/a?b=1&c=2"_s));
        QCOMPARE(m_opened, QStringList{u"https://exemple.gouv/a?b=1&c=2"_s});
    }

    void theMenuTellsWhenExactly()
    {
        Stage stage({});
        QVERIFY(home(stage));
        add(stage, u"Sans lien"_s);
        openMenu(stage);
        QVERIFY(!says(stage, u"Ouvrir http"_s));
        QVERIFY(pressByEar(stage, u"Détails"_s));
        QVERIFY(says(stage, u"Aujourd’hui, 14:05"_s));
        QVERIFY(says(stage, u"@claire:x"_s));
        stage.press(Qt::Key_Escape);
        QVERIFY(!says(stage, u"@claire:x"_s));
        QCOMPARE(focusName(stage), u"Claire, 14:05\u00a0: Sans lien"_s);
    }

    void aLongMessageCanBeReadToItsEnd()
    {
        Stage stage({});
        QVERIFY(home(stage));
        add(stage, u"ligne\n"_s.repeated(500) + u"la fin"_s);
        QVERIFY(pressByEar(stage, u"Afficher tout le message de Claire"_s));
        QVERIFY(says(stage, u"la fin"_s));
    }

    void manyChangesAreShownOneByOneOnRequest()
    {
        Stage stage({});
        QVERIFY(home(stage));
        addChanges(stage, 6);
        QVERIFY(says(stage, u"6 changements\u00a0: Personne 0, Personne 1, Personne 2 et 3 autres 14:05"_s));
        QVERIFY(!says(stage, u"Personne 3 a rejoint"_s));

        stage.press(Qt::Key_Tab, Qt::ShiftModifier);
        stage.press(Qt::Key_End);
        stage.press(Qt::Key_Return);
        stage.settle();

        QVERIFY(says(stage, u"Personne 3 a rejoint la conversation."_s));
        QCOMPARE(focusName(stage), u"Personne 0 a rejoint la conversation. 14:05"_s);
    }

    void manyChangesAreShownWithoutAKeyboard()
    {
        Stage stage({});
        QVERIFY(home(stage));
        addChanges(stage, 6);
        QVERIFY(pressByEar(stage, u"6 changements"_s));
        QVERIFY(says(stage, u"Personne 0 a rejoint la conversation."_s));
        QVERIFY(says(stage, u"Personne 5 a rejoint la conversation."_s));
    }

private:
    static void addChanges(Stage &stage, int count)
    {
        stage.goTo(SampleWorld::directRoom());
        for (int i = 0; i < count; ++i) {
            TimelineItem item;
            item.key = u"change%1"_s.arg(i);
            item.eventId = EventId(u'$' + item.key);
            item.senderName = u"Personne %1"_s.arg(i);
            item.kind = ItemKind::State;
            item.change.what = StateChange::What::Joined;
            item.ts = stage.world.clock.now;
            stage.world.timeline.conversation(SampleWorld::directRoom()).items.append(item);
        }
        stage.settle();
    }

    static bool home(Stage &stage)
    {
        stage.world.signIn();
        return stage.open() != nullptr;
    }

    static bool invited(Stage &stage)
    {
        if (!home(stage))
            return false;
        stage.app().openRoom(SampleWorld::invitation().toString());
        stage.settle();
        return true;
    }

    /// A message of somebody else's, the newest of the direct conversation.
    static void add(Stage &stage, const QString &body)
    {
        stage.goTo(SampleWorld::directRoom());
        TimelineItem item;
        item.key = u"neu"_s;
        item.eventId = EventId(u"$neu"_s);
        item.sender = UserId(u"@claire:x"_s);
        item.senderName = u"Claire"_s;
        item.body = body;
        item.ts = stage.world.clock.now;
        stage.world.timeline.conversation(SampleWorld::directRoom()).items.append(item);
        stage.settle();
    }

    static void openMenu(Stage &stage)
    {
        stage.press(Qt::Key_Tab, Qt::ShiftModifier); // from the field to the messages
        stage.press(Qt::Key_End);
        stage.press(Qt::Key_Menu);
        stage.settle();
    }

    QStringList m_opened;
};

QTEST_MAIN(WindowReaderTest)
#include "tst_window_reader.moc"
