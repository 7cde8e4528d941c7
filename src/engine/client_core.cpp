// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/client_core.h"

#include "engine/account_bridge.h"
#include "engine/composer_bridge.h"
#include "engine/details_bridge.h"
#include "engine/diagnostics_bridge.h"
#include "engine/encryption_bridge.h"
#include "engine/finder_bridge.h"
#include "engine/login_bridge.h"
#include "engine/media_bridge.h"
#include "engine/notification_bridge.h"
#include "engine/rooms_bridge.h"
#include "engine/search_bridge.h"
#include "engine/storage_bridge.h"
#include "engine/timeline_bridge.h"
#include "engine/upkeep_bridge.h"
#include "engine/verification_bridge.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSemaphore>

namespace parvis {

namespace {

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override { return QDateTime::currentMSecsSinceEpoch(); }
};

const SystemClock systemClock;

} // namespace

struct ClientCore::Bridges {
    Bridges(CoreLink link, LoginRules rules)
        : login(link, std::move(rules)),
          account(link),
          rooms(link),
          timelines(link),
          composer(link),
          media(link),
          encryption(link),
          verifications(link),
          upkeep(link),
          details(link),
          finder(link),
          search(link),
          storage(link),
          notifications(link),
          diagnostics(link)
    {
    }

    LoginBridge login;
    AccountBridge account;
    RoomsBridge rooms;
    TimelineBridge timelines;
    ComposerBridge composer;
    MediaBridge media;
    EncryptionBridge encryption;
    VerificationBridge verifications;
    UpkeepBridge upkeep;
    DetailsBridge details;
    FinderBridge finder;
    SearchBridge search;
    StorageBridge storage;
    NotificationBridge notifications;
    DiagnosticsBridge diagnostics;
};

ClientCore::ClientCore(CoreConfig config)
    : m_home(std::make_unique<QObject>()),
      m_settings(std::make_unique<SettingsBridge>(config.profileFolder, config.policy, m_thread.executor())),
      m_config(std::move(config))
{
}

ClientCore::~ClientCore()
{
    m_settings->flush();
    m_bridges.reset();
    if (m_core)
        endCore();
    // What is still being asked answers to these objects: they stay until nobody can answer any more.
    m_thread.stop();
    QCoreApplication::removePostedEvents(m_home.get());
    QCoreApplication::sendPostedEvents(m_settings.get()); // whether the last settings were written
}

void ClientCore::endCore()
{
    QSemaphore done;
    QMetaObject::invokeMethod(m_thread.executor(), [this, &done] {
        m_core->shutDown().then(m_core, [this, &done](const Result<void> &) {
            // In a turn of its own: this is called from inside the core.
            QMetaObject::invokeMethod(
                m_thread.executor(),
                [this, &done] {
                    delete std::exchange(m_core, nullptr);
                    done.release();
                },
                Qt::QueuedConnection);
        });
    });
    done.acquire();
}

Result<void> ClientCore::open()
{
    Q_ASSERT(!m_core);
    Result<void> opened;
    LoginRules rules;
    QMetaObject::invokeMethod(
        m_thread.executor(),
        [this, &opened, &rules] {
            m_core = new Core(m_config, systemClock);
            opened = m_core->openProfile();
            rules = m_core->rules();
        },
        Qt::BlockingQueuedConnection);
    if (!opened)
        return opened;
    m_bridges =
        std::make_unique<Bridges>(CoreLink{m_thread.executor(), m_core, m_home.get()}, std::move(rules));
    return {};
}

LoginPort &ClientCore::login()
{
    return m_bridges->login;
}

AccountPort &ClientCore::account()
{
    return m_bridges->account;
}

RoomListPort &ClientCore::rooms()
{
    return m_bridges->rooms;
}

TimelinePort &ClientCore::timelines()
{
    return m_bridges->timelines;
}

ComposerPort &ClientCore::composer()
{
    return m_bridges->composer;
}

MediaPort &ClientCore::media()
{
    return m_bridges->media;
}

EncryptionPort &ClientCore::encryption()
{
    return m_bridges->encryption;
}

VerificationPort &ClientCore::verifications()
{
    return m_bridges->verifications;
}

RoomUpkeepPort &ClientCore::upkeep()
{
    return m_bridges->upkeep;
}

RoomDetailsPort &ClientCore::details()
{
    return m_bridges->details;
}

RoomFinderPort &ClientCore::finder()
{
    return m_bridges->finder;
}

SearchPort &ClientCore::search()
{
    return m_bridges->search;
}

StoragePort &ClientCore::storage()
{
    return m_bridges->storage;
}

NotificationPort &ClientCore::notifications()
{
    return m_bridges->notifications;
}

DiagnosticsPort &ClientCore::diagnostics()
{
    return m_bridges->diagnostics;
}

} // namespace parvis
