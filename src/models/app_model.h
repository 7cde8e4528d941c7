// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "client/account_port.h"
#include "client/encryption_port.h"
#include "client/login_port.h"
#include "client/media_port.h"
#include "client/notification_port.h"
#include "client/room_upkeep_port.h"
#include "client/search_port.h"
#include "client/verification_port.h"
#include "models/composer_model.h"
#include "models/connection_model.h"
#include "models/desktop_notifier.h"
#include "models/login_model.h"
#include "models/member_list_model.h"
#include "models/new_room_model.h"
#include "models/room_actions_model.h"
#include "models/room_list_model.h"
#include "models/search_model.h"
#include "models/security_model.h"
#include "models/session_model.h"
#include "models/settings_model.h"
#include "models/timeline_model.h"
#include "models/ui_turns.h"

#include <QTimer>

namespace parvis {

/// What the window knows of the core. All outlive the AppModel.
struct Ports {
    AccountPort &account;
    LoginPort &login;
    RoomListPort &rooms;
    TimelinePort &timeline;
    ComposerPort &composer;
    MediaPort &media;
    SettingsPort &settings;
    EncryptionPort &encryption;
    VerificationPort &verifications;
    SearchPort &search;
    RoomUpkeepPort &upkeep;
    NotificationPort &notifications;
    DesktopPort *desktop = nullptr; ///< none where the system has nothing to tell with
};

/// The root of what QML binds to: Main.qml gets it as its one initial property. Builds the models over
/// the ports and keeps them in step: one room is open at a time, one language holds for all.
class AppModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application owns it")

    Q_PROPERTY(parvis::SettingsModel *settings READ settings CONSTANT)
    Q_PROPERTY(parvis::ConnectionModel *connection READ connection CONSTANT)
    Q_PROPERTY(parvis::SessionModel *session READ session CONSTANT)
    Q_PROPERTY(parvis::LoginModel *login READ login CONSTANT)
    Q_PROPERTY(parvis::RoomListModel *rooms READ rooms CONSTANT)
    Q_PROPERTY(parvis::RoomActionsModel *roomActions READ roomActions CONSTANT)
    Q_PROPERTY(parvis::TimelineModel *timeline READ timeline CONSTANT)
    Q_PROPERTY(parvis::ComposerModel *composer READ composer CONSTANT)
    Q_PROPERTY(parvis::NewRoomModel *newRoom READ newRoom CONSTANT)
    Q_PROPERTY(parvis::MemberListModel *members READ members CONSTANT)
    Q_PROPERTY(parvis::SecurityModel *security READ security CONSTANT)
    Q_PROPERTY(parvis::SearchModel *search READ search CONSTANT)
    Q_PROPERTY(parvis::UiTurns *turns READ turns CONSTANT)
    Q_PROPERTY(QString openRoomId READ openRoomId NOTIFY openRoomChanged)
    /// The window shows the open conversation, and nothing lies over it.
    Q_PROPERTY(bool conversationShown READ conversationShown WRITE setConversationShown)
    Q_PROPERTY(QString version READ version CONSTANT)

public:
    AppModel(const Ports &ports, const Clock &clock, QObject *parent = nullptr);

    /// Opens what is stored here; called once the window is up.
    Q_INVOKABLE void start();
    /// Shows a conversation; an empty id closes the open one.
    Q_INVOKABLE void openRoom(const QString &roomId);
    /// Shows a message in its conversation, which is opened for it.
    Q_INVOKABLE void openMessage(const QString &roomId, const QString &eventId);
    /// The person is at the window, or elsewhere: what comes is told of by the desktop then.
    void setActive(bool active);
    [[nodiscard]] bool conversationShown() const { return m_conversationShown; }
    void setConversationShown(bool shown);
    /// The language was changed and its translators are installed: every text is made anew.
    void retranslate();

    [[nodiscard]] SettingsModel *settings() { return &m_settings; }
    [[nodiscard]] ConnectionModel *connection() { return &m_connection; }
    [[nodiscard]] SessionModel *session() { return &m_session; }
    [[nodiscard]] LoginModel *login() { return &m_login; }
    [[nodiscard]] RoomListModel *rooms() { return &m_rooms; }
    [[nodiscard]] RoomActionsModel *roomActions() { return &m_roomActions; }
    [[nodiscard]] TimelineModel *timeline() { return &m_timeline; }
    [[nodiscard]] ComposerModel *composer() { return &m_composer; }
    [[nodiscard]] NewRoomModel *newRoom() { return &m_newRoom; }
    [[nodiscard]] MemberListModel *members() { return &m_members; }
    [[nodiscard]] SecurityModel *security() { return &m_security; }
    [[nodiscard]] SearchModel *search() { return &m_search; }
    [[nodiscard]] UiTurns *turns() { return &m_turns; }
    [[nodiscard]] QString openRoomId() const { return m_openRoom.toString(); }
    [[nodiscard]] QString version() const;

Q_SIGNALS:
    void openRoomChanged();
    /// Somebody wants to see the window.
    void raiseWanted();
    /// And this conversation in it.
    void roomWanted(const QString &roomId);

private:
    void lookAgain();
    void makeTexts();
    void forget(); ///< nothing of what a person did here stays in memory
    void sessionChanged();
    void reopen();
    void closeRoom(const QString &roomId); ///< if it is the open one

    const Clock &m_clock;
    SettingsModel m_settings;
    ConnectionModel m_connection;
    SessionModel m_session;
    LoginModel m_login;
    RoomListModel m_rooms;
    RoomActionsModel m_roomActions;
    TimelineModel m_timeline;
    ComposerModel m_composer;
    NewRoomModel m_newRoom;
    MemberListModel m_members;
    SecurityModel m_security;
    SearchModel m_search;
    UiTurns m_turns;
    DesktopNotifier m_notifier;
    bool m_active = false;
    bool m_conversationShown = false;
    QString m_user; ///< the last one who was signed in
    RoomId m_openRoom;
    RoomId m_reopen;  ///< the room of last time, until it is in the list or another one is chosen
    RoomId m_begunIn; ///< what was open when a new room was asked for
    QDate m_today;
    QTimer m_dayTimer; ///< "today" becomes "yesterday" while the window is open
};

} // namespace parvis
