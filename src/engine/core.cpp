// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/core.h"

#include "api/login.h"
#include "base/log.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

crypto::SharingStrategy sharingStrategy(const policy::Policy &policy)
{
    const QString word = policy.text(policy::Key::EncryptFor);
    if (word == "all_devices"_L1)
        return crypto::SharingStrategy::AllDevices;
    return word == "signed_devices"_L1 ? crypto::SharingStrategy::SignedDevices
                                       : crypto::SharingStrategy::VerifiedDevices;
}

} // namespace

Core::Core(CoreConfig config, const Clock &clock)
    : m_config(std::move(config)),
      m_clock(clock),
      m_network(m_config.policy),
      m_http(m_network, m_config.userAgent),
      m_discovery(m_http, m_config.policy),
      m_login(m_http, m_clock),
      m_vault(m_config.makeVault())
{
    if (m_network.problem)
        qCWarning(log::net) << "the policy's authorities cannot be read:" << m_network.problem->code;
}

Result<void> Core::openProfile()
{
    auto profiles = session::ProfileStore::open(m_config.profileFolder, *m_vault, m_clock);
    if (!profiles)
        return tl::unexpected(profiles.error());
    m_profiles = *std::move(profiles);
    return {};
}

LoginRules Core::rules() const
{
    const QStringList servers = m_config.policy.list(policy::Key::Servers);
    LoginRules rules{.servers = servers, .suggestedServer = {}, .passphraseVault = true};
    rules.servers.removeAll(u"*"_s);
    if (servers.size() == 1 && !servers.constFirst().contains(u'*'))
        rules.suggestedServer = servers.constFirst();
    if (!m_config.suggestedServer.isEmpty())
        rules.suggestedServer = m_config.suggestedServer;
    return rules;
}

Task<ServerInfo> Core::discover(const QString &serverOrUser)
{
    return m_discovery.discover(serverOrUser).andThen(this, [](const session::DiscoveredServer &found) {
        return Result<ServerInfo>(ServerInfo{.serverName = found.serverName,
                                             .baseUrl = QString::fromUtf8(found.baseUrl),
                                             .user = found.user.toString(),
                                             .flows = {.password = found.flows.password,
                                                       .sso = found.flows.sso,
                                                       .token = found.flows.token,
                                                       .oauth = found.flows.oauth}});
    });
}

Core::~Core() = default;

Result<void> Core::mayBeAdded(const UserId &user) const
{
    const auto all = m_profiles->accounts();
    for (const session::AccountEntry &entry : all) {
        if (entry.isOf(user) && entry.header.userId.isEmpty())
            return tl::unexpected(*entry.problem); // it is here, and nothing says that it is theirs
        if (entry.isOf(user))
            return fail(ErrorKind::Usage, u"PARVIS_ACCOUNT_EXISTS"_s);
    }
    return {};
}

Task<SessionInfo> Core::loginPassword(const PasswordLogin &login, Secret password, Secret vaultPassphrase)
{
    if (auto free = needNobody(); !free)
        return Task<SessionInfo>::ready(tl::unexpected(free.error()));
    if (login.user.startsWith(u'@')) {
        if (auto free = mayBeAdded(UserId(login.user)); !free)
            return Task<SessionInfo>::ready(tl::unexpected(free.error()));
    }
    // The place of the key first: a sign-in whose key cannot be kept makes a device that nobody can use.
    auto vault = vaultPassphrase.isEmpty() ? m_profiles->checkVault() : Task<void>::ready({});
    auto passwordBox = std::make_shared<Secret>(std::move(password));
    auto passphraseBox = std::make_shared<Secret>(std::move(vaultPassphrase));
    return std::move(vault)
        .andThen(this,
                 [this, login, passwordBox] {
                     return m_login.withPassword({.baseUrl = login.baseUrl.toUtf8(),
                                                  .user = login.user,
                                                  .password = std::move(*passwordBox),
                                                  .deviceName = login.deviceName});
                 })
        .andThen(this, [this, passphraseBox](session::NewSession opened) {
            return keepSession(std::move(opened), std::move(*passphraseBox));
        });
}

Task<SessionInfo> Core::attach(const AttachAccount &account, Secret accessToken, Secret refreshToken)
{
    if (auto free = needNobody().and_then([&] { return mayBeAdded(account.userId); }); !free)
        return Task<SessionInfo>::ready(tl::unexpected(free.error()));
    return m_login
        .withToken({.userId = account.userId,
                    .deviceId = account.deviceId,
                    .baseUrl = account.baseUrl.toUtf8(),
                    .tokens = {.access = std::move(accessToken),
                               .refresh = std::move(refreshToken),
                               .expiresAtMs = 0}})
        // Whoever opened that session elsewhere may still want it, whatever becomes of it here.
        .andThen(this, [this](session::NewSession opened) { return storeSession(std::move(opened), {}); });
}

Task<SessionInfo> Core::storeSession(session::NewSession opened, Secret vaultPassphrase)
{
    if (auto free = needNobody(); !free)
        return Task<SessionInfo>::ready(tl::unexpected(free.error()));
    const auto lock = vaultPassphrase.isEmpty() ? session::Lock::Keychain : session::Lock::Passphrase;
    store::StoredSession stored{.userId = opened.userId,
                                .deviceId = opened.deviceId,
                                .baseUrl = opened.baseUrl,
                                .tokens = {.access = std::move(opened.tokens.access),
                                           .refresh = std::move(opened.tokens.refresh),
                                           .expiresAtMs = opened.tokens.expiresAtMs}};
    return m_profiles->create(std::move(stored), lock, std::move(vaultPassphrase))
        .andThen(this,
                 [this](std::unique_ptr<session::AccountFiles> files) { return begin(std::move(files)); });
}

Task<SessionInfo> Core::keepSession(session::NewSession opened, Secret vaultPassphrase)
{
    auto closing = std::make_shared<session::NewSession>(
        session::NewSession{opened.userId, opened.deviceId, opened.baseUrl, opened.tokens.clone()});
    Promise<SessionInfo> promise;
    auto task = promise.task();
    storeSession(std::move(opened), std::move(vaultPassphrase))
        .then(this, [this, closing, promise = std::move(promise)](Result<SessionInfo> session) mutable {
            if (!session) {
                // A device that could not be kept is not left behind at the server.
                auto *api = new ApiClient(m_http, m_clock, m_delay, this);
                api->setBaseUrl(closing->baseUrl);
                api->setTokens(std::move(closing->tokens), nullptr);
                session::closeSession(*api, false).then(api, [api](const Result<void> &) {
                    api->deleteLater();
                });
            }
            promise.resolve(std::move(session));
        });
    return task;
}

Result<std::unique_ptr<Engine>> Core::openEngine(std::unique_ptr<session::AccountFiles> files)
{
    return Engine::open(
        std::move(files),
        {.network = m_network,
         .encryptFor = sharingStrategy(m_config.policy),
         .keyForwarding = m_config.policy.text(policy::Key::KeyForwarding) == "own_devices"_L1,
         .userAgent = m_config.userAgent,
         .clock = m_clock,
         .delay = m_delay,
         .search = {.days = m_config.policy.number(policy::Key::SearchHistoryDays),
                    .cacheMegabytes = m_config.policy.number(policy::Key::CacheMegabytes),
                    .onBattery = m_config.onBattery},
         .keep = {.keptDays = m_config.policy.number(policy::Key::KeepMessagesDays),
                  .maxBytes =
                      qint64(m_config.policy.number(policy::Key::CacheLimitMegabytes)) * 1024 * 1024}});
}

Result<SessionInfo> Core::begin(std::unique_ptr<session::AccountFiles> files)
{
    const auto reopen = files->withNewCache();
    if (std::exchange(m_config.rebuildCache, false)) {
        files.reset(); // closed before its cache is moved
        auto anew = reopen(m_clock.nowMs());
        if (!anew)
            return tl::unexpected(anew.error());
        files = *std::move(anew);
        files->dropOldCaches();
    }
    auto engine = openEngine(std::move(files));
    if (!engine && isCacheDamaged(engine.error())) {
        qCWarning(log::store) << "the cache is damaged: it is set aside and begun anew";
        engine = reopen(m_clock.nowMs()).and_then([this](std::unique_ptr<session::AccountFiles> anew) {
            return openEngine(std::move(anew));
        });
    }
    if (!engine)
        return tl::unexpected(engine.error());
    // A disk that is full keeps nobody out: the next opening is counted again.
    auto counted = m_profiles->countOpening((*engine)->files());
    if (!counted && counted.error().code != u"PARVIS_DISK_FULL"_s)
        return tl::unexpected(counted.error());
    m_engine = *std::move(engine);
    m_renewal.reset();
    // In a turn of its own: the engine that tells it has to go.
    connect(m_engine.get(), &Engine::cacheDamaged, this, &Core::renewCache, Qt::QueuedConnection);
    Q_EMIT engineChanged();
    return m_engine->session().get();
}

Task<void> Core::closeEngine()
{
    if (!m_engine) {
        if (std::exchange(m_renewal, {}))
            Q_EMIT engineChanged();
        return Task<void>::ready({});
    }
    auto promise = std::make_shared<Promise<void>>();
    auto task = promise->task();
    m_engine->stop().then(this, [this, promise](const Result<void> &) {
        // Whoever follows the engine lets go of it first; it goes in a turn of its own, because this is
        // called from inside it.
        std::shared_ptr<Engine> engine = std::move(m_engine);
        Q_EMIT engineChanged();
        QMetaObject::invokeMethod(
            this,
            [engine, promise]() mutable {
                engine.reset();
                promise->resolve({});
            },
            Qt::QueuedConnection);
    });
    return task;
}

Task<void> Core::shutDown()
{
    return closeEngine();
}

} // namespace parvis
