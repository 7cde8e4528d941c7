// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"
#include "qr/qr_picture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;
using State = VerificationInfo::State;

/// Verifications as the one dialog shows them, in both roles.
class VerificationModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<SampleWorld>();
        m_world->signIn();
        m_app = std::make_unique<AppModel>(m_world->ports(), m_world->clock);
    }

    void cleanup()
    {
        m_app.reset();
        m_world.reset();
    }

    void anOwnDeviceIsAsked()
    {
        model().verifyOwn(u"MOBILE"_s);
        QCOMPARE(port().requested, QStringList{u"|MOBILE|"_s});
        QVERIFY(model().showing());
        QCOMPARE(model().step(), VerificationModel::AwaitOther);
        QVERIFY(model().ownDevice());
        QCOMPARE(model().partner(), u"Téléphone de service"_s);
    }

    void aPersonIsAskedInTheirDirectConversation()
    {
        m_world->rooms.createAnswer = SampleWorld::directRoom();
        model().verifyPerson(claire(), u"Claire Moreau"_s);
        QCOMPARE(m_world->rooms.created.size(), 1);
        QCOMPARE(m_world->rooms.created.first().kind, RoomKind::Direct);
        QCOMPARE(port().requested, QStringList{claire() + u"||"_s + SampleWorld::directRoom().toString()});
        QCOMPARE(model().partner(), u"Claire Moreau"_s);
        QVERIFY(!model().ownDevice());
    }

    void whoAskedBeforeTheAccountWasKnownHasANameToo()
    {
        m_app.reset();
        m_world = std::make_unique<SampleWorld>();
        port().put(person(u"t1"_s, State::Requested));
        m_world->signIn();
        m_app = std::make_unique<AppModel>(m_world->ports(), m_world->clock);
        QVERIFY(model().bannerText().contains("Claire Moreau"_L1));
    }

    void anEndIsAlarmingWhereSomebodyMayStandBetween_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("alarms");
        QTest::newRow("pictures") << u"m.mismatched_sas"_s << true;
        QTest::newRow("promise") << u"m.mismatched_commitment"_s << true;
        QTest::newRow("keys") << u"m.key_mismatch"_s << true;
        QTest::newRow("person") << u"m.user_mismatch"_s << true;
        QTest::newRow("ended") << u"m.user"_s << false;
        QTest::newRow("late") << u"m.timeout"_s << false;
    }

    void anEndIsAlarmingWhereSomebodyMayStandBetween()
    {
        QFETCH(QString, code);
        QFETCH(bool, alarms);
        port().put(person(u"t1"_s, State::Requested));
        model().show();
        auto info = person(u"t1"_s, State::Cancelled);
        info.cancelCode = code;
        port().put(info);
        QCOMPARE(model().step(), VerificationModel::Cancelled);
        QCOMPARE(model().alarms(), alarms);
    }

    void aRequestThatDoesNotGetOutSaysWhyAndIsTriedAgain()
    {
        port().requestAnswer = fail(ErrorKind::Usage, u"PARVIS_VERIFICATION_OTHER_NO_IDENTITY"_s);
        model().verifyPerson(claire(), u"Claire Moreau"_s);
        QCOMPARE(model().step(), VerificationModel::Failed);
        QVERIFY(model().errorText().contains("PARVIS_VERIFICATION_OTHER_NO_IDENTITY"_L1));
        port().requestAnswer = u"t2"_s;
        model().tryAgain();
        QCOMPARE(model().step(), VerificationModel::AwaitOther);
        QCOMPARE(port().requested.size(), 2);
    }

    void whoAsksIsAnsweredOnlyByThePerson()
    {
        port().put(person(u"t1"_s, State::Requested));
        QVERIFY(!model().showing()); // nobody is torn from what they type
        QVERIFY(model().bannerAsks());
        QVERIFY(model().bannerText().contains("Claire Moreau"_L1));

        model().show();

        QCOMPARE(model().step(), VerificationModel::Incoming);
        QVERIFY(model().bannerText().isEmpty());
        QVERIFY(port().calls.isEmpty());
        model().accept();
        QCOMPARE(port().calls, QStringList{u"accept t1"_s});
    }

    void declining()
    {
        port().put(person(u"t1"_s, State::Requested));
        model().show();
        model().cancel();
        QCOMPARE(port().calls, QStringList{u"cancel t1"_s});
    }

    void eachStateHasItsStepTitleAndText_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("step");
        QTest::newRow("requested") << int(State::Requested) << int(VerificationModel::Incoming);
        QTest::newRow("ready") << int(State::Ready) << int(VerificationModel::Choose);
        QTest::newRow("started") << int(State::Started) << int(VerificationModel::Preparing);
        QTest::newRow("comparing") << int(State::Comparing) << int(VerificationModel::Compare);
        QTest::newRow("scanned") << int(State::Scanned) << int(VerificationModel::ConfirmScan);
        QTest::newRow("waiting") << int(State::Waiting) << int(VerificationModel::Waiting);
        QTest::newRow("done") << int(State::Done) << int(VerificationModel::Done);
        QTest::newRow("cancelled") << int(State::Cancelled) << int(VerificationModel::Cancelled);
        QTest::newRow("passive") << int(State::Passive) << int(VerificationModel::Elsewhere);
    }

    void eachStateHasItsStepTitleAndText()
    {
        QFETCH(int, state);
        shown(State(state));
        QTEST(int(model().step()), "step");
        QVERIFY(!model().title().isEmpty());
        QVERIFY(!model().text().isEmpty());
    }

    void emojiAreComparedAndConfirmed()
    {
        auto info = shown(State::Comparing);
        info.emoji = {{u"🐶"_s, u"Dog"_s, u"Chien"_s}};
        port().put(info);
        QLocale::setDefault(QLocale(QLocale::French));
        QCOMPARE(model().emojiNames().first(), u"Chien"_s);
        QLocale::setDefault(QLocale(QLocale::English));
        QCOMPARE(model().emojiNames().first(), u"Dog"_s);

        model().confirm();
        QCOMPARE(port().calls, QStringList{u"confirm t1"_s});
    }

    void whatDiffersIsSaid()
    {
        shown(State::Comparing);
        model().mismatch();
        QCOMPARE(port().calls, QStringList{u"mismatch t1"_s});
    }

    void aScanThatTheOtherDoesNotShowEndsIt()
    {
        shown(State::Scanned);
        model().mismatch();
        QCOMPARE(port().calls, QStringList{u"cancel t1"_s});
    }

    void nothingIsConfirmedInAnotherStep()
    {
        shown(State::Ready);
        model().confirm();
        model().mismatch();
        QVERIFY(port().calls.isEmpty());
    }

    void ourCodeIsDrawnAndGoesWithItsStep()
    {
        auto info = shown(State::Ready);
        info.canShow = true;
        port().put(info);
        model().showCode();
        QCOMPARE(model().step(), VerificationModel::ShowCode);
        QVERIFY(!model().picture().isNull());
        const auto big = model().picture().scaled(model().picture().size() * 6);
        QCOMPARE(*qr::read(big), *port().qrAnswer);
        info.state = State::Scanned;
        port().put(info);
        QCOMPARE(model().step(), VerificationModel::ConfirmScan);
        QVERIFY(model().picture().isNull());
    }

    void theirCodeIsReadFromAFileAndFromTheClipboard()
    {
        auto info = shown(State::Ready);
        info.canScan = true;
        port().put(info);
        const QByteArray bytes("MATRIX\x02\x00\0\x02xy\0\xff", 14);
        const auto picture = qr::draw(bytes)->scaled(300, 300);
        const QTemporaryDir folder;
        QVERIFY(picture.save(folder.filePath(u"code.png"_s)));
        model().chooseRead();
        model().readFile(folder.filePath(u"code.png"_s));
        QTRY_COMPARE(port().scanned, bytes);

        port().scanned.clear();
        QTRY_VERIFY(!model().busy());
        QGuiApplication::clipboard()->setImage(picture);
        model().readClipboard();
        QTRY_COMPARE(port().scanned, bytes);
    }

    void whatIsNoCodeSaysSoAndLeavesAnotherTry()
    {
        shown(State::Ready);
        model().chooseRead();
        model().readFile(u"/nowhere.png"_s);
        QTRY_VERIFY(model().errorText().contains("PARVIS_QR_NO_PICTURE"_L1));
        QGuiApplication::clipboard()->setText(u"texte"_s);
        model().readClipboard();
        QTRY_VERIFY(model().errorText().contains("PARVIS_QR_CLIPBOARD_EMPTY"_L1));
        QCOMPARE(model().step(), VerificationModel::ReadCode);
        QVERIFY(port().scanned.isEmpty());
    }

    void closingLosesNothing()
    {
        shown(State::Ready);
        model().hide();
        QVERIFY(!model().showing());
        QVERIFY(!model().bannerText().isEmpty());
        QVERIFY(!model().bannerAsks());
        QVERIFY(port().calls.isEmpty());
        model().show();
        QCOMPARE(model().step(), VerificationModel::Choose);
    }

    void theEndOfWhatWasSeenIsToldThoughItIsClosed()
    {
        auto info = shown(State::Ready);
        model().hide();
        info.state = State::Cancelled;
        info.cancelCode = u"m.timeout"_s;
        port().put(info);
        QVERIFY(!model().bannerText().isEmpty());
        model().show();
        QCOMPARE(model().step(), VerificationModel::Cancelled);
        model().hide();
        QVERIFY(model().bannerText().isEmpty());
    }

    void whatEndedBeforeItWasSeenIsNotTold()
    {
        port().put(person(u"t1"_s, State::Requested));
        auto info = person(u"t1"_s, State::Cancelled);
        info.cancelCode = u"m.timeout"_s;
        port().put(info);
        QVERIFY(model().bannerText().isEmpty());
        model().show();
        QVERIFY(!model().showing());
    }

    void theNextOneFollows()
    {
        auto first = shown(State::Comparing);
        port().put(person(u"t2"_s, State::Requested));
        QCOMPARE(model().more(), 1);
        QCOMPARE(model().step(), VerificationModel::Compare); // what is done stays under the hands
        first.state = State::Done;
        port().put(first);
        QCOMPARE(model().step(), VerificationModel::Done);

        model().hide();

        QVERIFY(model().showing());
        QCOMPARE(model().step(), VerificationModel::Incoming);
        QCOMPARE(model().more(), 0);
    }

    void oneThatWasCancelledIsTriedAgain()
    {
        auto info = shown(State::Cancelled);
        QVERIFY(model().canTryAgain());
        m_world->rooms.createAnswer = SampleWorld::directRoom();
        port().requestAnswer = u"t2"_s;
        model().tryAgain();
        QCOMPARE(port().requested.size(), 1);
        QCOMPARE(model().step(), VerificationModel::AwaitOther);
    }

    void whatIsDoneIsToldToTheOthersOnce()
    {
        const QSignalSpy finished(&model(), &VerificationModel::finished);
        auto info = shown(State::Comparing);
        info.state = State::Done;
        port().put(info);
        port().put(person(u"t2"_s, State::Requested));
        QCOMPARE(finished.size(), 1);
    }

    void aFailureKeepsTheStep()
    {
        shown(State::Comparing);
        port().answer = fail(ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s);
        model().confirm();
        QCOMPARE(model().step(), VerificationModel::Compare);
        QVERIFY(!model().errorText().isEmpty() && !model().busy());
    }

    void anotherAccountSeesNothingOfIt()
    {
        shown(State::Comparing);
        m_world->account.session.set({});
        QVERIFY(!model().showing());
    }

private:
    static QString claire() { return u"@claire:ecologie.exemple"_s; }

    static VerificationInfo person(const QString &txn, State state)
    {
        VerificationInfo info;
        info.txn = txn;
        info.user = UserId(claire());
        info.room = SampleWorld::directRoom();
        info.state = state;
        return info;
    }

    /// Asked, looked at, then in this state.
    VerificationInfo shown(State state)
    {
        port().put(person(u"t1"_s, State::Requested));
        model().show();
        const auto info = person(u"t1"_s, state);
        port().put(info);
        return info;
    }

    VerificationModel &model() { return *m_app->security()->verification(); }
    FakeVerificationPort &port() { return m_world->verifications; }

    std::unique_ptr<SampleWorld> m_world;
    std::unique_ptr<AppModel> m_app;
};

QTEST_MAIN(VerificationModelTest)
#include "tst_verification_model.moc"
