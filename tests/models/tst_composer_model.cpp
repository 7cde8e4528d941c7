// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class ComposerModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_timelinePort = std::make_unique<FakeTimelinePort>();
        m_port = std::make_unique<FakeComposerPort>();
        m_timeline = std::make_unique<TimelineModel>(*m_timelinePort, m_media);
        m_composer = std::make_unique<ComposerModel>(*m_port, m_media, m_account, *m_timeline);
        TimelineItem own;
        own.key = u"k"_s;
        own.eventId = EventId(u"$own"_s);
        own.body = u"ce qui fut dit"_s;
        own.own = own.editable = true;
        own.ts = 1;
        m_timelinePort->conversation(m_room).items.reset({own});
        m_timeline->open(m_room);
        m_composer->setRoom(m_room);
    }

    void cleanup()
    {
        m_composer.reset();
        m_timeline.reset();
    }

    void sendsAndEmptiesTheField()
    {
        QSignalSpy sent(m_composer.get(), &ComposerModel::sent);
        m_composer->setText(u"bonjour"_s);

        m_composer->send();

        QCOMPARE(m_port->sent.size(), 1);
        QCOMPARE(m_port->sent.first().body, u"bonjour"_s);
        QCOMPARE(m_composer->text(), QString());
        QCOMPARE(m_port->drafts.value(m_room), QString());
        QCOMPARE(sent.size(), 1);
    }

    void sendsNothingWhereThereIsNothing()
    {
        m_composer->setText(u" \n "_s);
        m_composer->send();
        QVERIFY(m_port->sent.isEmpty());
    }

    void givesTheTextBackWhenTheDiskRefuses()
    {
        m_port->error = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};
        m_composer->setText(u"bonjour"_s);

        m_composer->send();

        QCOMPARE(m_composer->text(), u"bonjour"_s);
        QVERIFY(m_composer->errorText().contains("PARVIS_DISK_FULL"_L1));
        m_composer->setText(u"bonjour !"_s);
        QCOMPARE(m_composer->errorText(), QString());
    }

    void keepsADraftForEachRoom()
    {
        m_composer->setText(u"à suivre"_s);
        m_composer->setRoom(RoomId(u"!other:x"_s));
        QCOMPARE(m_composer->text(), QString());

        m_composer->setRoom(m_room);

        QCOMPARE(m_composer->text(), u"à suivre"_s);
    }

    void typingBeforeTheDraftHasComeLosesNothing()
    {
        m_port->drafts.insert(m_other, u"déjà écrit, "_s);
        m_port->holdDrafts = true;
        m_composer->setRoom(m_other);

        m_composer->setText(u"puis tapé"_s);
        QCOMPARE(m_port->drafts.value(m_other), u"déjà écrit, "_s);
        m_port->releaseDrafts();

        QCOMPARE(m_composer->text(), u"déjà écrit, puis tapé"_s);
        QCOMPARE(m_port->drafts.value(m_other), u"déjà écrit, puis tapé"_s);
    }

    void leavingBeforeTheDraftHasComeLosesNothing()
    {
        m_port->drafts.insert(m_other, u"déjà écrit, "_s);
        m_port->holdDrafts = true;
        m_composer->setRoom(m_other);
        m_composer->setText(u"puis tapé"_s);
        m_composer->setRoom(m_room);

        m_port->releaseDrafts();

        QCOMPARE(m_port->drafts.value(m_other), u"déjà écrit, puis tapé"_s);
        QCOMPARE(m_composer->text(), QString());
    }

    void aRefusalOnTheWayOutJoinsTheDraft()
    {
        m_composer->setText(u"refusé"_s);
        m_port->holdSends = true;
        m_composer->send();
        m_composer->setText(u"entre-temps"_s);
        m_composer->setRoom(m_other);

        m_port->releaseSends(Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0});

        QCOMPARE(m_port->drafts.value(m_room), QString(u"refusé\nentre-temps"_s));
    }

    void editsTheLastMessageAndGoesBackToTheDraft()
    {
        m_composer->setText(u"brouillon"_s);
        m_composer->edit(u"$own"_s);
        QVERIFY(m_composer->editing());
        QCOMPARE(m_composer->text(), u"ce qui fut dit"_s);
        m_composer->setText(u"ce qui est dit"_s);
        QCOMPARE(m_port->drafts.value(m_room), u"brouillon"_s);

        m_composer->send();

        QCOMPARE(m_port->sent.first().edited, EventId(u"$own"_s));
        QCOMPARE(m_port->sent.first().body, u"ce qui est dit"_s);
        QVERIFY(!m_composer->editing());
        QCOMPARE(m_composer->text(), u"brouillon"_s);
    }

    void leavesTheEditWithoutATrace()
    {
        QVERIFY(m_composer->editLast());
        m_composer->setText(u"autre chose"_s);
        m_composer->cancelEdit();
        QCOMPARE(m_composer->text(), QString());
        QVERIFY(m_port->sent.isEmpty());
        QVERIFY(m_port->drafts.value(m_room).isEmpty());
    }

    void anEditThatFailsIsStillAnEdit()
    {
        m_composer->edit(u"$own"_s);
        m_composer->setText(u"corrigé"_s);
        m_port->error = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};

        m_composer->send();

        QVERIFY(m_composer->editing());
        QCOMPARE(m_composer->text(), u"corrigé"_s);
    }

    void aRefusedMessageIsNotMixedIntoAnEdit()
    {
        m_composer->setText(u"refusé"_s);
        m_port->holdSends = true;
        m_composer->send();
        m_composer->setText(u"brouillon"_s);
        m_composer->edit(u"$own"_s);
        m_composer->setText(u"corrigé"_s);

        m_port->releaseSends(Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0});

        QCOMPARE(m_composer->text(), u"corrigé"_s);
        QVERIFY(!m_composer->errorText().isEmpty());
        QCOMPARE(m_port->drafts.value(m_room), u"refusé\nbrouillon"_s);
        m_composer->cancelEdit();
        QCOMPARE(m_composer->text(), u"refusé\nbrouillon"_s);
    }

    void anEditThatFailsDuringAnotherIsNotMixedIntoIt()
    {
        addOwn(u"$second"_s, u"autre chose"_s);
        m_composer->edit(u"$own"_s);
        m_composer->setText(u"corrigé"_s);
        m_port->holdSends = true;
        m_composer->send();
        m_composer->edit(u"$second"_s);

        m_port->releaseSends(Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0});

        QCOMPARE(m_composer->text(), u"autre chose"_s);
        QCOMPARE(m_port->drafts.value(m_room), u"corrigé"_s);
    }

    void anEditWaitsForThePersonInItsRoom()
    {
        m_composer->setText(u"brouillon"_s);
        m_composer->edit(u"$own"_s);
        m_composer->setText(u"à demi corrigé"_s);
        m_composer->setRoom(m_other);
        QVERIFY(!m_composer->editing());
        QCOMPARE(m_composer->text(), QString());

        m_composer->setRoom(m_room);

        QVERIFY(m_composer->editing());
        QCOMPARE(m_composer->text(), u"à demi corrigé"_s);
        QCOMPARE(m_port->drafts.value(m_room), u"brouillon"_s);
        m_composer->send();
        QCOMPARE(m_port->sent.first().edited, EventId(u"$own"_s));
        QCOMPARE(m_composer->text(), u"brouillon"_s);
        m_composer->setRoom(m_other);
        m_composer->setRoom(m_room);
        QVERIFY(!m_composer->editing());
    }

    void anEditThatFailsElsewhereIsStillAnEdit()
    {
        m_composer->edit(u"$own"_s);
        m_composer->setText(u"corrigé"_s);
        m_port->holdSends = true;
        m_composer->send();
        m_composer->setRoom(m_other);
        m_port->releaseSends(Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0});
        QVERIFY(!m_composer->editing());

        m_composer->setRoom(m_room);

        QVERIFY(m_composer->editing());
        QCOMPARE(m_composer->text(), u"corrigé"_s);
        QVERIFY(m_port->drafts.value(m_room).isEmpty());
    }

    void doesNotEditWhatIsNotOnesOwn()
    {
        m_composer->edit(u"$unknown"_s);
        QVERIFY(!m_composer->editing());
    }

    void retriesAndCancelsByTransaction()
    {
        m_composer->retry(u"t1"_s);
        m_composer->cancel(u"t2"_s);
        QCOMPARE(m_port->retried, QList<TransactionId>{TransactionId(u"t1"_s)});
        QCOMPARE(m_port->cancelled, QList<TransactionId>{TransactionId(u"t2"_s)});
    }

private:
    void addOwn(const QString &id, const QString &body)
    {
        auto own = m_timelinePort->conversation(m_room).items.at(0);
        own.key = id;
        own.eventId = EventId(id);
        own.body = body;
        m_timelinePort->conversation(m_room).items.append(own);
        m_timelinePort->conversation(m_room).items.flush();
    }

    const RoomId m_room{u"!r:x"_s};
    const RoomId m_other{u"!other:x"_s};
    FakeAccountPort m_account;
    FakeMediaPort m_media;
    std::unique_ptr<FakeTimelinePort> m_timelinePort;
    std::unique_ptr<FakeComposerPort> m_port;
    std::unique_ptr<TimelineModel> m_timeline;
    std::unique_ptr<ComposerModel> m_composer;
};

QTEST_GUILESS_MAIN(ComposerModelTest)
#include "tst_composer_model.moc"
