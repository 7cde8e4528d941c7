// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "base/observable_value.h"
#include "client/values.h"
#include "engine/api_sync_transport.h"
#include "engine/authenticated_call.h"
#include "engine/complete_members.h"
#include "engine/crypto_transport.h"
#include "engine/crypto_watch.h"
#include "engine/media_desk.h"
#include "engine/push_judge.h"
#include "engine/read_receipts.h"
#include "engine/retention_desk.h"
#include "engine/room_actions.h"
#include "engine/room_event_path.h"
#include "engine/room_settings.h"
#include "engine/room_upkeep.h"
#include "engine/token_keeper.h"
#include "engine/verification_desk.h"
#include "net/qt_http.h"
#include "rooms/room_list.h"
#include "send/outgoing_pump.h"
#include "send/room_encryptor.h"
#include "send/send_queue.h"
#include "session/account_files.h"
#include "store/keys/crypto_store_sql.h"
#include "store/keys/draft_store.h"
#include "sync/machine_crypto.h"
#include "sync/sync_loop.h"
#include "timeline/history_source.h"
#include "timeline/late_keys.h"

#include <QThreadPool>

#include <atomic>
#include <memory>

namespace parvis {

class HistoryCrawl;
class HistoryKeys;
class NotificationLog;
class RoomFinder;
class RoomUpgrade;
class SearchDesk;
class WithheldKeys;

/// One account at work: builds the modules in their order and connects them; the only class that knows them
/// all. Core thread.
class Engine : public QObject
{
    Q_OBJECT

public:
    /// How older messages are fetched for the search.
    struct SearchRules {
        int days = 0;                         ///< so far back; 0: none are
        int cacheMegabytes = 0;               ///< beyond, none are; 0: no limit
        std::function<bool()> onBattery = {}; ///< empty: nobody knows
    };
    /// What the program gives to every account.
    struct Surroundings {
        NetworkRules network;
        crypto::SharingStrategy encryptFor = crypto::SharingStrategy::SignedDevices;
        bool keyForwarding = false; ///< keys of rooms go among the person's own devices
        QByteArray userAgent;
        const Clock &clock;
        Delay &delay;
        SearchRules search = {};
        RetentionDesk::Rules keep = {};
    };

    /// Takes over the open files of an account. Without a token it opens all the same: what is there can be
    /// read.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> open(std::unique_ptr<session::AccountFiles> files,
                                                              Surroundings surroundings);
    ~Engine() override;

    /// Begins to synchronise and to send.
    void start();
    /// True from start() to stop().
    [[nodiscard]] bool isStarted() const { return m_started; }
    /// Answers once nothing is in flight.
    [[nodiscard]] Task<void> stop();
    void retryNow();
    /// New tokens for the same device, after the server no longer took the old ones.
    [[nodiscard]] Result<void> signInAgain(const Tokens &tokens);
    /// Answers when everything that the server has is applied and everything that is queued is sent.
    [[nodiscard]] Task<void> idle();

    [[nodiscard]] const UserId &user() const { return m_user; }
    [[nodiscard]] const DeviceId &device() const { return m_device; }
    [[nodiscard]] ApiClient &api() { return m_api; }
    [[nodiscard]] Cache &cache() { return m_cache; }
    [[nodiscard]] crypto::CryptoMachine &machine() { return *m_machine; }
    [[nodiscard]] MachineCrypto &crypto() { return *m_crypto; }
    [[nodiscard]] OutgoingPump &pump() { return *m_pump; }
    [[nodiscard]] SendQueue &queue() { return *m_queue; }
    [[nodiscard]] store::DraftStore &drafts() { return m_drafts; }
    [[nodiscard]] store::CryptoStoreSql &cryptoStore() { return m_cryptoStore; }
    [[nodiscard]] rooms::RoomList &rooms() { return m_rooms; }
    [[nodiscard]] RoomActions &actions() { return *m_actions; }
    [[nodiscard]] RoomUpkeep &upkeep() { return m_upkeep; }
    [[nodiscard]] RoomUpgrade &roomUpgrade() { return *m_roomUpgrade; }
    [[nodiscard]] RoomFinder &finder() { return *m_finder; }
    [[nodiscard]] RoomSettings &settings() { return m_settings; }
    [[nodiscard]] ReadReceipts &receipts() { return m_receipts; }
    [[nodiscard]] CompleteMembers &members() { return *m_members; }
    [[nodiscard]] SyncLoop &sync() { return *m_sync; }
    [[nodiscard]] SyncApply &syncApply() { return *m_apply; }
    [[nodiscard]] timeline::LateKeys &lateKeys() { return *m_lateKeys; }
    [[nodiscard]] MediaDesk &media() { return *m_media; }
    [[nodiscard]] VerificationDesk &verifications() { return *m_verifications; }
    [[nodiscard]] SearchDesk &search() { return *m_search; }
    [[nodiscard]] NotificationLog &notifications() { return *m_notifications; }
    [[nodiscard]] HistoryCrawl &historyCrawl() { return *m_crawl; }
    [[nodiscard]] const SearchRules &searchRules() const { return m_searchRules; }
    [[nodiscard]] RetentionDesk &retention() { return m_retention; }
    [[nodiscard]] session::AccountFiles &files() { return *m_files; }
    /// For pure work that takes long; what runs there ends before anything else of the engine goes.
    [[nodiscard]] QThreadPool &pool() { return m_pool; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] Delay &delay() { return m_delay; }
    [[nodiscard]] AuthMemory &authMemory() { return m_authMemory; }

    [[nodiscard]] ObservableValue<SessionInfo> &session() { return m_session; }
    [[nodiscard]] ObservableValue<Connection> &connection() { return m_connection; }
    [[nodiscard]] ObservableValue<StorageState> &storage() { return m_storage; }
    [[nodiscard]] ObservableValue<UnreadTotals> &totals() { return m_totals; }
    /// True once all rooms of the account came, in this or an earlier run.
    [[nodiscard]] ObservableValue<bool> &loaded() { return m_loaded; }
    [[nodiscard]] ObservableValue<KeyProgress> &keyProgress() { return m_keyProgress; }
    /// How the account's encryption stands.
    [[nodiscard]] ObservableValue<CryptoStatus> &cryptoStatus() { return m_cryptoWatch->status(); }
    /// Something of it has changed that no signal tells.
    void lookAtCryptoAgain() { m_cryptoWatch->lookAgain(); }
    [[nodiscard]] ObservableList<QueueItem> &queueItems() { return m_queueItems; }

    /// What the administration wants at least of the devices that get keys.
    [[nodiscard]] ReadersRule policyRule() const;
    /// The person's own wish, for every room; kept. It can only narrow the rule.
    [[nodiscard]] bool onlyVerifiedEverywhere() const { return m_onlyVerified; }
    [[nodiscard]] Result<void> setOnlyVerifiedEverywhere(bool on);
    /// The same for one room.
    [[nodiscard]] Result<void> setOnlyVerified(const RoomId &room, bool on);

    /// Reads the whole of cache.db beside whoever writes it, if that was not done for a week: a damaged one
    /// is begun anew.
    void checkCache();

    /// Forgets or keeps the composer's text; draftsChanged() follows.
    [[nodiscard]] Result<void> setDraft(const RoomId &room, const QString &text);
    /// A text is begun there, or a file is joined.
    [[nodiscard]] bool hasDraft(const RoomId &room) const;
    /// Megolm sessions that no backup holds: lost with this device.
    [[nodiscard]] Result<int> sessionsWithoutBackup();
    /// Something of this room could not be sent and waits for the person.
    [[nodiscard]] bool hasFailed(const RoomId &room) const;

Q_SIGNALS:
    /// Devices or identities of these users are to be thought of otherwise; an empty list: anybody's.
    void trustChanged(const QList<parvis::UserId> &users);
    /// The rule by which devices get keys is another now: in this room, or in all where it is empty.
    void readersRuleChanged(const parvis::RoomId &room);
    /// The rows of these rooms show something else now (a draft, a failed message).
    void roomExtrasChanged(const parvis::RoomId &room);
    /// A page of cache.db cannot be read: what the engine shows of it can no longer be relied on.
    void cacheDamaged();

private:
    Engine(std::unique_ptr<session::AccountFiles> files, Surroundings surroundings);
    [[nodiscard]] Result<void> build();
    /// What works for the machine, in the order in which one needs the other.
    void makeParts();
    void connectParts();
    void watchFiles();
    void makeSearch();
    void refreshStorage();
    /// What an earlier run may have left: once.
    void catchUp();
    /// Reads the whole of keys.db, beside whoever writes it.
    void checkKeys();
    /// What is missing of the account's secrets is asked of its other devices.
    void exchangeSecrets();
    void secretsCame();
    [[nodiscard]] Result<void> answerOldCopy();
    [[nodiscard]] Result<void> distrustOutboundSessions();
    [[nodiscard]] Result<void> readReadersRule();
    void applyReadersRule();
    void setOnline(bool online);
    void followSync(const SyncStatus &status);
    void refreshQueue();
    void fetchProfile();

    std::unique_ptr<session::AccountFiles> m_files;
    const Clock &m_clock;
    Delay &m_delay;
    crypto::SharingStrategy m_encryptFor; ///< the policy's
    bool m_keyForwarding;
    const SearchRules m_searchRules;
    const RetentionDesk::Rules m_keep;
    bool m_onlyVerified = false;
    store::AccountStore m_accounts;
    store::CryptoStoreSql m_cryptoStore;
    store::QueueStore m_queueStore;
    store::DraftStore m_drafts;
    TokenKeeper m_tokenKeeper;
    UserId m_user;
    DeviceId m_device;
    Cache m_cache;
    PushJudge m_judge;
    QtHttp m_http;
    ApiClient m_api;
    RetentionDesk m_retention;
    rooms::RoomList m_rooms;
    ReadReceipts m_receipts;
    RoomUpkeep m_upkeep;
    RoomSettings m_settings;
    std::unique_ptr<crypto::CryptoMachine> m_machine;
    std::unique_ptr<RoomActions> m_actions;
    std::unique_ptr<MachineCrypto> m_crypto;
    std::unique_ptr<ApiCryptoTransport> m_transport;
    std::unique_ptr<OutgoingPump> m_pump;
    std::unique_ptr<CompleteMembers> m_members;
    std::unique_ptr<RoomUpgrade> m_roomUpgrade;
    std::unique_ptr<RoomFinder> m_finder;
    std::unique_ptr<RoomEncryptor> m_encryptor;
    std::unique_ptr<MediaDesk> m_media;
    std::unique_ptr<RoomEventPath> m_path;
    std::unique_ptr<SendQueue> m_queue;
    std::unique_ptr<SyncApply> m_apply;
    std::unique_ptr<timeline::LateKeys> m_lateKeys;
    std::unique_ptr<VerificationDesk> m_verifications;
    AuthMemory m_authMemory;
    std::unique_ptr<CryptoWatch> m_cryptoWatch;
    std::unique_ptr<HistoryKeys> m_historyKeys;
    std::unique_ptr<WithheldKeys> m_withheldKeys;
    std::unique_ptr<SearchDesk> m_search;
    std::unique_ptr<NotificationLog> m_notifications;
    std::unique_ptr<timeline::HistorySource> m_history;
    std::unique_ptr<HistoryCrawl> m_crawl;
    ApiSyncTransport m_syncTransport;
    std::unique_ptr<SyncLoop> m_sync;

    ObservableValue<SessionInfo> m_session;
    ObservableValue<Connection> m_connection;
    ObservableValue<StorageState> m_storage;
    ObservableValue<UnreadTotals> m_totals;
    ObservableValue<bool> m_loaded;
    ObservableValue<KeyProgress> m_keyProgress;
    ObservableList<QueueItem> m_queueItems;
    QSet<RoomId> m_withDraft;
    bool m_started = false;
    bool m_caughtUp = false;
    bool m_keysDamaged = false;
    std::atomic_bool m_ending = false;
    QThreadPool m_pool; ///< last: what runs there ends before anything else goes
};

} // namespace parvis
