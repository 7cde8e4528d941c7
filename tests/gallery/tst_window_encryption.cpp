// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "gallery/pages.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QQuickItem>
#include <QTest>

#include <algorithm>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What cannot be read, who can read, and one's own devices, with keys of the keyboard alone.
class WindowEncryptionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void whatHelpsIsAButtonOnceInAGroupAndInTheMenuOfEachLine()
    {
        Stage stage({});
        QVERIFY(open(stage, u"unreadable"_s));
        const auto nodes = accessibleNodes(*stage.window());
        QCOMPARE(std::count_if(nodes.cbegin(), nodes.cend(),
                               [](const auto &node) {
                                   return node.role == QAccessible::Button
                                       && node.name.startsWith(u"Redemander la clé"_s);
                               }),
                 1);
        QVERIFY(tabToOne(stage, u"Redemander la clé"_s));
        stage.press(Qt::Key_Space);
        QCOMPARE(sealedRoom(stage).asked, (QList<EventId>{EventId(u"$u41"_s), EventId(u"$u40"_s)}));
        QVERIFY(says(stage, u"2 messages sont redemandées"_s));

        sealedRoom(stage).asked.clear();
        toLine(stage, u"Hélène Bernard"_s, u"13:45"_s);
        stage.press(Qt::Key_Menu);
        QCOMPARE(focusName(stage), u"Redemander la clé"_s);
        stage.press(Qt::Key_Return);
        QCOMPARE(sealedRoom(stage).asked.size(), 2);
    }

    void aFoldOfManyIsHelpedByEnter()
    {
        Stage stage({});
        QVERIFY(open(stage, u"unreadable"_s));
        toLine(stage, u"6 messages"_s, {});
        stage.press(Qt::Key_Return);
        stage.settle();
        QVERIFY(says(stage, u"Saisir le code de vérification"_s));
        QVERIFY2(focusName(stage).startsWith(u"Code de vérification"_s), qPrintable(focusName(stage)));
    }

    void aLineThatCanBeReadKeepsTheKeyboardAndItIsSaid()
    {
        Stage stage({});
        QVERIFY(open(stage, u"unreadable"_s));
        toLine(stage, u"Samir Khelifi"_s, u"13:46"_s);
        auto &room = sealedRoom(stage);
        auto item = room.items.items().at(11);
        item.kind = ItemKind::Text;
        item.body = u"Bien noté."_s;
        room.items.update(11, item);
        room.items.flush();
        room.repaired.set({.count = 1, .batch = 1});
        stage.settle();
        QVERIFY2(focusName(stage).contains(u"Bien noté."_s), qPrintable(focusName(stage)));
        QVERIFY(says(stage, u"1 message est maintenant lisible"_s));
    }

    void theBarLeadsToWhoCanReadAndEscapeBack()
    {
        Stage stage({});
        QVERIFY(open(stage, u"readers-bar"_s));
        QVERIFY(says(stage, u"Jonas Weiss ne peut pas lire ce que vous écrivez ici."_s));
        QVERIFY(tabToOne(stage, u"Qui peut lire\u00a0?"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QVERIFY2(focusName(stage).startsWith(u"Jonas Weiss"_s), qPrintable(focusName(stage)));
        stage.press(Qt::Key_Down);
        QVERIFY2(focusName(stage).contains(u"son propriétaire ne l’a pas vérifié"_s),
                 qPrintable(focusName(stage)));
        stage.press(Qt::Key_Return); // the person whose device it is
        stage.settle();
        QVERIFY(says(stage, u"@weiss:externe.exemple"_s));
        stage.press(Qt::Key_Escape);
        stage.settle();
        stage.press(Qt::Key_Escape);
        stage.settle();
        QVERIFY(usable(stage, u"Quitter la conversation…"_s));
        QVERIFY(pressByEar(stage, u"Qui peut lire…"_s)); // always there
        QVERIFY(tabToOne(stage, u"N’écrire ici qu’aux personnes vérifiées"_s));
        stage.press(Qt::Key_Space);
        QVERIFY(stage.world.encryption.roomReaders[SampleWorld::crisisRoom()].onlyVerified);
    }

    void aDeviceIsRenamedAndAnotherSignedOutByKeys()
    {
        Stage stage({});
        QVERIFY(open(stage, u"settings-devices"_s));
        stage.world.encryption.logOutDecides = [](const QByteArray &password) -> Result<void> {
            if (password == "juste")
                return {};
            return fail(ErrorKind::Auth, u"PARVIS_PASSWORD_NEEDED"_s);
        };
        QVERIFY(tabToOne(stage, u"Renommer\u00a0: Téléphone de service"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(focusName(stage), u"Nom de l’appareil"_s);
        stage.press(Qt::Key_A, Qt::ControlModifier);
        stage.type(u"Mobile"_s);
        stage.press(Qt::Key_Return);
        stage.settle();
        QCOMPARE(stage.world.encryption.renamed, QStringList{u"MOBILE Mobile"_s});
        QVERIFY2(focusName(stage).startsWith(u"Renommer"_s), qPrintable(focusName(stage)));

        QVERIFY(tabToOne(stage, u"Déconnecter\u00a0: Ancien portable"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(focusName(stage), u"Annuler"_s); // a key pressed too early signs nothing out
        QVERIFY(tabToOne(stage, u"Déconnecter"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(focusName(stage), u"Mot de passe de votre compte"_s);
        stage.type(u"juste"_s);
        stage.press(Qt::Key_Return);
        stage.settle();
        QCOMPARE(stage.world.encryption.loggedOut, QList<DeviceId>{DeviceId(u"ANCIEN"_s)});
        QVERIFY(says(stage, u"est déconnecté."_s));
        QCOMPARE(focusName(stage), u"Terminé"_s);
        stage.press(Qt::Key_Return);
        stage.settle();
        QVERIFY(!usable(stage, u"Déconnecter\u00a0: Ancien portable"_s));
    }

    void theWishForEveryConversationIsASwitchInTheSettings()
    {
        Stage stage({});
        QVERIFY(open(stage, u"settings-devices"_s));
        QVERIFY(pressByEar(stage, u"N’écrire qu’aux personnes vérifiées"_s));
        QVERIFY(stage.world.encryption.state.onlyVerified);
        QVERIFY(usable(stage, u"N’écrire qu’aux personnes vérifiées"_s)->state.checked);
        stage.world.encryption.wishAnswer = fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s);
        QVERIFY(pressByEar(stage, u"N’écrire qu’aux personnes vérifiées"_s));
        QVERIFY(usable(stage, u"N’écrire qu’aux personnes vérifiées"_s)->state.checked); // it still holds
        QVERIFY(says(stage, u"PARVIS_DISK_FULL"_s));
    }

private:
    /// A page of the gallery by its name.
    static bool open(Stage &stage, const QString &name)
    {
        for (const auto &page : encryptionPages()) {
            if (page.name == name)
                return show(stage, page) != nullptr;
        }
        return false;
    }

    static FakeConversation &sealedRoom(Stage &stage)
    {
        return stage.world.timeline.conversation(SampleWorld::emptyRoom());
    }

    /// The keyboard in the messages, on the line that begins with this name and has this time.
    static void toLine(Stage &stage, const QString &who, const QString &time)
    {
        stage.press(Qt::Key_F6, Qt::ShiftModifier);
        stage.press(Qt::Key_F6);
        for (int i = 0; i < 30 && !inMessages(stage); ++i)
            stage.press(Qt::Key_Tab, Qt::ShiftModifier);
        stage.press(Qt::Key_End);
        for (int i = 0; i < 60; ++i) {
            if (focusName(stage).startsWith(who) && focusName(stage).contains(time))
                return;
            stage.press(Qt::Key_Up);
        }
    }

    static bool tabToOne(Stage &stage, const QString &name)
    {
        for (int i = 0; i < 60; ++i) {
            if (focusName(stage).startsWith(name))
                return true;
            stage.press(Qt::Key_Tab);
        }
        return false;
    }

    static bool inMessages(Stage &stage)
    {
        auto *item = stage.window()->activeFocusItem();
        while (item && !QLatin1String(item->metaObject()->className()).startsWith("MessageList"_L1))
            item = item->parentItem();
        return item != nullptr;
    }
};

QTEST_MAIN(WindowEncryptionTest)
#include "tst_window_encryption.moc"
