// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/bulk_keys.h"

#include "api/room_keys.h"
#include "engine/pool_task.h"
#include "engine/recovery_data.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSemaphore>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Windows of keys that are prepared and not all taken in.
constexpr int mostWindows = 2;
constexpr int lookAgainMs = 50;
/// Of keys that came, before it is looked who waited for them: rooms have several.
constexpr qsizetype readAgainSlice = 2000;

Result<crypto::KeyCounts> writeFile(Database &keys, const Secret &pickleKey, const QString &path,
                                    QByteArrayView passphrase, const crypto::FileProgress &progress)
{
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, file.errorString());
    store::CryptoStoreSql store(keys);
    auto writer = crypto::KeyExportWriter::begin(file, passphrase);
    const auto counts =
        writer ? crypto::exportSessions(store, pickleKey, *writer, progress) : tl::unexpected(writer.error());
    if (!counts)
        return counts; // what is half is removed
    if (!file.commit())
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, file.errorString());
    return counts;
}

} // namespace

struct BulkKeys::Gate {
    QSemaphore free{mostWindows};
    std::atomic<bool> stopped = false;
};

BulkKeys::BulkKeys(Engine &engine) : EngineWork(engine), m_gate(std::make_shared<Gate>()) {}

BulkKeys::~BulkKeys()
{
    m_gate->stopped = true;
}

Result<BulkKeys *> BulkKeys::begin(Engine &engine, KeyProgress::Kind kind)
{
    if (engine.keyProgress().get().kind != KeyProgress::Kind::None)
        return fail(ErrorKind::Usage, u"PARVIS_KEY_WORK_BUSY"_s);
    auto *work = new BulkKeys(engine);
    work->setObjectName(u"bulk keys"_s);
    work->m_kind = kind;
    work->show(0, 0);
    return work;
}

Task<KeyCounts> BulkKeys::exportFile(Engine &engine, const QString &path, Secret passphrase)
{
    const auto begun = begin(engine, KeyProgress::Kind::Export);
    if (!begun)
        return Task<KeyCounts>::ready(tl::unexpected(begun.error()));
    BulkKeys *work = *begun;
    auto task = work->m_promise.task();
    runOnPool(engine.pool(),
              [open = engine.files().keysReader(), path, progress = work->progress(),
               pickleKey = std::make_shared<Secret>(engine.files().pickleKey().clone()),
               words = std::make_shared<Secret>(std::move(passphrase))]() -> Result<crypto::KeyCounts> {
                  const auto keys = open();
                  if (!keys)
                      return tl::unexpected(keys.error());
                  return writeFile(**keys, *pickleKey, path, words->view(), progress);
              })
        .then(work, [work](const Result<crypto::KeyCounts> &counts) { work->finish(counts, false); });
    return task;
}

Task<KeyCounts> BulkKeys::importFile(Engine &engine, const QString &path, Secret passphrase)
{
    const auto begun = begin(engine, KeyProgress::Kind::Import);
    if (!begun)
        return Task<KeyCounts>::ready(tl::unexpected(begun.error()));
    BulkKeys *work = *begun;
    auto task = work->m_promise.task();
    runOnPool(engine.pool(),
              [path, sink = work->sink(), progress = work->progress(),
               importer = std::make_shared<crypto::KeyImporter>(engine.machine().recovery().importer()),
               words = std::make_shared<Secret>(std::move(passphrase))]() -> Result<crypto::KeyCounts> {
                  // A pipe would be waited for without an end.
                  if (!QFileInfo(path).isFile())
                      return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, u"no file"_s);
                  QFile file(path);
                  if (!file.open(QIODevice::ReadOnly))
                      return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, file.errorString());
                  return crypto::prepareKeyFile(file, words->view(), *importer, sink, progress);
              })
        .then(work, [work](const Result<crypto::KeyCounts> &counts) { work->finish(counts, true); });
    return task;
}

Task<KeyCounts> BulkKeys::restoreBackup(Engine &engine)
{
    const auto begun = begin(engine, KeyProgress::Kind::Restore);
    if (!begun)
        return Task<KeyCounts>::ready(tl::unexpected(begun.error()));
    BulkKeys *work = *begun;
    auto task = work->m_promise.task();
    askForBackup(engine)
        .andThen(work, [work] { return work->m_engine.machine().recovery().backup(); })
        .then(work, [work](const Result<crypto::BackupView> &backup) {
            if (!backup)
                return work->finish(tl::unexpected(backup.error()), true);
            work->download(*backup);
        });
    return task;
}

void BulkKeys::download(const crypto::BackupView &backup)
{
    auto key = m_engine.machine().recovery().backupKey();
    if (!key)
        return finish(tl::unexpected(key.error()), true);
    if (!backup.exists || !backup.ours)
        return finish(fail(ErrorKind::NotFound, u"PARVIS_BACKUP_NONE"_s), true);
    if (!backup.holdsKey)
        return finish(fail(ErrorKind::Crypto, u"PARVIS_BACKUP_NO_KEY"_s), true);
    auto secret = std::make_shared<Secret>(*std::move(key));
    m_engine.api()
        .sendWithRetry(
            api::GetBackupKeys{
                .version = backup.version, .room = {}, .session = {}, .maxBytes = crypto::maxBackupBytes},
            {}, m_network.token())
        .andThen(this,
                 [this, version = backup.version, secret](const QByteArray &contents) {
                     return prepare(contents, version, secret->clone());
                 })
        .then(this, [this](const Result<crypto::KeyCounts> &counts) {
            const bool tooLarge = !counts && counts.error().kind == ErrorKind::TooLarge;
            finish(tooLarge ? fail(ErrorKind::TooLarge, u"PARVIS_BACKUP_TOO_LARGE"_s) : counts, true);
        });
}

Task<crypto::KeyCounts> BulkKeys::prepare(const QByteArray &contents, const QString &version,
                                          Secret backupKey)
{
    return runOnPool(
        m_engine.pool(),
        [contents, version, sink = sink(), progress = progress(),
         key = std::make_shared<Secret>(std::move(backupKey)),
         importer = std::make_shared<crypto::KeyImporter>(m_engine.machine().recovery().importer())] {
            return crypto::prepareBackup(contents, *key, version, *importer, sink, progress);
        });
}

crypto::PreparedSink BulkKeys::sink()
{
    // The work outlives what runs on the pool: the engine waits for that before it lets go of its children.
    return [this, gate = m_gate](const QList<crypto::InboundSessionRecord> &keys) {
        while (!gate->stopped && !gate->free.tryAcquire(1, lookAgainMs))
            ;
        if (gate->stopped)
            return false;
        QMetaObject::invokeMethod(
            this, [this, keys] { take(keys); }, Qt::QueuedConnection);
        return true;
    };
}

crypto::FileProgress BulkKeys::progress()
{
    return [this, gate = m_gate, last = std::make_shared<int>(-1)](qint64 done, qint64 total) {
        const int percent = total > 0 ? int(done * 100 / total) : 0;
        if (std::exchange(*last, percent) != percent)
            QMetaObject::invokeMethod(
                this, [this, done, total] { show(done, total); }, Qt::QueuedConnection);
        return !gate->stopped;
    };
}

void BulkKeys::take(const QList<crypto::InboundSessionRecord> &keys)
{
    m_windows.append(keys);
    if (m_windows.size() == 1)
        takeSlice();
}

void BulkKeys::takeSlice()
{
    const auto outcome = m_gate->stopped
        ? fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s)
        : m_engine.machine().recovery().import(m_windows.constFirst().mid(m_at, crypto::importSlice));
    if (outcome) {
        m_imported += outcome->imported;
        m_arrived += outcome->sessions;
        if (m_arrived.size() >= readAgainSlice)
            readAgain();
        m_at += crypto::importSlice;
    } else {
        m_failed = m_failed.value_or(outcome.error());
        m_gate->stopped = true;
        m_windows.clear();
    }
    if (outcome && m_at >= m_windows.constFirst().size()) {
        m_windows.removeFirst();
        m_at = 0;
        m_gate->free.release();
    }
    if (!m_windows.isEmpty())
        QMetaObject::invokeMethod(this, &BulkKeys::takeSlice, Qt::QueuedConnection);
    else if (m_whenTaken)
        m_whenTaken();
}

void BulkKeys::readAgain()
{
    m_engine.lateKeys().keysArrived(std::exchange(m_arrived, {}));
}

void BulkKeys::show(qint64 done, qint64 total)
{
    m_engine.keyProgress().set({m_kind, done, total});
}

void BulkKeys::cancel(Engine &engine)
{
    auto *work =
        dynamic_cast<BulkKeys *>(engine.findChild<QObject *>(u"bulk keys"_s, Qt::FindDirectChildrenOnly));
    if (!work)
        return;
    work->m_gate->stopped = true;
    work->m_network.cancel();
}

void BulkKeys::finish(const Result<crypto::KeyCounts> &counts, bool imported)
{
    if (m_windows.isEmpty())
        answer(counts, imported);
    else
        m_whenTaken = [this, counts, imported] { answer(counts, imported); };
}

void BulkKeys::answer(const Result<crypto::KeyCounts> &counts, bool imported)
{
    setObjectName({});
    readAgain();
    m_engine.keyProgress().set({});
    m_engine.pump().kick(); // what came from a file goes to the backup
    if (m_failed)
        m_promise.resolve(tl::unexpected(*m_failed));
    else if (!counts)
        m_promise.resolve(tl::unexpected(counts.error()));
    else
        m_promise.resolve(KeyCounts{.done = imported ? m_imported : counts->usable, .total = counts->total});
    deleteLater();
}

} // namespace parvis
