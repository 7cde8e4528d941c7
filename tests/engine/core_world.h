// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/core.h"
#include "fakes/await.h"
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/memory_vault.h"

#include <QTemporaryDir>

namespace parvis {

using namespace Qt::StringLiterals;

inline const UserId me(u"@me:x"_s);

/// A vault that outlives the cores which use it, as the keychain does.
class SharedVault final : public session::SecretVault
{
public:
    explicit SharedVault(session::MemoryVault &vault) : m_vault(vault) {}

    Task<void> write(const QString &name, Secret value) override
    {
        return m_vault.write(name, std::move(value));
    }
    Task<Secret> read(const QString &name) override { return m_vault.read(name); }
    Task<void> remove(const QString &name) override { return m_vault.remove(name); }

private:
    session::MemoryVault &m_vault;
};

/// A profile folder, a keychain, and the program that is started on them again and again. All on one thread.
struct CoreWorld {
    QTemporaryDir folder;
    session::MemoryVault keychain;
    FakeClock clock;
    std::unique_ptr<Core> core;

    CoreWorld() { start(); }

    void start()
    {
        core.reset();
        core = std::make_unique<Core>(
            CoreConfig{.profileFolder = folder.filePath(u"profile"_s),
                       .policy = {},
                       .userAgent = "test",
                       .makeVault = [this] { return std::make_unique<SharedVault>(keychain); }},
            clock);
        if (!core->openProfile())
            qFatal("the test's profile does not open");
    }
    /// Signed in, without a network: nothing is asked before the engine is started.
    [[nodiscard]] Result<SessionInfo> attach(const QByteArray &baseUrl = "https://m.x",
                                             const char *refresh = "") const
    {
        return await(core->keepSession({.userId = me,
                                        .deviceId = DeviceId(u"ME"_s),
                                        .baseUrl = baseUrl,
                                        .tokens = {.access = Secret(QByteArrayView("token")),
                                                   .refresh = Secret(QByteArrayView(refresh)),
                                                   .expiresAtMs = 0}},
                                       Secret()));
    }
    [[nodiscard]] Result<StoredAccount> restore() const { return await(core->restore(me, Secret())); }
    [[nodiscard]] Engine &engine() const { return *core->engine(); }
    /// As if the keychain had never seen the account opened: its files may be put back as they were.
    void forgetOpenings()
    {
        std::erase_if(keychain.entries,
                      [](const auto &entry) { return entry.first.endsWith(u"-generation"_s); });
    }
    void write(const RoomChanges &changes) const
    {
        if (!engine().cache().commit({.rooms = {changes}}))
            qFatal("the test's cache does not take it");
    }
};

} // namespace parvis
