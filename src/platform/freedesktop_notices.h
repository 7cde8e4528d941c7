// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/desktop_port.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QObject>

#include <optional>

class QDBusPendingCallWatcher;

namespace parvis {

/// Notices of freedesktop.org's Desktop Notifications, version 1.2, over D-Bus. Where no service answers
/// nothing is shown, and nobody waits. UI thread.
class FreedesktopNotices final : public QObject, public DesktopPort
{
    Q_OBJECT

public:
    explicit FreedesktopNotices(QDBusConnection bus = QDBusConnection::sessionBus());
    ~FreedesktopNotices() override;

    void onAct(Sink sink) override { m_sink = std::move(sink); }
    void show(const DesktopNotice &notice) override;
    void close(const QString &key) override;

private Q_SLOTS:
    void invoked(uint id, const QString &action);
    void closed(uint id, uint reason);
    void activated(uint id, const QString &token);

private:
    /// How one notice stands with the service.
    struct Shown {
        uint id = 0;                       ///< 0: not answered yet
        bool asked = false;                ///< an answer is on its way
        bool wanted = true;                ///< false: it goes as soon as its id is known
        std::optional<DesktopNotice> next; ///< takes its place as soon as its id is known
    };

    void askWhatItCan();
    /// Another service has taken the name: it knows nothing of what was shown.
    void beginAgain();
    void send(const DesktopNotice &notice);
    void answered(const QString &key, QDBusPendingCallWatcher *call);
    [[nodiscard]] QString keyOf(uint id) const;

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QString m_token; ///< lets a window come to the front under Wayland
    Sink m_sink;
    QHash<QString, Shown> m_shown;
    bool m_known = false; ///< what the service can
    bool m_markup = false, m_actions = false;
    QList<DesktopNotice> m_early; ///< until that is known
};

} // namespace parvis
