// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"
#include "models/sentences.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// Devices, people, and identities that are others than before.
class TrustModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownDevicesBeginWithThisOne()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);
        auto &devices = *app.security()->devices();
        const QAbstractItemModelTester tester(&devices);

        QCOMPARE(devices.rowCount(), 3);
        QVERIFY(role(devices, 0, DeviceListModel::ThisDeviceRole).toBool());
        QCOMPARE(role(devices, 1, DeviceListModel::NameRole).toString(), u"Ancien portable"_s);
        QVERIFY(role(devices, 1, DeviceListModel::VerifiableRole).toBool());
        QVERIFY(!role(devices, 0, DeviceListModel::VerifiableRole).toBool());
        QVERIFY(!role(devices, 2, DeviceListModel::VerifiableRole).toBool());
        QVERIFY(!role(devices, 1, DeviceListModel::SeenTextRole).toString().isEmpty());
    }

    void eachTrustHasItsWords()
    {
        SampleWorld world;
        const DeviceListModel devices(world.encryption);
        QSet<QString> words;
        for (const auto trust : {DeviceTrust::Verified, DeviceTrust::Signed, DeviceTrust::Unsigned,
                                 DeviceTrust::Blocked, DeviceTrust::Violated})
            words += devices.trustText(trust);
        QCOMPARE(words.size(), 5);
        QVERIFY(!words.contains(QString()));
    }

    void aDeviceWithoutANameIsCalledByItsId()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);
        app.security()->person()->open(claire().toString(), u"Claire Moreau"_s);
        auto &devices = *app.security()->person()->devices();
        QCOMPARE(role(devices, 0, DeviceListModel::NameRole).toString(), u"CLAIREVIEUX"_s);
        QVERIFY(!role(devices, 0, DeviceListModel::VerifiableRole)
                     .toBool()); // only one's own are verified singly
    }

    void eachShieldHasItsSentence()
    {
        QSet<QString> sentences;
        for (const auto reason :
             {ShieldReason::UnsignedDevice, ShieldReason::UnknownDevice, ShieldReason::UnverifiedPerson,
              ShieldReason::IdentityChanged, ShieldReason::KeyFromElsewhere, ShieldReason::SentInClear})
            sentences += Sentences::shield(reason);
        QCOMPARE(sentences.size(), 6);
        QVERIFY(!sentences.contains(QString()));
        QVERIFY(Sentences::shield(ShieldReason::None).isEmpty());
    }

    void aPersonStandsAsTheirIdentityDoes_data()
    {
        QTest::addColumn<PersonIdentity>("identity");
        QTest::addColumn<int>("standing");
        QTest::addColumn<bool>("canVerify");
        QTest::newRow("none") << PersonIdentity{} << int(PersonModel::NoIdentity) << false;
        QTest::newRow("known") << PersonIdentity{.known = true} << int(PersonModel::NotVerified) << true;
        QTest::newRow("verified") << PersonIdentity{.known = true, .verified = true}
                                  << int(PersonModel::Verified) << false;
        QTest::newRow("changed") << PersonIdentity{.known = true, .changed = true}
                                 << int(PersonModel::Changed) << true;
        QTest::newRow("violated") << PersonIdentity{.known = true, .violated = true, .changed = true}
                                  << int(PersonModel::Violated) << true;
    }

    void aPersonStandsAsTheirIdentityDoes()
    {
        QFETCH(PersonIdentity, identity);
        SampleWorld world;
        world.signIn();
        world.encryption.identities[claire()] = identity;
        AppModel app(world.ports(), world.clock);
        auto &person = *app.security()->person();

        person.open(claire().toString(), u"Claire Moreau"_s);

        QTEST(int(person.standing()), "standing");
        QTEST(person.canVerify(), "canVerify");
        QVERIFY(!person.standingText().isEmpty());
        QCOMPARE(person.initials(), u"CM"_s);
    }

    void acceptingAChangeIsToldOnce()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.identities[claire()] = {.known = true, .violated = true};
        AppModel app(world.ports(), world.clock);
        auto &person = *app.security()->person();
        person.open(claire().toString(), u"Claire Moreau"_s);

        person.accept();

        QCOMPARE(world.encryption.accepted, QList<UserId>{claire()});
        QCOMPARE(person.standing(), PersonModel::NotVerified);
    }

    void aFailureToAcceptIsSaid()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.identities[claire()] = {.known = true, .violated = true};
        world.encryption.acceptAnswer = fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s);
        AppModel app(world.ports(), world.clock);
        auto &person = *app.security()->person();
        person.open(claire().toString(), u"Claire Moreau"_s);
        person.accept();
        QVERIFY(person.errorText().contains("PARVIS_DISK_FULL"_L1));
        QCOMPARE(person.standing(), PersonModel::Violated);
    }

    void theOpenConversationNamesWhoseIdentityChanged()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.identities[UserId(u"@samir:prefecture.exemple"_s)] = {.known = true,
                                                                               .changed = true};
        world.encryption.identities[claire()] = {.known = true, .violated = true};
        AppModel app(world.ports(), world.clock);
        auto &changes = *app.security()->identityChanges();
        QVERIFY(changes.userId().isEmpty());

        app.openRoom(SampleWorld::crisisRoom().toString());

        QCOMPARE(changes.userId(), claire().toString()); // nothing is sent: this comes first
        QVERIFY(changes.violated());
        QVERIFY(changes.text().contains("Claire Moreau"_L1));
        changes.accept();
        QCOMPARE(world.encryption.accepted, QList<UserId>{claire()});
        if (!changes.userId().isEmpty())
            QVERIFY(!changes.violated());
        app.openRoom({});
        QVERIFY(changes.userId().isEmpty());
    }

    void aRoomThatIsNotEncryptedAsksAboutNobody()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.identities[claire()] = {.known = true, .violated = true};
        AppModel app(world.ports(), world.clock);
        app.openRoom(SampleWorld::readOnlyRoom().toString());
        QVERIFY(app.security()->identityChanges()->userId().isEmpty());
        QVERIFY(world.encryption.asked.isEmpty());
    }

    void whoIsNoLongerVerifiedBecauseWeChangedHasNotChanged()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);
        auto &changes = *app.security()->identityChanges();
        auto &person = *app.security()->person();
        app.openRoom(SampleWorld::crisisRoom().toString());
        QStringList banners;
        QStringList standings;
        for (const bool changed : {true, false}) {
            world.encryption.identities[claire()] = {.known = true, .violated = true, .changed = changed};
            changes.refresh();
            person.open(claire().toString(), u"Claire Moreau"_s);
            QVERIFY(changes.violated() && person.canAccept());
            QCOMPARE(person.lapsed(), !changed);
            QVERIFY(changes.text().contains("Claire Moreau"_L1));
            banners += changes.text();
            standings += person.standingText();
        }
        QVERIFY(banners[0] != banners[1]);
        QVERIFY(standings[0] != standings[1]);
        QVERIFY(banners[1].contains("your own account"_L1));
        QVERIFY(standings[1].contains("your own account"_L1));
    }

    void anIdentityOfOursThatChangedIsVerifiedAndNotAccepted()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);
        auto &person = *app.security()->person();
        const UserId own(app.session()->userId());
        world.encryption.identities[own] = {.known = true, .violated = true, .changed = true};

        person.open(own.toString(), {});

        QCOMPARE(person.standing(), PersonModel::Violated);
        QVERIFY(!person.canAccept() && !person.canVerify());
        QVERIFY(person.standingText().startsWith("Your account"_L1));
        person.accept();
        QVERIFY(world.encryption.accepted.isEmpty());
    }

    void whoBlocksIsNamedAmongMoreThanAreAskedAbout()
    {
        SampleWorld world;
        world.signIn();
        crowd(world);
        const UserId blocking(u"@p250:x"_s);
        RoomReaders readers;
        const auto reads = [&readers](const QString &user, const PersonIdentity &identity) {
            ReaderPerson person;
            person.userId = UserId(user);
            person.name = u"Dora"_s;
            person.own = user == u"@me:x"_s;
            person.identity = identity;
            readers.people += person;
        };
        reads(u"@me:x"_s, {.violated = true});
        reads(u"@p7:x"_s, {.changed = true});
        reads(blocking.toString(), {.violated = true});
        world.encryption.roomReaders[SampleWorld::crisisRoom()] = readers;
        AppModel app(world.ports(), world.clock);
        auto &changes = *app.security()->identityChanges();

        app.openRoom(SampleWorld::crisisRoom().toString());
        QVERIFY(changes.userId().isEmpty());
        QCOMPARE(world.encryption.readersReads, 0); // nobody blocks: nothing is asked
        changes.setViolated(1);

        QCOMPARE(changes.userId(), blocking.toString());
        QVERIFY(changes.violated());
        QVERIFY(changes.text().contains("Dora"_L1));
    }

    void notMorePeopleAreAskedAboutThanIsSound()
    {
        SampleWorld world;
        world.signIn();
        crowd(world);
        AppModel app(world.ports(), world.clock);
        app.openRoom(SampleWorld::crisisRoom().toString());
        QCOMPARE(QSet<UserId>(world.encryption.asked.cbegin(), world.encryption.asked.cend()).size(),
                 IdentityChangesModel::mostPeople);
    }

private:
    static void crowd(SampleWorld &world)
    {
        world.rooms.memberList.clear();
        for (int i = 0; i < 300; ++i) {
            MemberCard member;
            member.userId = UserId(u"@p%1:x"_s.arg(i));
            world.rooms.memberList += member;
        }
    }
    static UserId claire() { return UserId(u"@claire:ecologie.exemple"_s); }

    static QVariant role(const DeviceListModel &model, int row, int role)
    {
        return model.data(model.index(row), role);
    }
};

QTEST_MAIN(TrustModelsTest)
#include "tst_trust_models.moc"
