// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What is typed where the disk refuses it, or has not answered yet.
class DraftsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<SampleWorld>();
        m_world->signIn();
        m_app = std::make_unique<AppModel>(m_world->ports(), m_world->clock);
        m_app->openRoom(m_room.toString());
    }

    void cleanup()
    {
        m_app.reset();
        m_world.reset();
    }

    void whatTheDiskRefusesComesBackWithItsRoom()
    {
        composer().setText(u"gardé, "_s);
        fillDisk();
        composer().setText(u"gardé, et refusé"_s);
        m_app->openRoom(m_other.toString());
        QCOMPARE(composer().text(), QString());

        m_app->openRoom(m_room.toString());

        QCOMPARE(composer().text(), u"gardé, et refusé"_s);
        QCOMPARE(stored(m_room), u"gardé, "_s);
    }

    void whatTheDiskRefusedIsWrittenWhenItIsWell()
    {
        fillDisk();
        composer().setText(u"ici"_s);
        m_app->openRoom(m_other.toString());
        composer().setText(u"là"_s);

        emptyDisk();

        QCOMPARE(stored(m_room), u"ici"_s);
        QCOMPARE(stored(m_other), u"là"_s);
        QCOMPARE(composer().text(), u"là"_s);
    }

    void whatTheDiskRefusedIsWrittenAtTheEnd()
    {
        fillDisk();
        composer().setText(u"ici"_s);
        m_app->openRoom(m_other.toString());
        m_world->composer.draftError.reset(); // and nobody has noticed yet

        m_app.reset();

        QCOMPARE(stored(m_room), u"ici"_s);
    }

    void aRefusedMessageOfAnotherRoomIsHeldWhereItsDraftIsRefusedToo()
    {
        composer().setText(u"refusé"_s);
        m_world->composer.holdSends = true;
        composer().send();
        m_app->openRoom(m_other.toString());
        fillDisk();
        m_world->composer.releaseSends(diskFull());

        emptyDisk();
        m_app->openRoom(m_room.toString());

        QCOMPARE(composer().text(), u"refusé"_s);
        QCOMPARE(stored(m_room), u"refusé"_s);
    }

    void whatCouldNotBeReadIsNotWrittenOver()
    {
        m_world->composer.drafts.insert(m_other, u"ancien, "_s);
        m_world->composer.draftError = Error{ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, {}, 0};
        m_app->openRoom(m_other.toString());
        m_world->composer.holdDrafts = true;
        m_world->composer.draftError.reset();

        composer().setText(u"nouveau"_s);
        QCOMPARE(stored(m_other), u"ancien, "_s);
        m_world->composer.releaseDrafts();

        QCOMPARE(composer().text(), u"ancien, nouveau"_s);
        QCOMPARE(stored(m_other), u"ancien, nouveau"_s);
    }

    void whatWasTypedOverAnUnreadDraftComesBack()
    {
        m_world->composer.drafts.insert(m_other, u"ancien, "_s);
        fillDisk();
        m_app->openRoom(m_other.toString());
        composer().setText(u"nouveau"_s);
        m_app->openRoom(m_room.toString());
        m_app->openRoom(m_other.toString());
        QCOMPARE(composer().text(), u"nouveau"_s);

        emptyDisk();

        QCOMPARE(composer().text(), u"ancien, nouveau"_s);
        QCOMPARE(stored(m_other), u"ancien, nouveau"_s);
    }

    void whoComesNextSeesNothingOfIt()
    {
        fillDisk();
        composer().setText(u"à moi"_s);
        m_app->session()->logout();
        emptyDisk();
        m_world->account.session.set(m_world->login.sessionOf(UserId(u"@autre:x"_s)));

        m_app->openRoom(m_room.toString());

        QCOMPARE(composer().text(), QString());
        QCOMPARE(stored(m_room), QString());
    }

private:
    static Error diskFull() { return {ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0}; }

    void fillDisk()
    {
        m_world->composer.draftError = diskFull();
        m_world->account.storage.set(StorageState::DiskFull);
    }

    void emptyDisk()
    {
        m_world->composer.draftError.reset();
        m_world->account.storage.set(StorageState::Good);
    }

    ComposerModel &composer() { return *m_app->composer(); }
    QString stored(const RoomId &room) const { return m_world->composer.drafts.value(room); }

    const RoomId m_room = SampleWorld::crisisRoom();
    const RoomId m_other = SampleWorld::directRoom();
    std::unique_ptr<SampleWorld> m_world;
    std::unique_ptr<AppModel> m_app;
};

QTEST_GUILESS_MAIN(DraftsTest)
#include "tst_drafts.moc"
