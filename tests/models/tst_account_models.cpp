// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class AccountModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAtTheDoorWhereNobodyIsStored()
    {
        SampleWorld world;
        AppModel app(world.ports(), world.clock);
        QCOMPARE(app.session()->phase(), SessionModel::Starting);

        app.start();

        QCOMPARE(app.session()->phase(), SessionModel::SignedOut);
    }

    void opensWhatIsStored()
    {
        SampleWorld world;
        world.login.stored.userId = UserId(u"@lea:x"_s);
        AppModel app(world.ports(), world.clock);

        app.start();

        QCOMPARE(app.session()->phase(), SessionModel::SignedIn);
        QCOMPARE(app.session()->userId(), u"@lea:x"_s);
        QCOMPARE(world.account.starts, 1);
    }

    void aProblemOffersItsChoices_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("passphrase");
        QTest::addColumn<bool>("password");
        QTest::addColumn<bool>("startOver");
        QTest::newRow("absent") << int(StoredState::KeychainAbsent) << false << false << true;
        QTest::newRow("locked") << int(StoredState::KeychainLocked) << false << false << false;
        QTest::newRow("empty") << int(StoredState::KeychainEmpty) << false << false << true;
        QTest::newRow("wrong key") << int(StoredState::WrongKey) << false << false << true;
        QTest::newRow("passphrase") << int(StoredState::NeedsPassphrase) << true << false << true;
        QTest::newRow("damaged") << int(StoredState::Damaged) << false << false << true;
        QTest::newRow("newer") << int(StoredState::NewerVersion) << false << false << false;
        QTest::newRow("signed out") << int(StoredState::SignedOut) << false << true << false;
    }

    void aProblemOffersItsChoices()
    {
        QFETCH(int, state);
        SampleWorld world;
        world.login.stored.userId = UserId(u"@lea:x"_s);
        world.login.stored.state = StoredState(state);
        AppModel app(world.ports(), world.clock);
        app.start();

        QCOMPARE(app.session()->phase(), SessionModel::Problem);
        QTEST(app.session()->asksPassphrase(), "passphrase");
        QTEST(app.session()->asksPassword(), "password");
        QTEST(app.session()->offersStartOver(), "startOver");
        QCOMPARE(world.login.startOvers, 0); // never by itself
    }

    void aPassphraseOpens()
    {
        SampleWorld world;
        world.login.stored.userId = UserId(u"@lea:x"_s);
        world.login.stored.state = StoredState::NeedsPassphrase;
        AppModel app(world.ports(), world.clock);
        app.start();
        world.login.restoreError = Error{ErrorKind::Auth, u"PARVIS_WRONG_PASSPHRASE"_s, {}, 0};
        app.session()->unlock(u"faux"_s);
        QVERIFY(app.session()->errorText().contains("PARVIS_WRONG_PASSPHRASE"_L1));
        QVERIFY(app.session()->asksPassphrase());
        world.login.restoreError.reset();
        world.login.stored.state = StoredState::Ready;

        app.session()->unlock(u"la bonne"_s);

        QCOMPARE(world.login.lastPassphrase, QByteArray("la bonne"));
        QCOMPARE(app.session()->phase(), SessionModel::SignedIn);
    }

    void startingOverLeadsToTheDoor()
    {
        SampleWorld world;
        world.login.stored.userId = UserId(u"@lea:x"_s);
        world.login.stored.state = StoredState::KeychainEmpty;
        AppModel app(world.ports(), world.clock);
        app.start();

        app.session()->startOver();

        QCOMPARE(world.login.startOvers, 1);
        QCOMPARE(app.session()->phase(), SessionModel::SignedOut);
    }

    void theRoomOfLastTimeIsForgottenWithTheAccountAlone()
    {
        SampleWorld world;
        world.settings.window.room = RoomId(u"!r:x"_s);
        world.login.stored.userId = UserId(u"@lea:x"_s);
        world.login.stored.state = StoredState::KeychainEmpty;
        AppModel app(world.ports(), world.clock);
        app.start();
        app.session()->retry();
        QCOMPARE(app.session()->phase(), SessionModel::Problem);
        QCOMPARE(world.settings.window.room, RoomId(u"!r:x"_s));

        app.session()->startOver();

        QCOMPARE(world.settings.window.room, RoomId());
    }

    void whatCannotBeListedIsNotForgotten()
    {
        SampleWorld world;
        world.settings.window.room = RoomId(u"!r:x"_s);
        AppModel app(world.ports(), world.clock);

        app.start();

        QCOMPARE(app.session()->phase(), SessionModel::SignedOut);
        QCOMPARE(world.settings.window.room, RoomId(u"!r:x"_s));
    }

    void signsInInTwoSteps()
    {
        SampleWorld world;
        AppModel app(world.ports(), world.clock);
        app.start();
        auto &login = *app.login();

        login.findServer(u"  @lea.martin:prefecture.exemple "_s);
        QCOMPARE(world.login.asked.last(), u"@lea.martin:prefecture.exemple"_s);
        QCOMPARE(login.step(), LoginModel::PasswordStep);
        login.signIn(login.user(), u"sésame"_s);

        QCOMPARE(world.login.lastPassword, QByteArray("sésame"));
        QCOMPARE(app.session()->phase(), SessionModel::SignedIn);
        QCOMPARE(app.session()->displayName(), u"Léa Martin"_s);
    }

    void aServerThatIsNotFoundIsSaidInPlace()
    {
        SampleWorld world;
        world.login.server = fail(ErrorKind::Tls, u"PARVIS_TEST"_s);
        LoginModel login(world.login);
        login.findServer(u"x"_s);
        QCOMPARE(login.step(), LoginModel::ServerStep);
        QVERIFY(login.errorText().contains("certificate"_L1));
        QVERIFY(!login.busy());
    }

    void aServerWithoutPasswordsIsSaid()
    {
        SampleWorld world;
        world.login.server->flows.password = false;
        LoginModel login(world.login);
        login.findServer(u"x"_s);
        QCOMPARE(login.step(), LoginModel::ServerStep);
        QVERIFY(!login.errorText().isEmpty());
    }

    void withoutAKeychainThePersonChooses()
    {
        SampleWorld world;
        world.login.login = fail(ErrorKind::Keychain, u"PARVIS_KEYCHAIN_ABSENT"_s);
        LoginModel login(world.login);
        login.findServer(u"x"_s);
        login.signIn(u"lea"_s, u"sésame"_s);
        QCOMPARE(login.step(), LoginModel::VaultStep);
        world.login.login = {};

        login.finish(u"une longue phrase"_s);

        QCOMPARE(world.login.lastPassword, QByteArray("sésame"));
        QCOMPARE(world.login.lastPassphrase, QByteArray("une longue phrase"));
    }

    void signingOutNamesWhatIsLost()
    {
        SampleWorld world;
        world.signIn();
        world.login.preview.unsent = 2;
        world.login.preview.keysNotBackedUp = 7;
        world.login.preview.otherDevices = true;
        AppModel app(world.ports(), world.clock);
        app.openRoom(SampleWorld::crisisRoom().toString());

        app.session()->previewLogout();
        QCOMPARE(app.session()->losses().size(), 2);
        app.session()->logout();

        QCOMPARE(app.session()->phase(), SessionModel::SignedOut);
        QCOMPARE(app.openRoomId(), QString());
    }

    void signingOutOfTheOnlyDeviceSaysWhatWillBeNeeded()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);

        app.session()->previewLogout();
        QCOMPARE(app.session()->losses().size(), 1);
        const QString never = app.session()->losses().constFirst();
        world.login.preview.recoverable = true;
        app.session()->previewLogout();
        QCOMPARE(app.session()->losses().size(), 1);
        QVERIFY(app.session()->losses().constFirst() != never);
        world.login.preview.otherDevices = true;
        app.session()->previewLogout();

        QCOMPARE(app.session()->losses(), QStringList());
    }

    void aLockedSettingStays()
    {
        SampleWorld world;
        auto settings = world.settings.settings.get();
        settings.theme = {ThemeChoice::Dark, SettingSource::Mandatory};
        world.settings.settings.set(settings);
        SettingsModel model(world.settings);

        model.setTheme(SettingsModel::Light);

        QVERIFY(model.themeLocked());
        QVERIFY(model.dark());
        QVERIFY(model.errorText().contains("administration"_L1));
    }

    void theSystemDecidesWhereThePersonLetsIt()
    {
        SampleWorld world;
        SettingsModel model(world.settings);
        model.setTheme(SettingsModel::System);
        QVERIFY(!model.dark());
        world.settings.look.set({.dark = true, .reduceMotion = false});
        QVERIFY(model.dark());
    }

    void sizesStayWithinBounds()
    {
        SampleWorld world;
        world.settings.window.width = -3;
        world.settings.window.listWidth = 9000;
        SettingsModel model(world.settings);
        QCOMPARE(model.windowWidth(), 480);
        QCOMPARE(model.listWidth(), 440);
        model.setListWidth(0);
        QCOMPARE(model.listWidth(), 240);
        model.setTextScale(5000);
        QCOMPARE(model.textScale(), 200);
    }

    void theConnectionHasAReason()
    {
        SampleWorld world;
        Connection away;
        away.reason = Error{ErrorKind::Timeout, u"PARVIS_TEST"_s, {}, 0};
        world.account.connection.set(away);
        ConnectionModel model(world.account);
        QCOMPARE(model.state(), ConnectionModel::Offline);
        QVERIFY(model.reasonText().contains("PARVIS_TEST"_L1));
        model.retryNow();
        QCOMPARE(world.account.retries, 1);
    }

    void aChangeOfLanguageKeepsTheReason()
    {
        SampleWorld world;
        world.login.stored.userId = UserId(u"@lea:x"_s);
        world.login.stored.state = StoredState::KeychainLocked;
        world.login.stored.problem = Error{ErrorKind::Keychain, u"PARVIS_KEYCHAIN_LOCKED"_s, {}, 0};
        AppModel app(world.ports(), world.clock);
        app.start();
        QSignalSpy changed(app.session(), &SessionModel::changed);

        app.retranslate();

        QVERIFY(app.session()->errorText().contains("PARVIS_KEYCHAIN_LOCKED"_L1));
        QVERIFY(!changed.isEmpty());
    }

    void openingARoomMovesEveryModel()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);
        QSignalSpy changed(&app, &AppModel::openRoomChanged);

        app.openRoom(SampleWorld::crisisRoom().toString());

        QCOMPARE(changed.size(), 1);
        QCOMPARE(app.timeline()->name(), u"Cellule de crise"_s);
        QCOMPARE(world.settings.window.room, SampleWorld::crisisRoom());
    }
};

QTEST_GUILESS_MAIN(AccountModelsTest)
#include "tst_account_models.moc"
