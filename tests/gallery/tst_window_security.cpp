// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "gallery/pages.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;
using State = VerificationInfo::State;

/// Keys, devices and identities in the window, with keys of the keyboard alone.
class WindowSecurityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void aRequestDoesNotTakeTheKeyboardFromWhoTypes()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        stage.type(u"bon"_s);
        stage.world.verifications.put(asked(u"t1"_s));
        stage.settle();
        stage.type(u"jour"_s);
        QCOMPARE(stage.app().composer()->text(), u"bonjour"_s);
        QVERIFY(says(stage, u"Claire Moreau demande"_s));
    }

    void emojiAreComparedByKeys()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        auto info = asked(u"t1"_s);
        stage.world.verifications.put(info);
        stage.settle();
        QVERIFY(tabTo(stage, u"Voir la vérification"_s));
        stage.press(Qt::Key_Space);
        QCOMPARE(focusName(stage), u"Accepter"_s);
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.verifications.calls.last(), u"accept t1"_s);

        info.state = State::Ready;
        info.canSas = true;
        step(stage, info);
        QCOMPARE(focusName(stage), u"Comparer des images"_s);
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.verifications.calls.last(), u"sas t1"_s);

        info.state = State::Comparing;
        for (int i = 0; i < 7; ++i)
            info.emoji += {u"🔑"_s, u"Key %1"_s.arg(i), u"Clé %1"_s.arg(i)};
        step(stage, info);
        QVERIFY(says(stage, u"1\u00a0: Clé 0"_s));
        QVERIFY(says(stage, u"7\u00a0: Clé 6"_s));
        QCOMPARE(focusName(stage), u"Elles diffèrent"_s); // a key pressed too early verifies nobody
        QVERIFY(tabTo(stage, u"Elles sont identiques"_s));
        stage.press(Qt::Key_Space);
        QCOMPARE(stage.world.verifications.calls.last(), u"confirm t1"_s);

        info.state = State::Done;
        step(stage, info);
        QVERIFY(says(stage, u"Claire Moreau\u00a0: identité vérifiée"_s));
        stage.press(Qt::Key_Return);
        QVERIFY(!stage.app().security()->verification()->showing());
        stage.settle();
        QVERIFY(!says(stage, u"Claire Moreau\u00a0: identité vérifiée"_s));
    }

    void escapeClosesAndTheBannerBringsItBack()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        auto info = asked(u"t1"_s);
        info.state = State::Ready;
        info.canSas = true;
        stage.world.verifications.put(info);
        stage.app().security()->verification()->show();
        stage.settle();
        stage.press(Qt::Key_Escape);
        stage.settle();
        QVERIFY(!stage.app().security()->verification()->showing());
        QVERIFY(stage.world.verifications.calls.isEmpty());
        QVERIFY(pressByEar(stage, u"Voir la vérification"_s));
        QCOMPARE(focusName(stage), u"Comparer des images"_s);
    }

    void theRecoveryIsSetUpByKeys()
    {
        Stage stage({});
        stage.world.signIn();
        stage.world.encryption.state = {};
        stage.world.encryption.setUpAnswer = [](const QByteArray &) {
            return Result<QByteArray>(FakeEncryptionPort::sampleKey());
        };
        QVERIFY(stage.open());
        QTest::qWait(2300);
        QVERIFY(tabTo(stage, u"Configurer la récupération"_s));
        stage.press(Qt::Key_Space);
        QCOMPARE(focusName(stage), u"Créer le code de vérification"_s);
        stage.press(Qt::Key_Return);
        stage.settle();
        QCOMPARE(focusName(stage), u"Copier le code"_s);
        QVERIFY(tabTo(stage, u"Je l’ai conservé"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        stage.type(u"faux"_s);
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.encryption.seen, 0);
        stage.type(u"mBv6 KdNw oPaZ"_s); // what was wrong is selected
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.encryption.seen, 1);
        QCOMPARE(focusName(stage), u"Terminé"_s);
    }

    void aResetAsksForItsWord()
    {
        Stage stage({});
        QVERIFY(home(stage, {}));
        stage.press(Qt::Key_Comma, Qt::ControlModifier);
        stage.settle();
        stage.world.encryption.setups.clear();
        QVERIFY(pressByEar(stage, u"Réinitialiser tout…"_s));
        stage.press(Qt::Key_Return); // in the field: nothing
        QVERIFY(!pressed(stage, u"Réinitialiser pour de bon"_s));
        QVERIFY(stage.world.encryption.setups.isEmpty());
        stage.type(u"RÉINITIALISER"_s);
        QVERIFY(pressed(stage, u"Réinitialiser pour de bon"_s));
        QCOMPARE(stage.world.encryption.setups, QList<bool>{true});
    }

    void keyWorkIsStoppedAndTriedAgainByKeys()
    {
        Stage stage({});
        QVERIFY(page(stage, u"keys-importing"_s));
        QCOMPARE(focusName(stage), u"Arrêter"_s); // the form that had the keyboard is gone
        stage.press(Qt::Key_Return);
        stage.settle();
        QCOMPARE(stage.world.encryption.cancels, 1);
        QCOMPARE(focusName(stage), u"Fermer"_s);
    }

    void aWrongPassphraseIsTypedAnewWhereItWas()
    {
        Stage stage({});
        QVERIFY(page(stage, u"keys-import-wrong"_s));
        QCOMPARE(focusName(stage), u"Phrase secrète choisie à l’exportation"_s);
        QVERIFY(says(stage, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s));
        stage.world.encryption.keyAnswer = KeyCounts{3, 3};
        stage.type(u"la bonne phrase"_s);
        QVERIFY(!says(stage, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s));
        stage.press(Qt::Key_Return);
        stage.settle();
        QCOMPARE(stage.world.encryption.imported.size(), 2);
        QCOMPARE(focusName(stage), u"Terminé"_s);
    }

    /// Where the window is low, what went wrong is not left below the edge; the keyboard stays on the button.
    void whatWentWrongIsInSight()
    {
        Look low;
        low.size = {800, 600};
        Stage stage(low);
        QVERIFY(page(stage, u"keys-export-failed"_s));
        QCOMPARE(focusName(stage), u"Fermer"_s);
        const auto nodes = accessibleNodes(*stage.window());
        const auto error = std::find_if(nodes.cbegin(), nodes.cend(), [](const auto &node) {
            return node.name.contains(u"PARVIS_FILE_NOT_WRITTEN"_s);
        });
        const auto button = usable(stage, u"Fermer"_s);
        QVERIFY(error != nodes.cend() && button);
        QVERIFY2(error->rect.bottom() < button->rect.top(), "below the edge");
        QVERIFY(tabTo(stage, u"~/Documents/parvis-keys.txt"_s) || tabTo(stage, u"Fichier pour les clés"_s));
        const auto field = usable(stage, u"Fichier pour les clés"_s);
        QVERIFY(field && field->rect.top() > 0); // the view goes on with the keyboard
    }

    void whoHasNoKeyIsLedToTheOtherWaysAndToTheReset()
    {
        Stage stage({});
        QVERIFY(page(stage, u"recovery-enter"_s));
        QVERIFY(tabTo(stage, u"Autres méthodes de vérification…"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(focusName(stage), u"Avec un autre appareil"_s);
        QVERIFY(tabTo(stage, u"Vérification impossible\u00a0? Tout réinitialiser…"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QVERIFY(says(stage, u"Tout réinitialiser\u00a0?"_s));
        QVERIFY(stage.world.encryption.setups.isEmpty()); // it only asks
    }

    void aChangedIdentityIsAnsweredInTheConversation()
    {
        Stage stage({});
        stage.world.encryption.identities[UserId(u"@claire:ecologie.exemple"_s)] = {.known = true,
                                                                                    .violated = true};
        stage.world.signIn();
        stage.world.encryption.identities[UserId(u"@claire:ecologie.exemple"_s)] = {.known = true,
                                                                                    .violated = true};
        QVERIFY(stage.open());
        stage.goTo(SampleWorld::directRoom());
        QVERIFY(says(stage, u"Claire Moreau"_s));
        QVERIFY(tabTo(stage, u"Accepter et écrire sans vérification"_s));
        stage.press(Qt::Key_Space);
        stage.settle();
        QCOMPARE(stage.world.encryption.accepted.size(), 1);
        QVERIFY(!usable(stage, u"Vérifier à nouveau…"_s));
    }

    void aMemberOpensByEnter()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::directRoom()));
        stage.call(u"home"_s, "togglePane");
        stage.settle();
        stage.press(Qt::Key_Return);
        stage.settle();
        QVERIFY(says(stage, u"@claire:ecologie.exemple"_s));
        stage.press(Qt::Key_Escape);
        stage.settle();
        QVERIFY(!says(stage, u"@claire:ecologie.exemple"_s));
    }

    void aShieldSaysWhyToWhoCannotPoint()
    {
        Stage stage({});
        QVERIFY(home(stage, SampleWorld::crisisRoom()));
        const auto nodes = accessibleNodes(*stage.window());
        QVERIFY(std::any_of(nodes.cbegin(), nodes.cend(), [](const auto &node) {
            return node.role == QAccessible::ListItem
                && node.name.contains(u"appareil que son propriétaire n’a pas vérifié"_s);
        }));
    }

private:
    /// A page of the gallery by its name.
    static bool page(Stage &stage, const QString &name)
    {
        for (const auto &one : securityPages()) {
            if (one.name == name)
                return show(stage, one) != nullptr;
        }
        return false;
    }

    static bool home(Stage &stage, const RoomId &room)
    {
        stage.world.signIn();
        if (!stage.open())
            return false;
        if (!room.isEmpty())
            stage.goTo(room);
        return true;
    }

    static VerificationInfo asked(const QString &txn)
    {
        VerificationInfo info;
        info.txn = txn;
        info.user = UserId(u"@claire:ecologie.exemple"_s);
        info.room = SampleWorld::directRoom();
        return info;
    }

    static void step(Stage &stage, const VerificationInfo &info)
    {
        stage.world.verifications.put(info);
        stage.settle();
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

    /// False where it cannot be pressed.
    static bool pressed(Stage &stage, const QString &name)
    {
        const auto node = usable(stage, name);
        return node && !node->state.disabled && pressByEar(stage, name)
            && !stage.world.encryption.setups.isEmpty();
    }
};

QTEST_MAIN(WindowSecurityTest)
#include "tst_window_security.moc"
