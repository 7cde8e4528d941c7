// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "platform/freedesktop_notices.h"

#include "base/log.h"

#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace

FreedesktopNotices::FreedesktopNotices(QDBusConnection bus)
    : m_bus(std::move(bus)), m_watcher(service, m_bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &FreedesktopNotices::beginAgain);
    m_bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(invoked(uint, QString)));
    m_bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(closed(uint, uint)));
    m_bus.connect(service, path, service, u"ActivationToken"_s, this, SLOT(activated(uint, QString)));
}

FreedesktopNotices::~FreedesktopNotices()
{
    // What a notice leads to ends with us.
    for (const Shown &one : std::as_const(m_shown)) {
        if (one.id == 0)
            continue;
        QDBusMessage message = call(u"CloseNotification"_s);
        message << one.id;
        m_bus.asyncCall(message);
    }
}

void FreedesktopNotices::beginAgain()
{
    m_known = false;
    const auto shown = std::exchange(m_shown, {});
    for (auto it = shown.cbegin(); m_sink && it != shown.cend(); ++it)
        m_sink(it.key(), Act::Gone);
}

void FreedesktopNotices::askWhatItCan()
{
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call(u"GetCapabilities"_s)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        const QDBusPendingReply<QStringList> reply = *done;
        const auto early = std::exchange(m_early, {});
        if (reply.isError()) {
            qCInfo(log::ui) << "no desktop notices:" << reply.error().name();
            return; // asked again with the next one: the service may come later
        }
        m_known = true;
        m_markup = reply.value().contains(u"body-markup"_s);
        m_actions = reply.value().contains(u"actions"_s);
        for (const DesktopNotice &notice : early)
            show(notice);
    });
}

void FreedesktopNotices::show(const DesktopNotice &notice)
{
    if (!m_known) {
        m_early.removeIf([&](const DesktopNotice &one) { return one.key == notice.key; });
        m_early.append(notice);
        if (m_early.size() == 1)
            askWhatItCan();
        return;
    }
    Shown &shown = m_shown[notice.key];
    shown.wanted = true;
    if (shown.asked)
        shown.next = notice;
    else
        send(notice);
}

void FreedesktopNotices::send(const DesktopNotice &notice)
{
    Shown &shown = m_shown[notice.key];
    shown.asked = true;
    shown.next.reset();
    QStringList actions;
    if (m_actions) {
        actions << u"default"_s << notice.title; // a click on it; the word is not shown
        if (!notice.readText.isEmpty())
            actions << u"mark-read"_s << notice.readText;
    }
    const QVariantMap hints{{u"desktop-entry"_s, u"org.parvis.Parvis"_s},
                            {u"category"_s, u"im.received"_s},
                            {u"urgency"_s, QVariant::fromValue(uchar(1))}};
    QDBusMessage message = call(u"Notify"_s);
    message << u"Parvis"_s << shown.id << u"org.parvis.Parvis"_s << notice.title
            << (m_markup ? notice.body.toHtmlEscaped() : notice.body) << actions << hints << -1;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, key = notice.key](QDBusPendingCallWatcher *done) {
                done->deleteLater();
                answered(key, done);
            });
}

void FreedesktopNotices::answered(const QString &key, QDBusPendingCallWatcher *call)
{
    const QDBusPendingReply<uint> reply = *call;
    if (!m_shown.contains(key))
        return; // of a service that is gone
    Shown &shown = m_shown[key];
    shown.asked = false;
    if (reply.isError()) {
        qCInfo(log::ui) << "a desktop notice was refused:" << reply.error().name();
        m_known = false; // another service may take its place
        m_shown.remove(key);
        return;
    }
    shown.id = reply.value();
    if (!shown.wanted)
        return close(key);
    if (shown.next)
        send(DesktopNotice(*shown.next));
}

void FreedesktopNotices::close(const QString &key)
{
    m_early.removeIf([&](const DesktopNotice &one) { return one.key == key; });
    const auto shown = m_shown.find(key);
    if (shown == m_shown.end())
        return;
    if (shown->asked) {
        shown->wanted = false;
        shown->next.reset();
        return;
    }
    const uint id = shown->id;
    m_shown.erase(shown);
    QDBusMessage message = call(u"CloseNotification"_s);
    message << id;
    m_bus.asyncCall(message);
}

QString FreedesktopNotices::keyOf(uint id) const
{
    for (auto it = m_shown.cbegin(); it != m_shown.cend(); ++it) {
        if (it->id == id && id != 0)
            return it.key();
    }
    return {};
}

void FreedesktopNotices::invoked(uint id, const QString &action)
{
    const QString key = keyOf(id);
    if (key.isEmpty() || !m_sink)
        return; // another program's
    if (action == "default"_L1) {
        if (!m_token.isEmpty())
            qputenv("XDG_ACTIVATION_TOKEN", std::exchange(m_token, {}).toUtf8()); // Qt takes it from there
        m_sink(key, Act::Open);
    }
    if (action == "mark-read"_L1)
        m_sink(key, Act::MarkRead);
}

void FreedesktopNotices::closed(uint id, uint reason)
{
    const QString key = keyOf(id);
    if (key.isEmpty())
        return;
    Shown &shown = m_shown[key];
    shown.id = 0;
    if (shown.asked)
        return;
    m_shown.remove(key);
    constexpr uint byUs = 3;
    if (reason != byUs && m_sink)
        m_sink(key, Act::Gone);
}

void FreedesktopNotices::activated(uint id, const QString &token)
{
    if (!keyOf(id).isEmpty())
        m_token = token;
}

} // namespace parvis
