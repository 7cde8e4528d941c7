// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What the disk has of joined files and of their words, whenever the program may end; and what the next run
/// makes of it.
class JoinedFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_media = std::make_unique<FakeMediaPort>();
        m_port = std::make_unique<FakeComposerPort>();
        start();
    }

    void cleanup()
    {
        QGuiApplication::clipboard()->clear();
        end();
    }

    void theWordsAreADraftUntilTheQueueHasTheFile()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();

        QCOMPARE(m_composer->text(), QString());
        QVERIFY(!m_composer->sendable()); // not twice
        QCOMPARE(draft(), u"voici"_s);
        m_composer->setText(u"la suite"_s);
        QCOMPARE(draft(), u"voici\nla suite"_s);
        QCOMPARE(joined(), QStringList{u"/tmp/a.pdf"_s});

        m_media->release(TransactionId(u"1"_s));
        QCOMPARE(draft(), u"la suite"_s);
        QCOMPARE(m_composer->text(), u"la suite"_s);
        QCOMPARE(joined(), QStringList());
    }

    void aCrashBeforeTheQueueHasTheFileLosesNothing()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s), at(u"b.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();
        m_composer->setText(u"la suite"_s);

        crash();

        QCOMPARE(m_composer->text(), u"voici\nla suite"_s);
        QCOMPARE(names(), (QStringList{u"a.pdf"_s, u"b.pdf"_s}));
        QCOMPARE(step(0), FileTrayModel::Ready);
        m_composer->send();
        m_media->release(TransactionId(u"1"_s));
        m_media->release(TransactionId(u"2"_s));
        QCOMPARE(m_media->sent[1].path, u"/tmp/a.pdf"_s);
        QCOMPARE(m_media->sent[1].caption, u"voici\nla suite"_s);
        QCOMPARE(m_media->sent[2].path, u"/tmp/b.pdf"_s);
        QCOMPARE(m_media->sent[2].caption, QString());
        QCOMPARE(draft(), QString());
        QCOMPARE(joined(), QStringList());
    }

    void whatTheQueueHasIsNotThereAgain()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s), at(u"b.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();
        m_media->release(TransactionId(u"1"_s));

        crash(); // while the second one is being taken

        QCOMPARE(m_composer->text(), QString());
        QCOMPARE(names(), QStringList{u"b.pdf"_s});
    }

    void whatIsRefusedIsThereWithItsWordsAfterARestart()
    {
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_media->error = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};
        m_composer->send();
        QCOMPARE(m_composer->text(), u"voici"_s);
        QCOMPARE(draft(), u"voici"_s);
        QCOMPARE(joined(), QStringList{u"/tmp/a.pdf"_s});

        crash();

        QCOMPARE(m_composer->text(), u"voici"_s);
        QCOMPARE(names(), QStringList{u"a.pdf"_s});
    }

    void twoMessagesWithFilesOneBehindTheOther()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"un"_s);
        m_composer->send();
        files().add({at(u"b.pdf"_s)});
        m_composer->setText(u"deux"_s);
        m_composer->send();
        m_composer->setText(u"trois"_s);

        QCOMPARE(draft(), u"un\ndeux\ntrois"_s);
        m_media->release(TransactionId(u"1"_s));
        QCOMPARE(draft(), u"deux\ntrois"_s);
        m_media->release(fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s));
        QCOMPARE(draft(), u"deux\ntrois"_s);
        QCOMPARE(m_composer->text(), u"deux\ntrois"_s);
        QCOMPARE(m_media->sent[1].caption, u"deux"_s);
    }

    void anotherConversationMeanwhile()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();
        m_composer->setRoom(m_other);
        QCOMPARE(m_composer->text(), QString());
        QCOMPARE(draft(), u"voici"_s);
        m_composer->setRoom(m_room);
        QCOMPARE(m_composer->text(), QString()); // it is on its way
        m_composer->setRoom(m_other);

        m_media->release(TransactionId(u"1"_s));

        QCOMPARE(draft(), QString());
        m_composer->setRoom(m_room);
        QCOMPARE(m_composer->text(), QString());
        QCOMPARE(files().count(), 0);
    }

    void aFailureGivesTheWordsBackInFrontOfWhatWasTyped()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();
        m_composer->setText(u"la suite"_s);
        m_media->release(fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s));
        QCOMPARE(m_composer->text(), u"voici\nla suite"_s);
        QCOMPARE(draft(), u"voici\nla suite"_s);
    }

    void theWindowClosesWhileAFileIsTaken()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();
        QCOMPARE(m_composer->keeping(),
                 ComposerModel::Underway); // it waits; and if it is closed all the same:

        end();

        QCOMPARE(draft(), u"voici"_s);
        QCOMPARE(joined(), QStringList{u"/tmp/a.pdf"_s});
    }

    void wordsOfWhichTheDiskKnowsNothingYet()
    {
        m_port->holdDrafts = true;
        m_composer->setRoom(m_other);
        m_media->hold = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();

        m_port->drafts.insert(m_other, u"d'avant"_s);
        m_port->releaseDrafts();

        QCOMPARE(m_port->drafts.value(m_other), u"voici\nd'avant"_s);
        QCOMPARE(m_composer->text(), u"d'avant"_s);
        m_media->release(TransactionId(u"1"_s));
        QCOMPARE(m_port->drafts.value(m_other), u"d'avant"_s);
    }

    void whatIsGoneOrChangedIsSaidInItsLine()
    {
        files().add({at(u"a.pdf"_s), at(u"b.pdf"_s), at(u"c.pdf"_s)});
        end();
        m_media->refused.insert(u"/tmp/a.pdf"_s,
                                Error{ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, {}, 0});
        m_media->refused.insert(u"/tmp/b.pdf"_s, Error{ErrorKind::Usage, u"PARVIS_FILE_CHANGED"_s, {}, 0});
        start();

        QCOMPARE(names(), (QStringList{u"a.pdf"_s, u"b.pdf"_s, u"c.pdf"_s}));
        QVERIFY(text(0, FileTrayModel::ErrorTextRole).contains(u"PARVIS_FILE_UNREADABLE"_s));
        QVERIFY(text(1, FileTrayModel::ErrorTextRole).contains(u"PARVIS_FILE_CHANGED"_s));
        QCOMPARE(step(1), FileTrayModel::Refused); // what was chosen is another content
        QCOMPARE(text(2, FileTrayModel::ErrorTextRole), QString());
    }

    void whatIsTakenAwayStaysAway()
    {
        files().add({at(u"a.pdf"_s), at(u"b.pdf"_s)});
        files().remove(id(0));
        QCOMPARE(joined(), QStringList{u"/tmp/b.pdf"_s});

        crash();

        QCOMPARE(names(), QStringList{u"b.pdf"_s});
    }

    void aPastedPictureIsThereAfterARestart()
    {
        auto picture = std::make_unique<QMimeData>();
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        picture->setImageData(image);
        QGuiApplication::clipboard()->setMimeData(picture.release());
        QVERIFY(files().paste());
        QCOMPARE(m_composer->keeping(), ComposerModel::Underway); // until the disk has it
        QTRY_COMPARE(m_composer->keeping(), ComposerModel::Kept);

        crash();

        QCOMPARE(files().count(), 1);
        QCOMPARE(step(0), FileTrayModel::Ready);
        m_composer->send();
        QVERIFY(m_media->sent[0].path.endsWith(u".png"_s));
        QCOMPARE(QImage::fromData(m_media->sent[0].bytes, "PNG").convertToFormat(QImage::Format_RGB32),
                 image);
        QCOMPARE(files().count(), 0);
    }

    void wordsWaitForTheFilesOfAnEarlierRun()
    {
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_media->holdJoined = true;
        crash();
        QCOMPARE(m_composer->text(), u"voici"_s);
        QVERIFY(!m_composer->sendable()); // not without the file
        files().add({at(u"b.pdf"_s)});

        m_media->heldJoined[0].resolve(QList<JoinedFile>{m_media->onDisk.first().file});

        QVERIFY(m_composer->sendable());
        QCOMPARE(names(), (QStringList{u"a.pdf"_s, u"b.pdf"_s}));
    }

    void whatCannotBeReadIsAskedForAgain()
    {
        files().add({at(u"a.pdf"_s)});
        m_media->joinError = Error{ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, {}, 0};
        crash();
        QCOMPARE(files().count(), 0);
        QVERIFY(m_composer->errorText().contains(u"PARVIS_STORE_FAILED"_s));

        m_media->joinError.reset();
        m_account.storage.set(StorageState::DiskFull);
        m_account.storage.set(StorageState::Good);

        QCOMPARE(names(), QStringList{u"a.pdf"_s});
    }

    void whatTheDiskRefusesToKeepCanStillBeSent()
    {
        m_media->joinError = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};
        files().add({at(u"a.pdf"_s)});
        QVERIFY(text(0, FileTrayModel::ErrorTextRole).contains(u"PARVIS_DISK_FULL"_s));
        QCOMPARE(step(0), FileTrayModel::Ready);
        m_media->joinError.reset();
        m_composer->send();
        QCOMPARE(m_media->sent.size(), 1);
        QCOMPARE(files().count(), 0);
    }

    void whoComesNextLosesNothingByIt()
    {
        m_media->holdInspect = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->forget();
        m_composer->setRoom(m_room); // of the other person, whose disk this is now
        QCOMPARE(joined(), QStringList{u"/tmp/a.pdf"_s});
        m_media->heldInspect[0].resolve(OutgoingFile{u"a.pdf"_s, u"application/pdf"_s, 10});
        QCOMPARE(joined(), QStringList{u"/tmp/a.pdf"_s});
    }

private:
    static QUrl at(const QString &name) { return QUrl::fromLocalFile(u"/tmp/"_s + name); }

    void start()
    {
        m_timelines = std::make_unique<FakeTimelinePort>();
        m_timeline = std::make_unique<TimelineModel>(*m_timelines, *m_media);
        m_composer = std::make_unique<ComposerModel>(*m_port, *m_media, m_account, *m_timeline);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_composer->files());
        m_composer->setRoom(m_room);
    }

    void end()
    {
        m_tester.reset();
        m_composer.reset();
        m_timeline.reset();
    }

    /// What is on the disk stays as it is now, and what was asked is answered no more.
    void crash()
    {
        const auto drafts = m_port->drafts;
        const auto onDisk = m_media->onDisk;
        end();
        m_media->held.clear();
        m_port->drafts = drafts;
        m_media->onDisk = onDisk;
        start();
    }

    FileTrayModel &files() { return *m_composer->files(); }
    QString draft() const { return m_port->drafts.value(m_room); }
    QStringList joined() const
    {
        QStringList paths;
        const auto all = m_media->filesOf(m_room);
        for (const JoinedFile &file : all)
            paths += file.path;
        return paths;
    }
    QStringList names()
    {
        QStringList all;
        for (int row = 0; row < files().count(); ++row)
            all += text(row, FileTrayModel::NameRole);
        return all;
    }
    int id(int row) { return files().data(files().index(row), FileTrayModel::FileIdRole).toInt(); }
    int step(int row) { return files().data(files().index(row), FileTrayModel::StepRole).toInt(); }
    QString text(int row, int role) { return files().data(files().index(row), role).toString(); }

    const RoomId m_room{u"!room"_s};
    const RoomId m_other{u"!other"_s};
    FakeAccountPort m_account;
    std::unique_ptr<FakeMediaPort> m_media;
    std::unique_ptr<FakeComposerPort> m_port;
    std::unique_ptr<FakeTimelinePort> m_timelines;
    std::unique_ptr<TimelineModel> m_timeline;
    std::unique_ptr<ComposerModel> m_composer;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(JoinedFilesTest)
#include "tst_joined_files.moc"
