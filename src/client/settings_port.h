// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

namespace parvis {

/// Where a setting's value comes from.
enum class SettingSource {
    BuiltIn,
    Recommended, ///< the administrator proposes it; the person may change it
    Person,
    Mandatory, ///< the administrator fixed it
};

/// A setting with its origin.
template <typename T>
struct Setting {
    T value{};
    SettingSource source = SettingSource::BuiltIn;

    [[nodiscard]] bool locked() const { return source == SettingSource::Mandatory; }
    bool operator==(const Setting &) const = default;
};

enum class ThemeChoice { System, Light, Dark };
/// What the desktop's notices show, which others may see.
enum class NoticeContent { Message, Sender, None };

/// What the person may choose, as it holds now.
struct Settings {
    static constexpr int minTextScale = 80;
    static constexpr int maxTextScale = 200;

    Setting<QString> language; ///< "fr", "en"; empty: the system's
    Setting<ThemeChoice> theme;
    Setting<int> textScale{.value = 100}; ///< per cent, 80 to 200
    Setting<NoticeContent> noticeContent;

    bool operator==(const Settings &) const = default;
};

/// What the desktop asks of every program.
struct SystemLook {
    bool dark = false;
    bool reduceMotion = false;

    bool operator==(const SystemLook &) const = default;
};

/// How the window was left. Not a setting: never locked, lost without harm.
struct WindowMemory {
    int width = 1280;
    int height = 800;
    bool maximised = false;
    int listWidth = 312;
    RoomId room; ///< the one that was open

    bool operator==(const WindowMemory &) const = default;
};

/// The person's settings under the administrator's. UI thread.
/// A set...() of a locked setting fails with kind Policy; a value out of range with kind Usage.
class SettingsPort
{
public:
    virtual ~SettingsPort() = default;

    virtual void subscribe(const QObject *context, ValueSink<Settings> sink) = 0;
    virtual void subscribeSystemLook(const QObject *context, ValueSink<SystemLook> sink) = 0;

    [[nodiscard]] virtual Task<void> setLanguage(const QString &language) = 0;
    [[nodiscard]] virtual Task<void> setTheme(ThemeChoice theme) = 0;
    [[nodiscard]] virtual Task<void> setTextScale(int percent) = 0;
    [[nodiscard]] virtual Task<void> setNoticeContent(NoticeContent content) = 0;

    /// Read once, before the window opens.
    [[nodiscard]] virtual WindowMemory windowMemory() const = 0;
    /// Kept at leisure; never fails loudly.
    virtual void rememberWindow(const WindowMemory &memory) = 0;
};

} // namespace parvis
