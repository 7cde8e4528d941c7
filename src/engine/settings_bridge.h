// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/settings_port.h"
#include "policy/policy.h"

#include <QObject>
#include <QTimer>

namespace parvis {

/// SettingsPort: the person's choices in settings.json of the profile folder, under the administrator's
/// policy. UI thread; files are written by `executor`'s thread.
class SettingsBridge final : public QObject, public SettingsPort
{
public:
    /// Reads the file, once, before there is a window. A file that cannot be read counts as empty and is
    /// kept.
    SettingsBridge(const QString &profileFolder, policy::Policy policy, QObject *executor);

    void subscribe(const QObject *context, ValueSink<Settings> sink) override;
    void subscribeSystemLook(const QObject *context, ValueSink<SystemLook> sink) override;
    [[nodiscard]] Task<void> setLanguage(const QString &language) override;
    [[nodiscard]] Task<void> setTheme(ThemeChoice theme) override;
    [[nodiscard]] Task<void> setTextScale(int percent) override;
    [[nodiscard]] Task<void> setNoticeContent(NoticeContent content) override;
    [[nodiscard]] WindowMemory windowMemory() const override { return m_window; }
    void rememberWindow(const WindowMemory &memory) override;

    /// What the desktop says; set by whoever listens to it.
    void setSystemLook(const SystemLook &look) { m_look.set(look); }
    /// Writes what still waits; before the end of the program.
    void flush();

private:
    [[nodiscard]] Task<void> choose(policy::Key key, policy::Value value);
    void read();
    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] Task<void> write();
    void refresh();

    QString m_path;
    policy::Policy m_policy;
    QObject *m_executor;
    policy::UserValues m_chosen;
    WindowMemory m_window;
    QTimer m_later;
    ObservableValue<Settings> m_settings;
    ObservableValue<SystemLook> m_look;
};

} // namespace parvis
