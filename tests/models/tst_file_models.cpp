// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"
#include "models/file_kind.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// Files that are joined, sent with words, and saved.
class FileModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_media = std::make_unique<FakeMediaPort>();
        m_port = std::make_unique<FakeComposerPort>();
        m_timelines = std::make_unique<FakeTimelinePort>();
        m_timeline = std::make_unique<TimelineModel>(*m_timelines, *m_media);
        m_composer = std::make_unique<ComposerModel>(*m_port, *m_media, m_account, *m_timeline);
        m_composer->setRoom(m_room);
        m_timeline->open(m_room);
    }

    void cleanup()
    {
        QGuiApplication::clipboard()->clear();
        m_composer.reset();
        m_timeline.reset();
    }

    void joinsWithoutSending()
    {
        m_media->holdInspect = true;
        files().add({at(u"a.pdf"_s), QUrl(u"https://exemple.gouv/b.pdf"_s), at(u"c.png"_s), at(u"a.pdf"_s)});

        QCOMPARE(files().count(), 2); // what is no file of this computer is none, twice the same is once
        QCOMPARE(step(0), FileTrayModel::Checking);
        QVERIFY(!m_composer->sendable());
        m_media->heldInspect[0].resolve(OutgoingFile{u"A_.pdf"_s, u"application/pdf"_s, 1'500'000});
        QVERIFY(!m_composer->sendable());
        m_media->heldInspect[1].resolve(OutgoingFile{u"c.png"_s, u"image/png"_s, 10});
        QVERIFY(m_composer->sendable());
        QCOMPARE(text(0, FileTrayModel::NameRole), u"A_.pdf"_s); // as it will be called
        QCOMPARE(text(0, FileTrayModel::IconNameRole), u"file-text"_s);
        QCOMPARE(text(0, FileTrayModel::SpokenRole), u"A_.pdf, "_s + text(0, FileTrayModel::DetailsRole));
        QCOMPARE(text(1, FileTrayModel::IconNameRole), u"image"_s);
        QVERIFY(m_media->sent.isEmpty());
    }

    void wordsGoWithTheFirst()
    {
        QSignalSpy sent(m_composer.get(), &ComposerModel::sent);
        files().add({at(u"a.pdf"_s), at(u"b.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();

        QCOMPARE(m_media->sent.size(), 2);
        QCOMPARE(m_media->sent[0].path, u"/tmp/a.pdf"_s);
        QCOMPARE(m_media->sent[0].caption, u"voici"_s);
        QCOMPARE(m_media->sent[1].caption, QString());
        QVERIFY(m_port->sent.isEmpty());
        QCOMPARE(m_composer->text(), QString());
        QCOMPARE(m_port->drafts.value(m_room), QString());
        QCOMPARE(files().count(), 0);
        QCOMPARE(sent.size(), 2);
    }

    void oneAfterTheOther()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s), at(u"b.pdf"_s)});
        m_composer->send();
        QCOMPARE(m_media->sent.size(), 1);
        QCOMPARE(m_composer->keeping(), ComposerModel::Underway);
        QCOMPARE(step(0), FileTrayModel::Taking);
        files().remove(id(0)); // too late
        QCOMPARE(files().count(), 2);

        m_composer->setText(u"et un message"_s); // meanwhile, of its own
        m_composer->send();
        QCOMPARE(m_port->sent.size(), 1);
        QCOMPARE(m_media->sent.size(), 1);

        m_media->release(TransactionId(u"1"_s));
        QCOMPARE(m_media->sent.size(), 2);
        m_media->release(TransactionId(u"2"_s));
        QCOMPARE(files().count(), 0);
        QCOMPARE(m_composer->keeping(), ComposerModel::Kept);
    }

    void whatIsRefusedStaysWithItsWords()
    {
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_media->error = Error{ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, {}, 0};
        m_composer->send();

        QCOMPARE(files().count(), 1);
        QVERIFY(text(0, FileTrayModel::ErrorTextRole).contains(u"PARVIS_FILE_UNREADABLE"_s));
        QCOMPARE(m_composer->text(), u"voici"_s);
        QVERIFY(m_composer->sendable()); // it may have come back
        m_media->error.reset();
        m_composer->send();
        QCOMPARE(m_media->sent.last().caption, u"voici"_s);
        QCOMPARE(files().count(), 0);
    }

    void whatWillNeverGoHoldsTheWords()
    {
        m_media->refused.insert(u"/tmp/a.pdf"_s,
                                Error{ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, u"1048576"_s, 0});
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);

        QCOMPARE(step(0), FileTrayModel::Refused);
        QVERIFY(text(0, FileTrayModel::SpokenRole).contains(u"1 MB"_s));
        QVERIFY(!m_composer->sendable());
        m_composer->send();
        QVERIFY(m_port->sent.isEmpty());
        files().add({at(u"b.pdf"_s)});
        m_composer->send(); // the one beside it can go
        QCOMPARE(m_media->sent.size(), 1);
        QCOMPARE(files().count(), 1);
        files().remove(id(0));
        m_composer->setText(u"sans"_s);
        m_composer->send();
        QCOMPARE(m_port->sent.size(), 1);
    }

    void eachConversationHasItsOwn()
    {
        files().add({at(u"a.pdf"_s)});
        m_composer->setRoom(RoomId(u"!other"_s));
        QCOMPARE(files().count(), 0);
        m_composer->setText(u"ailleurs"_s);
        m_composer->send();
        QCOMPARE(m_port->sent.size(), 1);
        m_composer->setRoom(m_room);
        QCOMPARE(files().count(), 1);
        m_composer->forget();
        m_media->onDisk.clear(); // of the next one
        m_composer->setRoom(m_room);
        QCOMPARE(files().count(), 0);
    }

    void aRefusalInAnotherConversationGivesTheWordsBackThere()
    {
        m_media->hold = true;
        files().add({at(u"a.pdf"_s)});
        m_composer->setText(u"voici"_s);
        m_composer->send();
        m_composer->setRoom(RoomId(u"!other"_s));
        m_composer->setText(u"autre"_s);
        m_media->release(fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s));

        QCOMPARE(m_composer->text(), u"autre"_s);
        QCOMPARE(m_port->drafts.value(m_room), u"voici"_s);
        m_composer->setRoom(m_room);
        QCOMPARE(files().count(), 1);
        QVERIFY(text(0, FileTrayModel::ErrorTextRole).contains(u"PARVIS_DISK_FULL"_s));
    }

    void notAWholeDisk()
    {
        QList<QUrl> all;
        for (int i = 0; i <= FileTrayModel::mostFiles; ++i)
            all += at(u"%1.pdf"_s.arg(i));
        files().add(all);
        QCOMPARE(files().count(), FileTrayModel::mostFiles);
        QVERIFY(files().noticeText().contains(u"50"_s));
        files().remove(id(0));
        QCOMPARE(files().noticeText(), QString());
    }

    void pastesFilesAndPicturesButNoText()
    {
        auto *clipboard = QGuiApplication::clipboard();
        clipboard->setText(u"du texte"_s);
        QVERIFY(!files().paste());

        auto copied = std::make_unique<QMimeData>();
        copied->setUrls({at(u"a.pdf"_s)});
        clipboard->setMimeData(copied.release());
        QVERIFY(files().paste());
        QCOMPARE(files().count(), 1);

        QImage picture(4, 4, QImage::Format_RGB32);
        picture.fill(Qt::red);
        copied = std::make_unique<QMimeData>();
        copied->setImageData(picture);
        clipboard->setMimeData(copied.release());
        QVERIFY(files().paste());
        QTRY_VERIFY(m_composer->sendable());
        m_composer->send();
        QCOMPARE(m_media->sent.size(), 2);
        QVERIFY(m_media->sent[1].path.endsWith(u".png"_s));
        QCOMPARE(QImage::fromData(m_media->sent[1].bytes, "PNG").convertToFormat(QImage::Format_RGB32),
                 picture);

        copied = std::make_unique<QMimeData>(); // cells of a table
        copied->setImageData(picture);
        copied->setText(u"1\t2"_s);
        clipboard->setMimeData(copied.release());
        QVERIFY(!files().paste());
    }

    void savesAndSaysWhere()
    {
        show(received());
        saver().save(u"$f"_s, u"a.pdf"_s, QUrl::fromLocalFile(u"/tmp/Documents/b.pdf"_s));

        QCOMPARE(m_media->saved.size(), 1);
        QCOMPARE(m_media->saved[0].to, u"/tmp/Documents/b.pdf"_s);
        QVERIFY(!m_media->saved[0].replace);
        QCOMPARE(row(TimelineModel::FileNoteRole).toString(), u"Saved in Documents"_s);
        QVERIFY(!row(TimelineModel::FileWrongRole).toBool());
        QCOMPARE(saver().newsText(), u"a.pdf is saved in Documents."_s);
        m_timeline->open(RoomId(u"!other"_s));
        QCOMPARE(saver().newsText(), QString());
        m_timeline->open(m_room);
        QCOMPARE(row(TimelineModel::FileNoteRole).toString(), u"Saved in Documents"_s);
        m_timeline->forget();
        m_timeline->open(m_room);
        QCOMPARE(row(TimelineModel::FileNoteRole).toString(), QString());
    }

    void asksBeforeItReplaces()
    {
        show(received());
        saver().replace(u"$f"_s); // nothing was asked
        QVERIFY(m_media->saved.isEmpty());
        m_media->saveError = Error{ErrorKind::Usage, u"PARVIS_FILE_EXISTS"_s, {}, 0};
        saver().save(u"$f"_s, u"a.pdf"_s, at(u"a.pdf"_s));
        QVERIFY(row(TimelineModel::FileAsksRole).toBool());
        saver().replace(u"$f"_s);

        QCOMPARE(m_media->saved.size(), 2);
        QVERIFY(m_media->saved[1].replace);
        QCOMPARE(m_media->saved[1].to, u"/tmp/a.pdf"_s);
        QVERIFY(!row(TimelineModel::FileAsksRole).toBool());
        QVERIFY(!row(TimelineModel::FileWrongRole).toBool());
    }

    void whatWasAlteredIsSaid()
    {
        show(received());
        m_media->saveError = Error{ErrorKind::Crypto, u"PARVIS_ATTACHMENT_DAMAGED"_s, {}, 0};
        saver().save(u"$f"_s, u"a.pdf"_s, at(u"a.pdf"_s));

        QVERIFY(row(TimelineModel::FileWrongRole).toBool());
        QVERIFY(!row(TimelineModel::FileAsksRole).toBool());
        QVERIFY(row(TimelineModel::FileNoteRole).toString().contains(u"altered on its way"_s));
        QVERIFY(row(TimelineModel::SpokenRole).toString().contains(u"altered on its way"_s));
        QVERIFY(saver().newsBad());
    }

    void stopsWithoutAWord()
    {
        show(received());
        m_media->hold = true;
        saver().save(u"$f"_s, u"a.pdf"_s, at(u"a.pdf"_s));
        saver().cancel(u"$f"_s);
        QCOMPARE(m_media->cancelled, QList<EventId>{EventId(u"$f"_s)});
        m_media->heldSaves[0].resolve(fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s));
        QCOMPARE(row(TimelineModel::FileNoteRole).toString(), QString());
        QCOMPARE(saver().newsText(), QString());
    }

    void aPlaceThatIsNoneOfThisComputerIsRefused()
    {
        saver().save(u"$f"_s, u"a.pdf"_s, QUrl(u"sftp://exemple.gouv/a.pdf"_s));
        QVERIFY(m_media->saved.isEmpty());
        QCOMPARE(saver().newsText(), u"a.pdf was not saved: its message says why."_s);
    }

    void tellsHowFarAFileIs()
    {
        auto item = received();
        item.media.percent = 63;
        show(item);
        QCOMPARE(row(TimelineModel::FileStepRole).toInt(), int(TimelineModel::FileComing));
        QCOMPARE(row(TimelineModel::FileTextRole).toString(), u"2 KB · being fetched, 63 %"_s);
        const auto spoken = row(TimelineModel::SpokenRole).toString();
        QVERIFY(spoken.contains(u"file a.pdf, 2 KB, pour vous, being fetched"_s));
        item.media.percent = 64;
        show(item);
        QCOMPARE(row(TimelineModel::SpokenRole).toString(), spoken);
        item.media.percent = -1;
        item.media.bytes = -1;
        show(item);
        QCOMPARE(row(TimelineModel::FileStepRole).toInt(), int(TimelineModel::FileThere));
        QCOMPARE(row(TimelineModel::FileTextRole).toString(), u"size unknown"_s);
    }

    void saysWhenAFileIsAtTheServer()
    {
        auto item = received();
        item.own = true;
        item.eventId = {};
        item.state = SendState::Queued;
        show(item);
        QCOMPARE(row(TimelineModel::FileTextRole).toString(), u"2 KB · waiting to be sent"_s);
        item.state = SendState::Sending;
        item.media.percent = 7;
        change(item);
        QCOMPARE(row(TimelineModel::FileTextRole).toString(), u"2 KB · being sent, 7 %"_s);
        QCOMPARE(row(TimelineModel::FileStepRole).toInt(), int(TimelineModel::FileLeaving));
        QCOMPARE(saver().newsText(), QString());
        item.state = SendState::Sent;
        item.media.percent = -1;
        change(item);
        QCOMPARE(saver().newsText(), u"a.pdf is sent."_s);
    }

    void copiesItsName()
    {
        show(received());
        m_timeline->copyFileName(u"f"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"a.pdf"_s);
        m_timeline->copy(u"f"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"pour vous"_s);
    }

    void anIconForEachKind()
    {
        QCOMPARE(fileIcon(u"image/svg+xml"_s), u"image"_s);
        QCOMPARE(fileIcon(u"application/vnd.oasis.opendocument.text"_s), u"file-text"_s);
        QCOMPARE(fileIcon(u"application/x-7z-compressed"_s), u"file-archive"_s);
        QCOMPARE(fileIcon(u"video/mp4"_s), u"film"_s);
        QCOMPARE(fileIcon(u"audio/ogg"_s), u"music"_s);
        QCOMPARE(fileIcon(u"application/x-msdownload"_s), u"file"_s);
        QCOMPARE(fileIcon({}), u"file"_s);
    }

private:
    static QUrl at(const QString &name) { return QUrl::fromLocalFile(u"/tmp/"_s + name); }

    static TimelineItem received()
    {
        TimelineItem item;
        item.key = u"f"_s;
        item.eventId = EventId(u"$f"_s);
        item.senderName = u"Claire"_s;
        item.kind = ItemKind::File;
        item.media = {.name = u"a.pdf"_s, .mediaType = {}, .bytes = 2048, .caption = u"pour vous"_s};
        item.ts = 1;
        return item;
    }

    void show(const TimelineItem &item)
    {
        auto &items = m_timelines->conversation(m_room).items;
        items.reset({item});
        items.flush();
    }

    void change(const TimelineItem &item)
    {
        auto &items = m_timelines->conversation(m_room).items;
        items.update(0, item);
        items.flush();
    }

    FileTrayModel &files() { return *m_composer->files(); }
    FileSaver &saver() { return *m_timeline->saver(); }
    int id(int row) { return files().data(files().index(row), FileTrayModel::FileIdRole).toInt(); }
    int step(int row) { return files().data(files().index(row), FileTrayModel::StepRole).toInt(); }
    QString text(int row, int role) { return files().data(files().index(row), role).toString(); }
    QVariant row(int role) { return m_timeline->data(m_timeline->index(0), role); }

    const RoomId m_room{u"!room"_s};
    FakeAccountPort m_account;
    std::unique_ptr<FakeMediaPort> m_media;
    std::unique_ptr<FakeComposerPort> m_port;
    std::unique_ptr<FakeTimelinePort> m_timelines;
    std::unique_ptr<TimelineModel> m_timeline;
    std::unique_ptr<ComposerModel> m_composer;
};

QTEST_MAIN(FileModelsTest)
#include "tst_file_models.moc"
