// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/history_giving.h"

#include "api/key_bundles.h"
#include "api/room_keys.h"
#include "base/log.h"
#include "base/raw_object.h"
#include "crypto/key_transfer.h"
#include "engine/key_intake.h"
#include "engine/pool_task.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

using Keys = QList<crypto::InboundSessionRecord>;

/// A room's part of the backup has no names of rooms in it.
QByteArray asWholeBackup(const RoomId &room, const QByteArray &contents)
{
    return "{\"rooms\":{" + jsonString(room.toString()) + ':' + contents + "}}";
}

} // namespace

Task<void> HistoryGiving::run(Engine &engine, const RoomId &room, const UserId &user)
{
    auto *work = new HistoryGiving(engine, room, user);
    auto task = work->m_promise.task();
    work->begin();
    return task;
}

HistoryGiving::HistoryGiving(Engine &engine, RoomId room, UserId user)
    : EngineWork(engine), m_room(std::move(room)), m_user(std::move(user))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(u"it takes too long"_s); });
    connect(&m_engine.pump(), &OutgoingPump::progressed, this, &HistoryGiving::look, Qt::QueuedConnection);
}

void HistoryGiving::begin()
{
    m_patience.start(patienceMs);
    const auto may = m_engine.machine().sharedHistory().mayGive(m_room);
    if (!may || !*may)
        return finish(may ? QString() : may.error().code);
    const auto version = m_engine.machine().sharedHistory().backupToFetch(m_room);
    if (!version)
        return finish(version.error().code);
    if (version->isEmpty())
        return askForDevices();
    fetchBackup(*version);
}

void HistoryGiving::fetchBackup(const QString &version)
{
    auto key = m_engine.machine().recovery().backupKey();
    if (!key)
        return finish(key.error().code);
    const auto secret = std::make_shared<Secret>(*std::move(key));
    const auto importer = std::make_shared<crypto::KeyImporter>(m_engine.machine().recovery().importer());
    m_engine.api()
        .sendWithRetry(api::GetBackupKeys{
            .version = version, .room = m_room, .session = {}, .maxBytes = crypto::maxBackupBytes})
        .andThen(this,
                 [this, version, secret, importer](const QByteArray &contents) {
                     return runOnPool(m_engine.pool(), [=, room = m_room]() -> Result<Keys> {
                         Keys keys;
                         const auto sink = [&keys](const Keys &slice) {
                             keys += slice;
                             return true;
                         };
                         return crypto::prepareBackup(asWholeBackup(room, contents), *secret, version,
                                                      *importer, sink, {})
                             .map([&](const auto &) { return keys; });
                     });
                 })
        .andThen(this,
                 [this](const Keys &keys) {
                     // May go on when nobody waits for this any more.
                     return KeyIntake::run(m_engine, keys, [&engine = m_engine](const Keys &slice) {
                         return engine.machine().recovery().import(slice);
                     });
                 })
        .then(this, [this, version](const Result<void> &fetched) {
            // That the backup has nothing of this room is an answer as well.
            if (fetched || fetched.error().code == "M_NOT_FOUND"_L1)
                (void)m_engine.machine().sharedHistory().backupFetched(m_room, version);
            else if (fetched.error().kind == ErrorKind::Storage)
                return finish(fetched.error().code);
            askForDevices();
        });
}

void HistoryGiving::askForDevices()
{
    if (const auto asked = m_engine.machine().sharedHistory().refreshDevices(m_user); !asked)
        return finish(asked.error().code);
    m_asked = true;
    m_engine.pump().kick();
    look();
}

void HistoryGiving::look()
{
    if (m_done || m_uploading || !m_asked)
        return;
    if (!m_messages.isEmpty()) {
        const auto pending = m_engine.machine().sharedHistory().isPending(m_messages);
        if (pending && !*pending)
            finish({});
        return;
    }
    told(m_engine.machine().sharedHistory().give(m_room, m_user, m_file));
}

void HistoryGiving::told(const Result<crypto::SharedHistory::Giving> &giving)
{
    if (!giving)
        return finish(giving.error().code);
    m_engine.pump().kick();
    if (!giving->waitingFor.isEmpty() && !giving->done)
        return; // the pump says when
    if (giving->otherIdentity)
        return finish(u"their identity has changed, and the person has not accepted it"_s);
    if (giving->devices == 0)
        return finish(u"no device that its owner signed"_s);
    if (!giving->done)
        return upload();
    m_messages = giving->waitingFor;
}

void HistoryGiving::upload()
{
    m_uploading = true;
    runOnPool(
        m_engine.pool(),
        [open = m_engine.files().keysReader(), room = m_room,
         pickleKey = std::make_shared<Secret>(m_engine.files().pickleKey().clone())]() -> Result<Sealed> {
            const auto keys = open();
            if (!keys)
                return tl::unexpected(keys.error());
            store::CryptoStoreSql store(**keys);
            auto bundle = crypto::makeBundle(store, *pickleKey, room);
            if (!bundle || bundle->isEmpty())
                return bundle ? Result<Sealed>(Sealed()) : tl::unexpected(bundle.error());
            auto cipher = crypto::AttachmentEncryptor::start();
            if (!cipher)
                return tl::unexpected(cipher.error());
            // In place: what was the bundle is its ciphertext now.
            if (auto done = cipher->apply(*bundle); !done)
                return tl::unexpected(done.error());
            return Sealed{*bundle, std::make_shared<crypto::EncryptedFile>(cipher->finish())};
        })
        .andThen(this,
                 [this](const Sealed &sealed) -> Task<QByteArray> {
                     if (!sealed.file)
                         return Task<QByteArray>::ready(QByteArray());
                     return m_engine.api()
                         .sendWithRetry(api::UploadBundle{sealed.ciphertext})
                         .andThen(this, [file = sealed.file](const QString &uri) {
                             file->url = uri;
                             return Result<QByteArray>(file->toJson());
                         });
                 })
        .then(this, [this](const Result<QByteArray> &file) {
            m_uploading = false;
            if (!file || file->isEmpty())
                return finish(file ? u"no key to give"_s : file.error().code);
            m_file = *file;
            look();
        });
}

void HistoryGiving::finish(const QString &why)
{
    if (std::exchange(m_done, true))
        return;
    m_patience.stop();
    if (!why.isEmpty())
        qCInfo(log::crypto) << "the past of a room goes with no invitation:" << why;
    wipe(m_file);
    m_promise.resolve({});
    deleteLater();
}

} // namespace parvis
