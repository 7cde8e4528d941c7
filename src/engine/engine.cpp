// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/engine.h"

#include "base/log.h"
#include "engine/bulk_keys.h"
#include "engine/crypto_notes.h"
#include "engine/engine_work.h"
#include "engine/history_crawl.h"
#include "engine/history_giving.h"
#include "engine/history_keys.h"
#include "engine/idle_wait.h"
#include "engine/notification_log.h"
#include "engine/recovery_data.h"
#include "engine/room_finder.h"
#include "engine/room_upgrade.h"
#include "engine/search_desk.h"
#include "engine/summaries.h"
#include "engine/withheld_keys.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

// What expired while nobody was there is taken out before anything is shown: thousands of messages in that
// time.
constexpr int longestExpiryMs = 2'000;

SendState toClient(store::QueueState state)
{
    switch (state) {
    case store::QueueState::Queued:
        return SendState::Queued;
    case store::QueueState::Sending:
        return SendState::Sending;
    case store::QueueState::Failed:
        return SendState::Failed;
    case store::QueueState::Sent:
        return SendState::Sent;
    }
    Q_UNREACHABLE();
    return SendState::Queued;
}

Connection toClient(const SyncStatus &status)
{
    Connection connection{
        .state = Connection::State::Offline, .reason = status.error, .retryAtMs = status.retryAtMs};
    if (status.phase == SyncStatus::Phase::Connecting)
        connection.state = Connection::State::Connecting;
    else if (status.phase == SyncStatus::Phase::Online)
        connection.state = Connection::State::Online;
    return connection;
}

/// A first synchronisation takes much of it, and nothing later does: the system gets it again.
void giveMemoryBack()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace

Result<std::unique_ptr<Engine>> Engine::open(std::unique_ptr<session::AccountFiles> files,
                                             Surroundings surroundings)
{
    std::unique_ptr<Engine> engine(new Engine(std::move(files), std::move(surroundings)));
    if (auto built = engine->build(); !built)
        return tl::unexpected(built.error());
    return engine;
}

Engine::Engine(std::unique_ptr<session::AccountFiles> files, Surroundings surroundings)
    : m_files(std::move(files)),
      m_clock(surroundings.clock),
      m_delay(surroundings.delay),
      m_encryptFor(surroundings.encryptFor),
      m_keyForwarding(surroundings.keyForwarding),
      m_searchRules(surroundings.search),
      m_keep(surroundings.keep),
      m_accounts(m_files->keys()),
      m_cryptoStore(m_files->keys()),
      m_queueStore(m_files->keys()),
      m_drafts(m_files->keys()),
      m_tokenKeeper(m_accounts),
      m_user(m_files->header().userId),
      m_device(m_files->header().deviceId),
      m_cache(m_files->cache(), m_user),
      m_judge(m_cache),
      m_http(std::move(surroundings.network), surroundings.userAgent),
      m_api(m_http, m_clock, m_delay),
      m_retention({.cache = m_cache, .database = m_files->cache(), .clock = m_clock}, m_keep),
      m_rooms(m_cache),
      m_receipts(m_api, m_cache, m_clock),
      m_upkeep(m_api, m_cache),
      m_settings(m_api, m_cache, m_rooms),
      m_syncTransport(m_api)
{
}

Engine::~Engine()
{
    m_ending = true;
    BulkKeys::cancel(*this);
    if (m_media)
        m_media->stop();
    m_pool.waitForDone();
    EngineWork::endAll(*this);
}

Result<void> Engine::build()
{
    auto session = m_accounts.session();
    if (!session)
        return tl::unexpected(session.error());
    const bool signedIn = *session && !(*session)->tokens.access.isEmpty();
    const QByteArray baseUrl = *session ? (*session)->baseUrl : m_files->header().baseUrl;
    m_api.setBaseUrl(baseUrl);
    if (signedIn)
        m_api.setTokens({.access = (*session)->tokens.access.clone(),
                         .refresh = (*session)->tokens.refresh.clone(),
                         .expiresAtMs = (*session)->tokens.expiresAtMs},
                        &m_tokenKeeper);

    auto machine =
        crypto::CryptoMachine::open(m_cryptoStore, m_user, m_device, m_files->pickleKey().clone(), m_clock);
    if (!machine)
        return tl::unexpected(machine.error());
    m_machine = *std::move(machine);
    makeParts();
    connectParts();
    if (auto read = readReadersRule(); !read)
        return read;
    m_cryptoWatch = std::make_unique<CryptoWatch>(*this);

    if (auto prepared = answerOldCopy().and_then([&] { return distrustOutboundSessions(); }); !prepared)
        return prepared;
    m_retention.beforeShowing(longestExpiryMs);
    if (auto loaded = m_rooms.load(); !loaded)
        return loaded;
    m_notifications = std::make_unique<NotificationLog>(*this, m_judge);
    m_totals.set(toClient(m_rooms.totals()));
    m_loaded.set(!m_files->cacheIsNew() && !m_rooms.all().isEmpty());
    const auto drafts = m_drafts.all();
    if (!drafts)
        return tl::unexpected(drafts.error());
    m_withDraft = QSet<RoomId>(drafts->keyBegin(), drafts->keyEnd());
    m_session.set({.userId = m_user,
                   .deviceId = m_device,
                   .homeserver = QString::fromUtf8(baseUrl),
                   .serverName = m_user.toString().section(u':', 1),
                   .displayName = {},
                   .organisation = {},
                   .needsSignIn = !signedIn});
    const auto queued = m_queue->load();
    m_media->follow(*m_queue);
    connect(&m_media->joined(), &JoinedFiles::changed, this, &Engine::roomExtrasChanged);
    m_verifications->dropLeftovers();
    return queued;
}

void Engine::makeParts()
{
    m_cache.setJudge(&m_judge);
    m_cache.setClock(&m_clock);
    m_machine->setKeyForwarding(m_keyForwarding);
    m_crypto = std::make_unique<MachineCrypto>(*m_machine);
    m_actions = std::make_unique<RoomActions>(m_api, m_cache, m_rooms, *m_machine);
    m_transport = std::make_unique<ApiCryptoTransport>(m_api, m_clock);
    m_pump = std::make_unique<OutgoingPump>(*m_machine, *m_transport, m_clock);
    m_members = std::make_unique<CompleteMembers>(m_api, m_cache, *m_machine);
    m_roomUpgrade =
        std::make_unique<RoomUpgrade>(RoomUpgrade::Parts{m_api, m_cache, m_rooms, *m_machine, *m_members});
    m_finder = std::make_unique<RoomFinder>(m_api, m_cache, m_rooms);
    m_encryptor = std::make_unique<RoomEncryptor>(*m_machine, *m_pump, *m_members);
    m_media = std::make_unique<MediaDesk>(MediaDesk::Parts{.api = m_api,
                                                           .keys = m_files->keys(),
                                                           .cache = m_cache,
                                                           .pool = m_pool,
                                                           .folder = m_files->mediaFolder()});
    m_path = std::make_unique<RoomEventPath>(m_api, m_cache, *m_machine, *m_encryptor, m_clock,
                                             &m_media->uploads());
    m_queue = std::make_unique<SendQueue>(m_queueStore, *m_path, m_clock);
    m_apply = std::make_unique<SyncApply>(m_cache, *m_crypto, m_clock);
    m_lateKeys = std::make_unique<timeline::LateKeys>(m_cache, *m_crypto);
    m_verifications = std::make_unique<VerificationDesk>(VerificationDesk::Parts{.machine = *m_machine,
                                                                                 .crypto = *m_crypto,
                                                                                 .pump = *m_pump,
                                                                                 .queue = *m_queue,
                                                                                 .apply = *m_apply,
                                                                                 .lateKeys = *m_lateKeys,
                                                                                 .cache = m_cache});
    m_historyKeys = std::make_unique<HistoryKeys>(*this, m_delay);
    m_withheldKeys = std::make_unique<WithheldKeys>(*this);
    m_sync = std::make_unique<SyncLoop>(SyncLoop::Parts{.transport = m_syncTransport,
                                                        .cache = m_cache,
                                                        .crypto = *m_crypto,
                                                        .apply = *m_apply,
                                                        .clock = m_clock,
                                                        .delay = m_delay});
}

void Engine::connectParts()
{
    connect(&m_rooms, &rooms::RoomList::changed, this, [this] { m_totals.set(toClient(m_rooms.totals())); });
    connect(m_queue.get(), &SendQueue::changed, this, [this](const RoomId &room) {
        refreshQueue();
        Q_EMIT roomExtrasChanged(room);
    });
    connect(m_crypto.get(), &MachineCrypto::roomKeysArrived, this,
            [this](const QList<crypto::RoomKeyNews> &keys) {
                for (const crypto::RoomKeyNews &key : keys)
                    m_lateKeys->keyArrived(key.room, key.session);
            });
    connect(m_crypto.get(), &MachineCrypto::roomKeysWithheld, this,
            [this](const QList<crypto::RoomKeyNews> &keys) {
                for (const crypto::RoomKeyNews &key : keys)
                    m_lateKeys->keyArrived(key.room, key.session); // no better, but for another reason
            });
    connect(m_crypto.get(), &MachineCrypto::noted, this, [](const auto &notes) { logNotes(notes); });
    connect(m_crypto.get(), &MachineCrypto::outgoingMayHaveChanged, m_pump.get(), &OutgoingPump::kick,
            Qt::QueuedConnection);
    connect(m_pump.get(), &OutgoingPump::devicesChanged, this, &Engine::trustChanged);
    connect(m_pump.get(), &OutgoingPump::roomKeysArrived, this,
            [this](const QList<crypto::RoomKeyNews> &keys) {
                for (const crypto::RoomKeyNews &key : keys)
                    m_lateKeys->keyArrived(key.room, key.session);
            });
    connect(m_pump.get(), &OutgoingPump::noted, this, [](const auto &notes) { logNotes(notes); });
    connect(m_crypto.get(), &MachineCrypto::secretsCame, this, &Engine::secretsCame, Qt::QueuedConnection);
    connect(m_pump.get(), &OutgoingPump::backupOpened, this, &Engine::secretsCame, Qt::QueuedConnection);
    connect(m_verifications.get(), &VerificationDesk::ownVerified, this, &Engine::exchangeSecrets,
            Qt::QueuedConnection);
    m_actions->setBeforeInvitation(
        [this](const RoomId &room, const UserId &user) { return HistoryGiving::run(*this, room, user); });
    connect(m_actions.get(), &RoomActions::invitationAccepted, m_historyKeys.get(), &HistoryKeys::accepted);
    connect(m_crypto.get(), &MachineCrypto::bundleCame, m_historyKeys.get(), &HistoryKeys::look,
            Qt::QueuedConnection);
    connect(m_pump.get(), &OutgoingPump::devicesChanged, m_historyKeys.get(), &HistoryKeys::look,
            Qt::QueuedConnection);
    connect(m_sync.get(), &SyncLoop::synced, m_pump.get(), &OutgoingPump::kick);
    m_sync->status().subscribe(this, [this](const SyncStatus &status) { followSync(status); });
    // Another device has set a backup up: ours may be another one from now on.
    m_cache.subscribe(this, [this](const AppliedChanges &changes) {
        if (!m_started || !changes.accountData.contains(u"m.megolm_backup.v1"_s))
            return;
        m_machine->recovery().checkBackup();
        m_pump->kick();
    });
    connect(&m_api, &ApiClient::signedOut, this, [this](const Error &error) {
        qCWarning(log::api) << "the server no longer takes the token:" << error.code;
        SessionInfo session = m_session.get();
        session.needsSignIn = true;
        m_session.set(session);
        setOnline(false);
        m_sync->stop();
    });
    watchFiles();
    makeSearch();
}

void Engine::start()
{
    m_started = true;
    catchUp();
    if (m_session.get().needsSignIn)
        return;
    m_machine->recovery().checkBackup();
    exchangeSecrets();
    m_sync->start();
    setOnline(true);
    fetchProfile();
}

Task<void> Engine::stop()
{
    m_started = false;
    setOnline(false);
    m_sync->stop();
    m_rooms.keepAll();
    return Task<void>::ready({});
}

void Engine::retryNow()
{
    m_sync->retryNow();
    m_pump->setOnline(false);
    m_queue->setOnline(false);
    setOnline(!m_session.get().needsSignIn);
}

Task<void> Engine::idle()
{
    return (new IdleWait(*m_sync, *m_pump, *m_queue, this))->start();
}

void Engine::setOnline(bool online)
{
    m_pump->setOnline(online);
    m_queue->setOnline(online);
    m_crawl->setOnline(online);
    if (online)
        m_historyKeys->lookAgain();
}

void Engine::followSync(const SyncStatus &status)
{
    const bool wasOnline = m_connection.get().state == Connection::State::Online;
    m_connection.set(toClient(status));
    if (status.caughtUp && !m_loaded.get()) {
        m_loaded.set(true);
        giveMemoryBack();
    }
    // Back on the network: what waits after a failure need not wait any longer.
    if (!wasOnline && status.phase == SyncStatus::Phase::Online) {
        setOnline(false);
        setOnline(true);
    }
}

Result<int> Engine::sessionsWithoutBackup()
{
    return m_machine->recovery().backup().map(
        [](const crypto::BackupView &backup) { return int(backup.toBackUp); });
}

void Engine::refreshQueue()
{
    QList<QueueItem> now;
    const auto rows = m_queue->allRows();
    for (const store::QueueRow &row : rows)
        now.append({.txnId = row.txnId,
                    .roomId = row.roomId,
                    .state = toClient(row.state),
                    .attempts = row.attempts,
                    .error = m_queue->error(row)});
    QSet<RoomId> unsent;
    for (const QueueItem &item : std::as_const(now)) {
        if (item.state != SendState::Sent)
            unsent.insert(item.roomId);
    }
    m_rooms.setUnsent(unsent);
    // Rows keep their order: what is gone goes, what changed changes, what is new comes at its place.
    for (qsizetype i = 0; i < now.size(); ++i) {
        while (i < m_queueItems.size() && m_queueItems.at(i).txnId != now[i].txnId
               && std::none_of(now.cbegin(), now.cend(),
                               [&](const QueueItem &item) { return item.txnId == m_queueItems.at(i).txnId; }))
            m_queueItems.remove(i);
        if (i < m_queueItems.size() && m_queueItems.at(i).txnId == now[i].txnId)
            m_queueItems.update(i, now[i]);
        else
            m_queueItems.insert(i, {now[i]});
    }
    m_queueItems.remove(now.size(), m_queueItems.size() - now.size());
}

void Engine::exchangeSecrets()
{
    if (const auto done = m_machine->exchangeSecrets(); !done)
        qCWarning(log::crypto) << "no secret is asked for:" << done.error().code;
    m_pump->kick();
}

void Engine::secretsCame()
{
    qCInfo(log::crypto) << "a secret came from another device";
    Q_EMIT trustChanged({m_user});
    const auto backup = m_machine->recovery().backup();
    if (backup && backup->holdsKey)
        fetchMissingKeys(*this);
}

} // namespace parvis
