// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"
#include "models/reader_sentences.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;
using Exclusion = ReaderExclusion;

namespace {

ReaderDevice device(const QString &name, DeviceTrust trust, Exclusion exclusion = Exclusion::None)
{
    return {.deviceId = DeviceId(name.toUpper()), .name = name, .trust = trust, .exclusion = exclusion};
}

ReaderPerson person(const QString &name, const QList<ReaderDevice> &devices)
{
    return {.userId = UserId(u'@' + name.toLower() + u":x"_s),
            .name = name,
            .own = false,
            .identity = {.known = true},
            .devices = devices};
}

/// Me, Anna who reads everywhere, Bruno who cannot, Carole who reads on one of two devices.
RoomReaders someExcluded()
{
    auto me = person(u"Me"_s, {device(u"Phone"_s, DeviceTrust::Verified)});
    me.own = true;
    return {.people = {me, person(u"Anna"_s, {device(u"a1"_s, DeviceTrust::Signed)}),
                       person(u"Bruno"_s, {device(u"b1"_s, DeviceTrust::Unsigned, Exclusion::Unsigned)}),
                       person(u"Carole"_s,
                              {device(u"c1"_s, DeviceTrust::Signed),
                               device(u"c2"_s, DeviceTrust::Unsigned, Exclusion::Unsigned)})},
            .counts = {.people = 1, .devices = 2, .notSigned = 2},
            .rule = ReadersRule::SignedDevices};
}

} // namespace

/// Who can read what is sent to the open conversation, as the window tells it.
class RoomReadersModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<SampleWorld>();
        m_world->signIn();
        m_app = std::make_unique<AppModel>(m_world->ports(), m_world->clock);
        m_tester = std::make_unique<QAbstractItemModelTester>(&model());
    }
    void cleanup()
    {
        m_tester.reset();
        m_app.reset();
        m_world.reset();
    }

    void nobodyIsAskedAboutWhileAllReadAndNobodyLooks()
    {
        open();
        QCOMPARE(m_world->encryption.readersReads, 0);
        QVERIFY(model().barText().isEmpty());
    }

    void whoCannotReadIsNamedBeforeOneWrites()
    {
        set(someExcluded());
        open();
        QCOMPARE(m_world->encryption.readersReads, 1);
        QVERIFY(model().barWarns());
        QVERIFY2(model().barText().contains("Bruno"_L1), qPrintable(model().barText()));
        QVERIFY(!model().barText().contains("Carole"_L1));
    }

    void devicesAloneAreSaidMildlyAndCanBePutOffUntilOthersCount()
    {
        auto readers = someExcluded();
        readers.people.removeAt(2);
        readers.counts = {.devices = 1, .notSigned = 1};
        set(readers);
        open();
        QVERIFY(!model().barWarns());
        QVERIFY(model().barText().contains("Carole"_L1));

        model().putOff();
        QVERIFY(model().barText().isEmpty());
        QVERIFY(!model().excludedText().isEmpty()); // the page says it all the same

        readers.counts.devices = 2;
        set(readers);
        QVERIFY(!model().barText().isEmpty());
    }

    void whereNobodyMayWriteNothingIsSaid()
    {
        auto header = m_world->timeline.conversation(SampleWorld::crisisRoom()).header.get();
        header.cannotSend = RoomHeader::CannotSend::ReadOnly;
        m_world->timeline.conversation(SampleWorld::crisisRoom()).header.set(header);
        set(someExcluded());
        open();
        QVERIFY(model().barText().isEmpty());
        m_app->openRoom(SampleWorld::readOnlyRoom().toString()); // and one that is not encrypted
        QVERIFY(model().barText().isEmpty() && model().excludedText().isEmpty());
    }

    void whoCannotReadStandsFirstWithTheReason()
    {
        set(someExcluded());
        open();
        QCOMPARE(names(),
                 (QStringList{u"Bruno"_s, u"b1"_s, u"Carole"_s, u"c2"_s, u"c1"_s, u"You"_s, u"Phone"_s,
                              u"Anna"_s, u"a1"_s}));
        QCOMPARE(role(0, RoomReadersModel::IsDeviceRole).toBool(), false);
        QCOMPARE(role(1, RoomReadersModel::IsDeviceRole).toBool(), true);
        QCOMPARE(role(1, RoomReadersModel::LevelRole).toInt(), int(RoomReadersModel::Caution));
        QVERIFY(role(1, RoomReadersModel::LineRole).toString().contains("owner"_L1));
        QVERIFY(role(1, RoomReadersModel::SpokenRole).toString().contains("Bruno, b1"_L1));
        QVERIFY2(role(2, RoomReadersModel::LineRole).toString().contains("1 of 2"_L1),
                 qPrintable(role(2, RoomReadersModel::LineRole).toString()));
    }

    void ofThePersonThisDeviceCountsToo()
    {
        auto me = person(u"Me"_s, {device(u"Phone"_s, DeviceTrust::Unsigned, Exclusion::Unsigned)});
        me.own = true;
        QVERIFY(!ReaderSentences::isExcluded(me));
        me.devices += device(u"Tablet"_s, DeviceTrust::Verified);
        QVERIFY(ReaderSentences::person(me).contains("2 of 3"_L1));
        const ReaderCounts one{.devices = 1, .notSigned = 1};
        QVERIFY(ReaderSentences::excluded(one, {me}).contains("your devices"_L1));

        // On a new device: what is to be done.
        auto fresh = person(u"Me"_s, {device(u"Phone"_s, DeviceTrust::Signed, Exclusion::Unverified)});
        fresh.own = true;
        QVERIFY(ReaderSentences::excluded(one, {fresh}).contains("once this one is verified"_L1));
    }

    void eachReasonHasItsWords()
    {
        QSet<QString> words;
        for (const auto why : {Exclusion::Blocked, Exclusion::Unsigned, Exclusion::Unverified})
            words += ReaderSentences::device(device(u"x"_s, DeviceTrust::Unsigned, why), false);
        for (const auto trust :
             {DeviceTrust::Verified, DeviceTrust::Signed, DeviceTrust::Unsigned, DeviceTrust::Violated})
            words += ReaderSentences::device(device(u"x"_s, trust), false);
        QCOMPARE(words.size(), 7);
        QVERIFY(!words.contains(QString()));
    }

    void whoReadsOnAnUnsignedDeviceIsSaidWhileTheRuleAllowsIt()
    {
        auto readers = someExcluded();
        readers.people[2].devices[0].exclusion = readers.people[3].devices[1].exclusion = Exclusion::None;
        readers.rule = ReadersRule::AllDevices;
        readers.counts = {.readingUnsigned = 2, .readingUnsignedPeople = 2};
        set(readers);
        open();
        QVERIFY(model().barText().isEmpty());
        model().setShown(true);
        QVERIFY(model().unsignedText().contains("Bruno"_L1) && model().unsignedText().contains("Carole"_L1));
        QVERIFY(!model().unsignedText().contains("Anna"_L1));
    }

    void theWishForTheRoomHolds()
    {
        set(someExcluded());
        open();
        model().setOnlyVerified(true);
        QVERIFY(m_world->encryption.roomReaders[SampleWorld::crisisRoom()].onlyVerified);
        QVERIFY(model().onlyVerified() && !model().onlyVerifiedEverywhere());

        m_world->encryption.wishAnswer = fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s);
        model().setOnlyVerified(false);
        QVERIFY(model().onlyVerified());
        QVERIFY(model().errorText().contains("PARVIS_DISK_FULL"_L1));
    }

    void theWishForAllHoldsAndTheAdministrationMayFixIt()
    {
        auto &encryption = *m_app->security()->encryption();
        QVERIFY(!encryption.onlyVerified());
        encryption.setOnlyVerified(true);
        QVERIFY(m_world->encryption.state.onlyVerified && encryption.onlyVerified());
        m_world->encryption.wishAnswer = fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s);
        encryption.setOnlyVerified(false);
        QVERIFY(encryption.onlyVerified() && !encryption.onlyVerifiedLocked());
        QVERIFY(encryption.errorText().contains("PARVIS_DISK_FULL"_L1));

        m_world->encryption.state.onlyVerified = false;
        m_world->encryption.state.policyRule = ReadersRule::VerifiedDevices;
        encryption.refresh();
        QVERIFY(encryption.onlyVerified() && encryption.onlyVerifiedLocked());
    }

    void newsOfTheKeysAreReadWithoutWaiting()
    {
        m_world->encryption.state.keysToBackUp = 7;
        m_world->encryption.statusNews.set(m_world->encryption.state);
        QVERIFY(m_app->security()->encryption()->backupText().contains(u'7'));
    }

    void manyNamesAreCounted()
    {
        ReaderCounts counts{.people = 5, .devices = 5};
        QList<ReaderPerson> people;
        for (const auto *name : {u"A", u"B", u"C", u"D", u"E"})
            people += person(QString::fromUtf16(name),
                             {device(u"x"_s, DeviceTrust::Unsigned, Exclusion::Unsigned)});
        const auto sentence = ReaderSentences::excluded(counts, people);
        QVERIFY2(sentence.contains("A, B, C and 2"_L1), qPrintable(sentence));
        QVERIFY(!ReaderSentences::excluded(counts, {}).contains("A,"_L1)); // not known yet: a number
    }

private:
    [[nodiscard]] RoomReadersModel &model() const { return *m_app->security()->readers(); }
    void open() const { m_app->openRoom(SampleWorld::crisisRoom().toString()); }
    void set(const RoomReaders &readers) const
    {
        m_world->encryption.roomReaders[SampleWorld::crisisRoom()] = readers;
        auto &room = m_world->timeline.conversation(SampleWorld::crisisRoom());
        auto header = room.header.get();
        header.readers = readers.counts;
        room.header.set(header);
    }
    [[nodiscard]] QVariant role(int row, int role) const { return model().data(model().index(row), role); }
    [[nodiscard]] QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < model().rowCount(); ++row)
            all += role(row, RoomReadersModel::NameRole).toString();
        return all;
    }

    std::unique_ptr<SampleWorld> m_world;
    std::unique_ptr<AppModel> m_app;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(RoomReadersModelTest)
#include "tst_room_readers_model.moc"
