// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/app_model.h"

#include <QCoreApplication>

using namespace std::chrono_literals;

namespace parvis {

AppModel::AppModel(const Ports &ports, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_clock(clock),
      m_settings(ports.settings),
      m_connection(ports.account),
      m_session(ports.account, ports.login),
      m_login(ports.login),
      m_rooms(ports.rooms),
      m_roomActions(ports.rooms, ports.upkeep),
      m_timeline(ports.timeline, ports.media),
      m_composer(ports.composer, ports.media, ports.account, m_timeline),
      m_newRoom(ports.rooms),
      m_members(ports.rooms),
      m_security({ports.encryption, ports.verifications, ports.account, ports.rooms, m_session, m_timeline}),
      m_search(ports.search),
      m_notifier({.cards = ports.notifications,
                  .rooms = ports.rooms,
                  .desktop = ports.desktop,
                  .watching = [this](const RoomId &room) {
                      return m_active && m_conversationShown && room == m_openRoom && m_timeline.atEnd();
                  }})
{
    makeTexts();
    connect(&m_session, &SessionModel::changed, this, &AppModel::sessionChanged);
    m_user = m_session.userId();
    m_reopen = m_settings.rememberedRoom();
    // Whoever comes next need not learn where the last one was, nor what was typed there.
    connect(&m_session, &SessionModel::forgotten, this, [this] {
        m_settings.rememberRoom(m_reopen = {});
        forget();
    });
    connect(&m_rooms, &QAbstractItemModel::modelReset, this, &AppModel::reopen, Qt::QueuedConnection);
    connect(&m_rooms, &QAbstractItemModel::rowsInserted, this, &AppModel::reopen, Qt::QueuedConnection);
    connect(&m_session, &SessionModel::opened, this, [this] {
        m_rooms.follow();
        m_notifier.follow();
    });
    if (m_session.phase() == SessionModel::SignedIn) {
        m_rooms.follow();
        m_notifier.follow();
    }
    const auto follow = [this] { m_notifier.setContent(NoticeContent(m_settings.noticeContent())); };
    connect(&m_settings, &SettingsModel::changed, this, follow);
    follow();
    connect(&m_notifier, &DesktopNotifier::openWanted, this, [this](const QString &roomId) {
        Q_EMIT raiseWanted();
        if (!roomId.isEmpty())
            Q_EMIT roomWanted(roomId);
    });
    // Who chooses what is shown by typing a name is not taken elsewhere meanwhile.
    connect(&m_rooms, &RoomListModel::filterChanged, this, [this] { m_reopen = {}; });
    // What is answered late must not exchange the conversation under the hands of somebody who types.
    connect(&m_rooms, &RoomListModel::accepted, this, [this](const QString &asked, const QString &joined) {
        if (asked == openRoomId())
            openRoom(joined);
    });
    connect(&m_rooms, &RoomListModel::declined, this, &AppModel::closeRoom);
    connect(&m_newRoom, &NewRoomModel::begun, this, [this] { m_begunIn = m_openRoom; });
    connect(&m_newRoom, &NewRoomModel::created, this, [this](const QString &roomId) {
        if (m_openRoom == m_begunIn)
            openRoom(roomId);
    });
    connect(&m_timeline, &TimelineModel::headerChanged, this,
            [this] { m_members.setCount(m_timeline.memberCount()); });
    connect(&m_members, &MemberListModel::left, this, &AppModel::closeRoom);
    connect(&m_roomActions, &RoomActionsModel::left, this, &AppModel::closeRoom);
    connect(&m_dayTimer, &QTimer::timeout, this, [this] {
        if (QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date() != m_today)
            makeTexts();
    });
    m_dayTimer.start(1min);
}

void AppModel::forget()
{
    m_composer.forget();
    m_timeline.forget();
    m_search.forget();
    m_roomActions.forget();
}

void AppModel::start()
{
    m_session.start();
}

void AppModel::sessionChanged()
{
    if (m_session.phase() == SessionModel::SignedIn) {
        if (const auto user = m_session.userId(); std::exchange(m_user, user) != user)
            forget();
        m_notifier.follow();
        return;
    }
    m_notifier.forget();
    m_search.forget();
    m_roomActions.forget();
    if (!m_openRoom.isEmpty())
        openRoom({});
}

void AppModel::setActive(bool active)
{
    m_active = active;
    lookAgain();
}

void AppModel::setConversationShown(bool shown)
{
    m_conversationShown = shown;
    lookAgain();
}

void AppModel::lookAgain()
{
    if (m_active && m_conversationShown && !m_openRoom.isEmpty())
        m_notifier.looked(m_openRoom);
}

void AppModel::reopen()
{
    if (!m_reopen.isEmpty() && m_rooms.rowOf(m_reopen.toString()) >= 0)
        openRoom(std::exchange(m_reopen, {}).toString());
}

void AppModel::openRoom(const QString &roomId)
{
    const RoomId room(roomId);
    if (room == m_openRoom)
        return;
    m_openRoom = room;
    m_reopen = {};
    m_rooms.keep(room);
    m_members.setRoom(room); // before the header, which tells it how many they are
    m_timeline.open(room);
    m_composer.setRoom(room);
    m_search.setRoom(room);
    if (!room.isEmpty()) {
        m_settings.rememberRoom(room);
        lookAgain();
    }
    Q_EMIT openRoomChanged();
}

void AppModel::openMessage(const QString &roomId, const QString &eventId)
{
    m_timeline.expectJump(); // what is at the end of it is not read on the way
    openRoom(roomId);
    m_timeline.goTo(eventId);
}

void AppModel::closeRoom(const QString &roomId)
{
    if (roomId == openRoomId())
        openRoom({});
}

void AppModel::makeTexts()
{
    m_today = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
    const QLocale locale(m_settings.shownLanguage());
    const DateTexts texts(locale, m_clock.nowMs());
    m_rooms.setTexts(texts);
    m_timeline.setTexts(texts);
    m_security.setTexts(texts);
    m_search.setTexts(texts);
}

void AppModel::retranslate()
{
    makeTexts();
    m_settings.retranslate();
    m_connection.retranslate();
    m_session.retranslate();
    m_login.retranslate();
    m_composer.retranslate();
    m_newRoom.retranslate();
    m_members.retranslate();
    m_roomActions.retranslate();
    m_security.retranslate();
}

QString AppModel::version() const
{
    return QCoreApplication::applicationVersion();
}

} // namespace parvis
