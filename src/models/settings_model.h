// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/settings_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// The settings as they hold, and the choices of the person.
class SettingsModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed)
    Q_PROPERTY(QString shownLanguage READ shownLanguage NOTIFY changed)
    Q_PROPERTY(bool languageLocked READ languageLocked NOTIFY changed)
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY changed)
    Q_PROPERTY(bool themeLocked READ themeLocked NOTIFY changed)
    Q_PROPERTY(int textScale READ textScale WRITE setTextScale NOTIFY changed)
    Q_PROPERTY(bool textScaleLocked READ textScaleLocked NOTIFY changed)
    Q_PROPERTY(int minTextScale READ minTextScale CONSTANT)
    Q_PROPERTY(int maxTextScale READ maxTextScale CONSTANT)
    Q_PROPERTY(NoticeContent noticeContent READ noticeContent WRITE setNoticeContent NOTIFY changed)
    Q_PROPERTY(bool noticeContentLocked READ noticeContentLocked NOTIFY changed)
    Q_PROPERTY(bool dark READ dark NOTIFY changed)
    Q_PROPERTY(bool reduceMotion READ reduceMotion NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)
    Q_PROPERTY(int listWidth READ listWidth WRITE setListWidth NOTIFY listWidthChanged)
    Q_PROPERTY(int windowWidth READ windowWidth CONSTANT)
    Q_PROPERTY(int windowHeight READ windowHeight CONSTANT)
    Q_PROPERTY(bool windowMaximised READ windowMaximised CONSTANT)

public:
    enum Theme { System, Light, Dark };
    Q_ENUM(Theme)
    enum NoticeContent { WholeMessage, SenderAlone, Nothing };
    Q_ENUM(NoticeContent)

    explicit SettingsModel(SettingsPort &port, QObject *parent = nullptr);

    /// Kept, so that the next start has the same window.
    Q_INVOKABLE void rememberWindow(int width, int height, bool maximised);
    void retranslate();
    void rememberRoom(const RoomId &room);
    [[nodiscard]] RoomId rememberedRoom() const { return m_window.room; }

    [[nodiscard]] QString language() const { return m_settings.language.value; }
    void setLanguage(const QString &language);
    /// What the window speaks: the chosen language, or the system's where there is a translation.
    [[nodiscard]] QString shownLanguage() const;
    [[nodiscard]] bool languageLocked() const { return m_settings.language.locked(); }
    [[nodiscard]] Theme theme() const { return Theme(m_settings.theme.value); }
    void setTheme(Theme theme);
    [[nodiscard]] bool themeLocked() const { return m_settings.theme.locked(); }
    [[nodiscard]] int textScale() const { return m_settings.textScale.value; }
    void setTextScale(int percent);
    [[nodiscard]] bool textScaleLocked() const { return m_settings.textScale.locked(); }
    [[nodiscard]] int minTextScale() const { return Settings::minTextScale; }
    [[nodiscard]] int maxTextScale() const { return Settings::maxTextScale; }
    [[nodiscard]] NoticeContent noticeContent() const
    {
        return NoticeContent(m_settings.noticeContent.value);
    }
    void setNoticeContent(NoticeContent content);
    [[nodiscard]] bool noticeContentLocked() const { return m_settings.noticeContent.locked(); }
    [[nodiscard]] bool dark() const;
    [[nodiscard]] bool reduceMotion() const { return m_look.reduceMotion; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    [[nodiscard]] int listWidth() const { return m_window.listWidth; }
    void setListWidth(int width);
    [[nodiscard]] int windowWidth() const { return m_window.width; }
    [[nodiscard]] int windowHeight() const { return m_window.height; }
    [[nodiscard]] bool windowMaximised() const { return m_window.maximised; }

Q_SIGNALS:
    void changed();
    void errorTextChanged();
    void listWidthChanged();

private:
    void report(const Result<void> &done);

    SettingsPort &m_port;
    Settings m_settings;
    SystemLook m_look;
    WindowMemory m_window;
    ShownError m_error;
};

} // namespace parvis
