// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "base/observable_value.h"
#include "client/settings_port.h"

namespace parvis {

/// Settings in memory; a locked one is refused as the core refuses it.
class FakeSettingsPort : public SettingsPort
{
public:
    void subscribe(const QObject *context, ValueSink<Settings> sink) override;
    void subscribeSystemLook(const QObject *context, ValueSink<SystemLook> sink) override;
    Task<void> setLanguage(const QString &language) override { return change(&Settings::language, language); }
    Task<void> setTheme(ThemeChoice theme) override { return change(&Settings::theme, theme); }
    Task<void> setTextScale(int percent) override { return change(&Settings::textScale, percent); }
    Task<void> setNoticeContent(NoticeContent content) override
    {
        return change(&Settings::noticeContent, content);
    }
    WindowMemory windowMemory() const override { return window; }
    void rememberWindow(const WindowMemory &memory) override { window = memory; }

    ObservableValue<Settings> settings;
    ObservableValue<SystemLook> look;
    WindowMemory window;

private:
    template <typename T>
    Task<void> change(Setting<T> Settings::*field, const T &value)
    {
        auto next = settings.get();
        if ((next.*field).locked())
            return Task<void>::ready(fail(ErrorKind::Policy, QStringLiteral("PARVIS_FAKE_LOCKED")));
        next.*field = {value, SettingSource::Person};
        settings.set(next);
        return Task<void>::ready({});
    }
};

/// A clock that stands still.
class FixedClock : public Clock
{
public:
    explicit FixedClock(qint64 ms) : now(ms) {}
    qint64 nowMs() const override { return now; }

    qint64 now;
};

} // namespace parvis
