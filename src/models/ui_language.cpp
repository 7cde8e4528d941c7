// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/ui_language.h"

#include <QCoreApplication>
#include <QLocale>
#include <QQmlEngine>

using namespace Qt::StringLiterals;

namespace parvis {

UiLanguage::UiLanguage(AppModel &app, QQmlEngine &engine, QObject *parent)
    : UiLanguage(
        *app.settings(), engine, [&app] { app.retranslate(); }, parent)
{
}

UiLanguage::UiLanguage(SettingsModel &settings, QQmlEngine &engine, std::function<void()> changed,
                       QObject *parent)
    : QObject(parent), m_settings(settings), m_engine(engine), m_changed(std::move(changed))
{
    connect(&settings, &SettingsModel::changed, this, &UiLanguage::follow);
    follow();
}

UiLanguage::~UiLanguage()
{
    QCoreApplication::removeTranslator(&m_own);
}

void UiLanguage::follow()
{
    const auto language = m_settings.shownLanguage();
    if (language == m_language)
        return;
    m_language = language;
    QCoreApplication::removeTranslator(&m_own);
    // English has a translation too: its plurals.
    if (m_own.load(u":/i18n/parvis_%1.qm"_s.arg(language)))
        QCoreApplication::installTranslator(&m_own);
    else
        qWarning("The translation for %s is missing", qUtf8Printable(language));
    QLocale::setDefault(QLocale(language));
    m_engine.setUiLanguage(language);
    m_engine.retranslate();
    if (m_changed)
        m_changed();
}

} // namespace parvis
