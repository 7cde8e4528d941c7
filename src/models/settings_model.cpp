// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/settings_model.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int minListWidth = 240;
constexpr int maxListWidth = 440;
constexpr int minWindow = 480;

} // namespace

SettingsModel::SettingsModel(SettingsPort &port, QObject *parent)
    : QObject(parent), m_port(port), m_window(port.windowMemory())
{
    m_window.width = std::max(m_window.width, minWindow);
    m_window.height = std::max(m_window.height, minWindow);
    m_window.listWidth = std::clamp(m_window.listWidth, minListWidth, maxListWidth);
    port.subscribe(this, [this](const Settings &settings) {
        m_settings = settings;
        Q_EMIT changed();
    });
    port.subscribeSystemLook(this, [this](const SystemLook &look) {
        m_look = look;
        Q_EMIT changed();
    });
}

void SettingsModel::report(const Result<void> &done)
{
    m_error = ShownError::of(done);
    Q_EMIT errorTextChanged();
    if (!done)
        Q_EMIT changed(); // the control that was moved goes back to what holds
}

void SettingsModel::setLanguage(const QString &language)
{
    m_port.setLanguage(language).then(this, [this](Result<void> done) { report(done); });
}

void SettingsModel::retranslate()
{
    Q_EMIT errorTextChanged();
}

QString SettingsModel::shownLanguage() const
{
    const auto wanted = language().isEmpty() ? QLocale::system().name() : language();
    return wanted.startsWith("fr"_L1) ? u"fr"_s : u"en"_s;
}

void SettingsModel::setTheme(Theme theme)
{
    m_port.setTheme(ThemeChoice(theme)).then(this, [this](Result<void> done) { report(done); });
}

void SettingsModel::setTextScale(int percent)
{
    m_port.setTextScale(std::clamp(percent, minTextScale(), maxTextScale()))
        .then(this, [this](Result<void> done) { report(done); });
}

void SettingsModel::setNoticeContent(NoticeContent content)
{
    m_port.setNoticeContent(parvis::NoticeContent(content)).then(this, [this](Result<void> done) {
        report(done);
    });
}

bool SettingsModel::dark() const
{
    return theme() == Dark || (theme() == System && m_look.dark);
}

void SettingsModel::setListWidth(int width)
{
    const auto within = std::clamp(width, minListWidth, maxListWidth);
    if (within == m_window.listWidth)
        return;
    m_window.listWidth = within;
    Q_EMIT listWidthChanged();
    m_port.rememberWindow(m_window);
}

void SettingsModel::rememberWindow(int width, int height, bool maximised)
{
    if (!maximised) { // the size to go back to is that of before
        m_window.width = std::max(width, minWindow);
        m_window.height = std::max(height, minWindow);
    }
    m_window.maximised = maximised;
    m_port.rememberWindow(m_window);
}

void SettingsModel::rememberRoom(const RoomId &room)
{
    if (room == m_window.room)
        return;
    m_window.room = room;
    m_port.rememberWindow(m_window);
}

} // namespace parvis
