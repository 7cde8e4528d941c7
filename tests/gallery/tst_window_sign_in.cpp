// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// Signing in, and what stands in its way, as a person does it with keys or a screen reader.
class WindowSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void signsInByKeys()
    {
        Stage stage({});
        QVERIFY(stage.open());
        QCOMPARE(focusName(stage), u"Adresse ou serveur"_s);

        stage.type(u"@lea.martin:prefecture.exemple"_s);
        stage.press(Qt::Key_Return);
        QCOMPARE(focusName(stage), u"Mot de passe"_s);
        stage.type(u"sésame"_s);
        stage.press(Qt::Key_Return);

        QCOMPARE(stage.world.login.lastPassword, QByteArray("sésame"));
        QCOMPARE(stage.app().session()->phase(), SessionModel::SignedIn);
    }

    void aWrongPasswordIsSaidAndTypedAnew()
    {
        Stage stage({});
        stage.world.login.login = fail(ErrorKind::Forbidden, u"M_FORBIDDEN"_s);
        QVERIFY(stage.open());
        stage.type(u"@lea.martin:prefecture.exemple"_s);
        stage.press(Qt::Key_Return);
        stage.type(u"faux"_s);
        stage.press(Qt::Key_Return);

        QVERIFY(says(stage, u"(M_FORBIDDEN)"_s));
        QCOMPARE(focusName(stage), u"Mot de passe"_s);
        stage.world.login.login = {};
        stage.type(u"juste"_s);
        stage.press(Qt::Key_Return);
        QCOMPARE(stage.world.login.lastPassword, QByteArray("juste")); // instead of the wrong one
        QCOMPARE(stage.app().session()->phase(), SessionModel::SignedIn);
    }

    void whatWasTypedStaysWhenItFails()
    {
        Stage stage({});
        stage.world.login.server = fail(ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s);
        QVERIFY(stage.open());
        stage.type(u"lea@inconnu.invalid"_s);
        stage.press(Qt::Key_Return);

        QVERIFY(says(stage, u"(PARVIS_HOST_NOT_FOUND)"_s));
        QCOMPARE(typed(stage), u"lea@inconnu.invalid"_s);
        QVERIFY(pressByEar(stage, u"English"_s));
        QCOMPARE(typed(stage), u"lea@inconnu.invalid"_s);
    }

    void theSuggestedServerIsThereToBeChanged()
    {
        Stage stage({});
        stage.world.login.rulesAnswer.suggestedServer = u"exemple.gouv"_s;
        QVERIFY(stage.open());
        QCOMPARE(typed(stage), u"exemple.gouv"_s);
        stage.type(u"x"_s);
        QVERIFY(pressByEar(stage, u"English"_s));
        QVERIFY(typed(stage) != "exemple.gouv"_L1);
    }

    void anErrorOnShowFollowsTheLanguage()
    {
        Stage stage({});
        stage.world.login.server = fail(ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s);
        QVERIFY(stage.open());
        stage.type(u"x"_s);
        stage.press(Qt::Key_Return);
        QVERIFY(says(stage, u"Vérifiez le réseau"_s));

        QVERIFY(pressByEar(stage, u"English"_s));

        QVERIFY(!says(stage, u"Vérifiez"_s));
        QVERIFY(says(stage, u"Check the network"_s));
    }

    void aProblemKeepsItsReasonInAnotherLanguage()
    {
        Stage stage({});
        stage.world.login.stored.userId = UserId(u"@lea:x"_s);
        stage.world.login.stored.state = StoredState::KeychainLocked;
        stage.world.login.stored.problem = Error{ErrorKind::Keychain, u"PARVIS_KEYCHAIN_LOCKED"_s, {}, 0};
        QVERIFY(stage.open());
        QVERIFY(says(stage, u"(PARVIS_KEYCHAIN_LOCKED)"_s));

        stage.app().settings()->setLanguage(u"en"_s);
        stage.settle();

        QVERIFY(says(stage, u"(PARVIS_KEYCHAIN_LOCKED)"_s));
    }

    void aScreenReaderDoesNotPressWhatIsDisabled()
    {
        Stage stage({});
        stage.world.login.stored.userId = UserId(u"@lea:x"_s);
        stage.world.login.stored.state = StoredState::KeychainEmpty;
        QVERIFY(stage.open());
        QVERIFY(pressByEar(stage, u"Repartir de zéro sans"_s));
        QVERIFY(says(stage, u"J’ai compris"_s));
        const auto button = usable(stage, u"Repartir de zéro"_s);
        QVERIFY(button);
        QCOMPARE(button->description, u"Indisponible pour le moment"_s);

        QVERIFY(pressByEar(stage, u"Repartir de zéro"_s));
        QCOMPARE(stage.world.login.startOvers, 0);
        QVERIFY(says(stage, u"J’ai compris"_s));

        QVERIFY(pressByEar(stage, u"J’ai compris"_s));
        QVERIFY(pressByEar(stage, u"Repartir de zéro"_s)); // which it no longer is
        QCOMPARE(stage.world.login.startOvers, 1);
    }

    void aFixedLanguageSaysSo()
    {
        Stage stage({});
        auto settings = stage.world.settings.settings.get();
        settings.language.source = SettingSource::Mandatory;
        stage.world.settings.settings.set(settings);
        QVERIFY(stage.open());

        QVERIFY(says(stage, u"Fixé par votre administration"_s));
        const auto english = usable(stage, u"English"_s);
        QVERIFY(english);
        QCOMPARE(english->description, u"Indisponible pour le moment"_s);
        QVERIFY(pressByEar(stage, u"English"_s));
        QVERIFY(says(stage, u"Bienvenue"_s));
    }

private:
    static QString typed(Stage &stage)
    {
        QList<QQuickItem *> all{stage.window()->contentItem()};
        while (!all.isEmpty()) {
            auto *item = all.takeFirst();
            if (item->isVisible() && item->inherits("QQuickTextField"))
                return item->property("text").toString();
            all += item->childItems();
        }
        return {};
    }
};

QTEST_MAIN(WindowSignInTest)
#include "tst_window_sign_in.moc"
