// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/joined_files.h"
#include "store/keys/draft_store.h"

#include <QDateTime>
#include <QTest>

#include "sending_world.h"

using namespace parvis;

/// What is joined to a draft, on a real disk, over restarts.
class JoiningFilesTest : public SendingWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        begin();
        open();
    }
    void cleanup()
    {
        m_joined.reset();
        end();
    }

    void itIsThereAfterARestart()
    {
        const auto id = m_joined->join(m_world->room, original());
        QVERIFY(id);
        QVERIFY(m_joined->rooms().contains(m_world->room));

        again();

        const auto files = m_joined->list(m_world->room);
        QCOMPARE(files->size(), 1);
        QCOMPARE(files->value(0).id, *id);
        QCOMPARE(files->value(0).path, original());
        QCOMPARE(files->value(0).facts.name, u"notes.txt"_s);
        QVERIFY(m_joined->rooms().contains(m_world->room));
        QCOMPARE(inspect(*id)->bytes, m_clear.size());
    }

    void whatChangedOrIsGoneIsSaid()
    {
        const qint64 id = join();
        QVERIFY(inspect(id));
        again();
        QVERIFY(inspect(id)); // the same

        write(original(), m_clear + "et une ligne");
        const auto changed = inspect(id);
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, u"PARVIS_FILE_CHANGED"_s);
        QCOMPARE(changed.error().kind, ErrorKind::Usage);

        QVERIFY(QFile::remove(original()));
        QCOMPARE(inspect(id).error().code, u"PARVIS_FILE_UNREADABLE"_s);
    }

    void aContentOfTheSameSizeIsAnotherContent()
    {
        const qint64 id = join();
        QVERIFY(inspect(id));
        QFile file(original());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(
            file.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime));
        file.close();

        QCOMPARE(inspect(id).error().code, u"PARVIS_FILE_CHANGED"_s);
        QCOMPARE(send(id, {}).error().code, u"PARVIS_FILE_CHANGED"_s);
        QCOMPARE(outgoing(), QStringList());
        QCOMPARE(m_joined->list(m_world->room)->size(), 1);
    }

    void theQueueTakesItWithItsWordsAtOnce()
    {
        QVERIFY(drafts().save(m_world->room, u"voici\nla suite"_s));
        const qint64 id = join();
        QVERIFY(send(id, u"voici"_s));

        QCOMPARE(drafts().load(m_world->room), Result<QString>(u"la suite"_s));
        QVERIFY(m_joined->list(m_world->room)->isEmpty());
        QVERIFY(!m_joined->rooms().contains(m_world->room));
        again();
        QVERIFY(m_joined->list(m_world->room)->isEmpty());
        QCOMPARE(m_rows->list(m_world->room)->size(), 1);
        QVERIFY(m_rows->list(m_world->room)->value(0).content.contains("voici"));
    }

    void whatTheDiskRefusesStaysWithItsWords()
    {
        QVERIFY(drafts().save(m_world->room, u"voici"_s));
        const qint64 id = join();
        // The queue takes nothing: in the middle of the transaction, behind the row.
        QVERIFY(m_keys->database().run("CREATE TRIGGER refuses BEFORE DELETE ON joined_file BEGIN"
                                       " SELECT RAISE(ABORT, 'refused'); END"));
        QVERIFY(!send(id, u"voici"_s));

        QCOMPARE(drafts().load(m_world->room), Result<QString>(u"voici"_s));
        QCOMPARE(m_joined->list(m_world->room)->size(), 1);
        QVERIFY(m_rows->list(m_world->room)->isEmpty());
        QCOMPARE(outgoing(), QStringList()); // no ciphertext without a row
    }

    void twiceIsOnce()
    {
        const qint64 id = join();
        auto first = m_joined->send(id, {});
        auto second = m_joined->send(id, {}); // both are encrypted, one goes
        const auto one = await(std::move(first));
        const auto two = await(std::move(second));

        QVERIFY(one.has_value() != two.has_value());
        QCOMPARE((one ? two : one).error().code, u"PARVIS_FILE_NOT_JOINED"_s);
        QCOMPARE(m_rows->list(m_world->room)->size(), 1);
        QCOMPARE(outgoing().size(), 1);
        QVERIFY(!await(m_joined->send(id, {})));
    }

    void otherWordsAreLeftAlone()
    {
        QVERIFY(drafts().save(m_world->room, u"voici autre chose"_s));
        QVERIFY(send(join(), u"voici"_s));
        QCOMPARE(drafts().load(m_world->room), Result<QString>(u"voici autre chose"_s));
    }

    void aPictureIsOnNoDiskInClearAndIsThereAfterARestart()
    {
        const auto id = await(m_joined->joinBytes(m_world->room, u"../Image\u202e1.txt"_s, m_clear));
        QVERIFY(id);
        QCOMPARE(sealed().size(), 1);
        QVERIFY(!bytesOf(sealedFolder() + u'/' + sealed()[0]).contains("ligne"));

        again();

        QCOMPARE(sealed().size(), 1);
        const auto files = m_joined->list(m_world->room);
        QCOMPARE(files->value(0).path, QString());
        QCOMPARE(files->value(0).facts.name, u"Image1.txt"_s);
        QCOMPARE(inspect(*id)->bytes, m_clear.size());
        QVERIFY(send(*id, u"voici"_s));
        QCOMPARE(sealed(), QStringList());
        QCOMPARE(outgoing().size(), 1);
        QVERIFY(!bytesOf(folder() + u'/' + outgoing()[0]).contains("ligne"));
        m_queue->setOnline(true);
        uploaded();
        const QJsonObject content = m_path->contents.value(0);
        QCOMPARE(content["filename"_L1].toString(), u"Image1.txt"_s);
        QCOMPARE(content["body"_L1].toString(), u"voici"_s);
        QCOMPARE(decrypted(m_world->http.uploaded.value(0), content["file"_L1].toObject()), m_clear);
    }

    void whatNothingNamesGoes()
    {
        const auto id = await(m_joined->joinBytes(m_world->room, u"a.png"_s, m_clear));
        write(sealedFolder() + u"/leftover"_s, "of a crash");
        again();
        QCOMPARE(sealed().size(), 1);
        QVERIFY(m_joined->takeAway(*id));
        QCOMPARE(sealed(), QStringList());
        QCOMPARE(m_joined->takeAway(*id).error().code, u"PARVIS_FILE_NOT_JOINED"_s);
    }

private:
    /// Nothing leaves: what is of interest is before that.
    void open()
    {
        m_queue->setOnline(false);
        auto limit = m_server->uploadLimit();
        m_world->http.answer(200, R"({"m.upload.size":104857600})");
        QVERIFY(await(std::move(limit)));
        m_joined = std::make_unique<JoinedFiles>(JoinedFiles::Parts{
            .keys = m_keys->database(), .sending = *m_sending, .pool = m_pool, .folder = sealedFolder()});
    }
    /// As after a power cut.
    void again()
    {
        m_joined.reset();
        restart(false);
        open();
    }
    qint64 join() { return m_joined->join(m_world->room, original()).value_or(-1); }
    Result<OutgoingFile> inspect(qint64 id) { return await(m_joined->inspect(id)); }
    Result<TransactionId> send(qint64 id, const QString &caption)
    {
        return await(m_joined->send(id, caption));
    }
    store::DraftStore drafts() { return store::DraftStore(m_keys->database()); }
    QString sealedFolder() const { return m_folder->filePath(u"media/joined"_s); }
    QStringList sealed() const
    {
        return QDir(sealedFolder()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    static QByteArray bytesOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<JoinedFiles> m_joined;
};

QTEST_GUILESS_MAIN(JoiningFilesTest)
#include "tst_joining_files.moc"
