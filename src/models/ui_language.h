// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "models/app_model.h"

#include <QTranslator>

#include <functional>

class QQmlEngine;

namespace parvis {

/// Keeps the installed translation in step with the setting, while the window is open.
class UiLanguage : public QObject
{
    Q_OBJECT

public:
    /// @p changed is called after each change, the first choice included.
    UiLanguage(SettingsModel &settings, QQmlEngine &engine, std::function<void()> changed,
               QObject *parent = nullptr);
    UiLanguage(AppModel &app, QQmlEngine &engine, QObject *parent = nullptr);
    ~UiLanguage() override;

private:
    void follow();

    SettingsModel &m_settings;
    QQmlEngine &m_engine;
    std::function<void()> m_changed;
    QString m_language;
    QTranslator m_own;
};

} // namespace parvis
