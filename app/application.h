// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/log.h"
#include "engine/client_core.h"
#include "models/app_model.h"
#include "models/cursor_blink.h"
#include "models/ui_language.h"
#include "policy/policy_reader.h"

#include <QQmlApplicationEngine>

#include <memory>

#include "command_line.h"

namespace parvis {

/// The composition root of the program with a window: policy, log, core, models, QML engine. Builds and
/// connects them; owns no behaviour. UI thread.
class Application : public QObject
{
public:
    explicit Application(const CommandLine &arguments);
    ~Application() override;

    /// Opens the profile and shows the window. PARVIS_PROFILE_IN_USE where another Parvis has the profile.
    [[nodiscard]] Result<void> open();
    /// Shows why open() failed, instead of the window, in the person's language.
    void showProblem(const Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void readSystemLook();
    void makeQmlEngine();
    void countTurns();
    void raise();

    policy::Reading m_policy;
    QString m_profile;
    std::unique_ptr<log::LogFiles> m_log;
    CursorBlink m_cursor;
    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<ClientCore> m_core;
    std::unique_ptr<DesktopPort> m_desktop;
    std::unique_ptr<SettingsModel> m_settings; ///< where there are no other models
    std::unique_ptr<AppModel> m_model;
    std::unique_ptr<QQmlApplicationEngine> m_qml;
    std::unique_ptr<UiLanguage> m_language;
};

} // namespace parvis
