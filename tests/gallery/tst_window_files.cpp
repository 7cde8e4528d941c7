// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "gallery/pages.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// Files in the window: joined, sent, saved, by keys, by paste and by drop.
class WindowFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void cleanup() { QGuiApplication::clipboard()->clear(); }

    void pastedFilesAreShownThenSentWithTheWords()
    {
        Stage stage({});
        QVERIFY(home(stage));
        copy({u"Plan.pdf"_s, u"Carte.png"_s});
        stage.press(Qt::Key_V, Qt::ControlModifier);
        stage.settle();
        QVERIFY(says(stage, u"Plan.pdf, 2 ko"_s));
        QVERIFY(says(stage, u"Carte.png, 2 ko"_s));
        QCOMPARE(focusName(stage), u"Message"_s);
        QVERIFY(stage.world.media.sent.isEmpty());

        stage.type(u"voici"_s);
        stage.press(Qt::Key_Return);
        stage.settle();
        QCOMPARE(stage.world.media.sent.size(), 2);
        QCOMPARE(stage.world.media.sent[0].caption, u"voici"_s);
        QVERIFY(stage.world.composer.sent.isEmpty());
        QVERIFY(!says(stage, u"Plan.pdf, 2 ko"_s));
        QCOMPARE(stage.app().composer()->text(), QString());
    }

    void textIsPastedAsText()
    {
        Stage stage({});
        QVERIFY(home(stage));
        QGuiApplication::clipboard()->setText(u"du texte"_s);
        stage.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(stage.app().composer()->text(), u"du texte"_s);
        QCOMPARE(stage.app().composer()->files()->count(), 0);
    }

    void whoCorrectsJoinsNothing()
    {
        Stage stage({});
        QVERIFY(home(stage));
        stage.press(Qt::Key_Up);
        QVERIFY(stage.app().composer()->editing());
        copy({u"Plan.pdf"_s});
        stage.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(stage.app().composer()->files()->count(), 0);
        QVERIFY(!usable(stage, u"Joindre des fichiers"_s));
    }

    void aFileIsTakenAwayByKeys()
    {
        Stage stage({});
        QVERIFY(home(stage));
        copy({u"Plan.pdf"_s, u"Carte.png"_s});
        stage.press(Qt::Key_V, Qt::ControlModifier);
        stage.settle();
        QVERIFY(tabTo(stage, u"Retirer\u00a0: Plan.pdf"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QVERIFY(!says(stage, u"Plan.pdf"_s));
        QVERIFY(says(stage, u"Carte.png, 2 ko"_s));
        QCOMPARE(focusName(stage), u"Message"_s); // the keyboard is not lost with the row
    }

    void whatIsRefusedSaysWhyAndHoldsTheMessage()
    {
        Stage stage({});
        stage.world.media.refused.insert(
            u"/tmp/Film.mkv"_s, Error{ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, u"104857600"_s, 0});
        QVERIFY(home(stage));
        copy({u"Film.mkv"_s});
        stage.press(Qt::Key_V, Qt::ControlModifier);
        stage.type(u"voici le film"_s);
        stage.press(Qt::Key_Return);
        stage.settle();
        QVERIFY(says(stage, u"100 Mo"_s));
        QVERIFY(says(stage, u"Envoi impossible pour l’instant"_s));
        QVERIFY(stage.world.media.sent.isEmpty());
        QVERIFY(stage.world.composer.sent.isEmpty());
        QCOMPARE(stage.app().composer()->text(), u"voici le film"_s);
    }

    void droppedFilesAreJoinedAndStayWhereTheyWere()
    {
        Stage stage({});
        QVERIFY(home(stage));
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(u"/tmp/Plan.pdf"_s)});
        const auto both = Qt::CopyAction | Qt::MoveAction;
        QDragEnterEvent enter({800, 300}, both, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(stage.window(), &enter);
        stage.settle();
        QVERIFY(says(stage, u"Déposez les fichiers ici"_s));
        QDropEvent drop({800, 300}, both, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(stage.window(), &drop);
        stage.settle();
        QVERIFY(drop.isAccepted());
        QCOMPARE(drop.dropAction(), Qt::CopyAction);
        QVERIFY(!says(stage, u"Déposez les fichiers ici"_s));
        QVERIFY(says(stage, u"Plan.pdf, 2 ko"_s));
        QCOMPARE(focusName(stage), u"Message"_s);
        QVERIFY(stage.world.media.sent.isEmpty());
    }

    void nothingIsDroppedWhereOneCannotWrite()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::readOnlyRoom()));
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(u"/tmp/Plan.pdf"_s)});
        QDragEnterEvent enter({800, 300}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(stage.window(), &enter);
        QDropEvent drop({800, 300}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(stage.window(), &drop);
        stage.settle();
        QCOMPARE(stage.app().composer()->files()->count(), 0);
        QVERIFY(!says(stage, u"Déposez les fichiers ici"_s));
    }

    void aFileSaysWhatItIs()
    {
        Stage stage({});
        shows(stage, {file(u"$f"_s, u"Plan.pdf"_s)});
        QVERIFY(says(stage, u"fichier Plan.pdf, 2 ko"_s));
        QVERIFY(usable(stage, u"Enregistrer sous\u00a0: Plan.pdf"_s));
    }

    void theMenuOfAFileSavesFirst()
    {
        Stage stage({});
        shows(stage, {file(u"$f"_s, u"Plan.pdf"_s)});
        toNewest(stage);
        stage.press(Qt::Key_Menu);
        stage.settle();
        QCOMPARE(focusName(stage), u"Enregistrer sous…"_s);
        QVERIFY(usable(stage, u"Copier le nom du fichier"_s));
        QVERIFY(!usable(stage, u"Copier le texte"_s)); // there is none
        QVERIFY(pressByEar(stage, u"Copier le nom du fichier"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"Plan.pdf"_s);
    }

    void whatIsThereIsReplacedOnlyWhenAsked()
    {
        Stage stage({});
        shows(stage, {file(u"$f"_s, u"Plan.pdf"_s)});
        stage.world.media.saveError = Error{ErrorKind::Usage, u"PARVIS_FILE_EXISTS"_s, {}, 0};
        save(stage);
        QVERIFY(says(stage, u"Plan.pdf n’a pas été enregistré"_s));
        QVERIFY(tabTo(stage, u"Remplacer ce qui s’y trouve par\u00a0: Plan.pdf"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(stage.world.media.saved.size(), 2);
        QVERIFY(stage.world.media.saved[1].replace);
        QVERIFY(says(stage, u"Plan.pdf est enregistré dans tmp"_s));
        QVERIFY(!usable(stage, u"Remplacer ce qui s’y trouve par\u00a0: Plan.pdf"_s));
    }

    void anAlteredFileIsSaidInItsMessageAndAloud()
    {
        Stage stage({});
        shows(stage, {file(u"$f"_s, u"Plan.pdf"_s)});
        stage.world.media.saveError = Error{ErrorKind::Crypto, u"PARVIS_ATTACHMENT_DAMAGED"_s, {}, 0};
        save(stage);
        const auto nodes = accessibleNodes(*stage.window());
        const auto alerts = std::count_if(nodes.cbegin(), nodes.cend(), [](const auto &node) {
            return node.role == QAccessible::AlertMessage && node.name.contains(u"altéré en chemin"_s);
        });
        QCOMPARE(alerts, 1);
        QVERIFY(says(stage, u"Plan.pdf n’a pas été enregistré"_s));    // below the conversation
        QVERIFY(usable(stage, u"Enregistrer sous\u00a0: Plan.pdf"_s)); // once more
    }

    void aFetchIsStoppedAndASendTakenBack()
    {
        Stage stage({});
        auto coming = file(u"$f"_s, u"Plan.pdf"_s);
        coming.media.percent = 12;
        auto leaving = file({}, u"Carte.png"_s);
        leaving.own = true;
        leaving.state = SendState::Sending;
        leaving.media.percent = 50;
        leaving.txnId = TransactionId(u"t1"_s);
        shows(stage, {coming, leaving});
        QVERIFY(tabTo(stage, u"Ne pas envoyer\u00a0: Carte.png"_s));
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.composer.cancelled, QList<TransactionId>{TransactionId(u"t1"_s)});
        QVERIFY(tabTo(stage, u"Arrêter\u00a0: Plan.pdf"_s));
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.media.cancelled, QList<EventId>{EventId(u"$f"_s)});
    }

    void aFailedFileSaysWhyAndHasTwoWaysOn()
    {
        Stage stage({});
        auto failed = file({}, u"Film.mkv"_s);
        failed.own = true;
        failed.state = SendState::Failed;
        failed.error = Error{ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, u"104857600"_s, 0};
        failed.txnId = TransactionId(u"t1"_s);
        shows(stage, {failed});
        QVERIFY(says(stage, u"100 Mo"_s));
        QVERIFY(!usable(stage, u"Enregistrer sous\u00a0: Film.mkv"_s));
        QVERIFY(tabTo(stage, u"Renvoyer\u00a0: Film.mkv"_s));
        stage.press(Qt::Key_Space);
        QCOMPARE(stage.world.composer.retried, QList<TransactionId>{TransactionId(u"t1"_s)});
        QVERIFY(tabTo(stage, u"Ne pas envoyer\u00a0: Film.mkv"_s));
        stage.press(Qt::Key_Space);
        QCOMPARE(stage.world.composer.cancelled, QList<TransactionId>{TransactionId(u"t1"_s)});
    }

    void anEndlessNameLeavesTheButtonsWhereTheyAre()
    {
        Look look;
        look.size = {480, 720};
        Stage stage(look);
        const auto name = QString(180, u'n') + u".pdf"_s;
        shows(stage, {file(u"$f"_s, name)});
        const auto button = usable(stage, u"Enregistrer sous\u00a0: "_s + name);
        QVERIFY(button);
        QVERIFY(stage.window()->geometry().contains(button->rect));
    }

    void withoutADialogItSaysSoOrSavesWhereItProposes()
    {
        QQmlEngine engine;
        QQmlComponent module(&engine);
        module.setData("import Qt.labs.folderlistmodel\nFolderListModel {}", {});
        const bool dialogs = module.isReady();
        Stage stage({});
        shows(stage, {file(u"$f"_s, u"Plan.pdf"_s)});
        QVERIFY(tabTo(stage, u"Joindre des fichiers"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(says(stage, u"Cet ordinateur n’a pas de fenêtre"_s), !dialogs);
        if (dialogs) { // it has the keyboard now
            stage.press(Qt::Key_Escape);
            stage.settle();
        }
        QVERIFY(tabTo(stage, u"Enregistrer sous\u00a0: Plan.pdf"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(stage.world.media.saved.size(), dialogs ? 0 : 1);
        if (!dialogs)
            QVERIFY(stage.world.media.saved[0].to.endsWith(u"/Plan.pdf"_s));
    }

    void tabEntersTheMessagesByALineNotByTheButtonUsedLast()
    {
        Stage stage({});
        shows(stage, {file(u"$a"_s, u"Carte.pdf"_s), file(u"$b"_s, u"Plan.pdf"_s)});
        toNewest(stage);
        stage.settle();
        const QString line = focusName(stage);
        QVERIFY2(line.contains(u"fichier"_s), qPrintable(line));
        stage.press(Qt::Key_Tab);
        QVERIFY(focusName(stage).startsWith(u"Enregistrer"_s));

        stage.press(Qt::Key_Escape);
        QCOMPARE(focusName(stage), u"Message"_s);
        stage.press(Qt::Key_Tab, Qt::ShiftModifier);
        stage.settle();
        QCOMPARE(focusName(stage), line);
    }

private:
    static bool home(Stage &stage, const RoomId &room = SampleWorld::directRoom())
    {
        stage.world.signIn();
        if (!stage.open())
            return false;
        stage.goTo(room);
        return true;
    }

    static void shows(Stage &stage, const QList<TimelineItem> &items)
    {
        stage.world.signIn();
        stage.world.timeline.conversation(SampleWorld::directRoom()).items.reset(items);
        QVERIFY(stage.open());
        stage.goTo(SampleWorld::directRoom());
    }

    static TimelineItem file(const QString &event, const QString &name)
    {
        TimelineItem item;
        item.key = name;
        item.eventId = EventId(event);
        item.senderName = u"Claire Moreau"_s;
        item.kind = ItemKind::File;
        item.media = {.name = name, .mediaType = u"application/pdf"_s, .bytes = 2048, .caption = {}};
        item.ts = 1;
        return item;
    }

    static void save(Stage &stage)
    {
        stage.app().timeline()->saver()->save(u"$f"_s, u"Plan.pdf"_s,
                                              QUrl::fromLocalFile(u"/tmp/Plan.pdf"_s));
        stage.settle();
    }

    static void copy(const QStringList &names)
    {
        QList<QUrl> files;
        for (const auto &name : names)
            files += QUrl::fromLocalFile(u"/tmp/"_s + name);
        auto *copied = new QMimeData;
        copied->setUrls(files);
        QGuiApplication::clipboard()->setMimeData(copied);
    }

    static void toNewest(Stage &stage)
    {
        stage.press(Qt::Key_F6, Qt::ShiftModifier); // to the list of rooms
        stage.press(Qt::Key_F6);
        stage.press(Qt::Key_Tab, Qt::ShiftModifier);
    }

    static bool tabTo(Stage &stage, const QString &name)
    {
        for (int i = 0; i < 40; ++i) {
            if (focusName(stage) == name)
                return true;
            stage.press(Qt::Key_Tab);
        }
        return false;
    }
};

QTEST_MAIN(WindowFilesTest)
#include "tst_window_files.moc"
