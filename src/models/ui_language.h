// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "models/app_model.h"

#include <QTranslator>

class QQmlEngine;

namespace parvis {

/// Keeps the installed translation in step with the setting, while the window is open.
class UiLanguage : public QObject
{
    Q_OBJECT

public:
    UiLanguage(AppModel &app, QQmlEngine &engine, QObject *parent = nullptr);
    ~UiLanguage() override;

private:
    void follow();

    AppModel &m_app;
    QQmlEngine &m_engine;
    QString m_language;
    QTranslator m_own;
};

} // namespace parvis
