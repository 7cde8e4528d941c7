// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/file_saver.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace parvis {

FileSaver::FileSaver(MediaPort &port, QObject *parent) : QObject(parent), m_port(port) {}

void FileSaver::setRoom(const RoomId &room)
{
    m_room = room;
    tell({}, {});
}

void FileSaver::forget()
{
    m_orders.clear();
    setRoom({});
}

void FileSaver::retranslate()
{
    Q_EMIT newsChanged();
}

void FileSaver::tell(const QString &name, const FileNote &note)
{
    m_news = {name, note};
    Q_EMIT newsChanged();
}

void FileSaver::fileSent(const QString &name)
{
    tell(name, {});
}

QString FileSaver::newsText() const
{
    if (m_news.name.isEmpty())
        return {};
    if (m_news.note.error)
        //: %1: the name of a file
        return tr("%1 was not saved: its message says why.").arg(m_news.name);
    if (m_news.note.savedIn.isEmpty())
        //: %1: the name of a file
        return tr("%1 is sent.").arg(m_news.name);
    //: 1: the name of a file, 2: the name of a folder
    return tr("%1 is saved in %2.").arg(m_news.name, m_news.note.savedIn);
}

QUrl FileSaver::placeFor(const QString &name) const
{
    return QUrl::fromLocalFile(
        QDir(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)).filePath(name));
}

void FileSaver::save(const QString &eventId, const QString &name, const QUrl &to)
{
    const Order order{.room = m_room, .event = EventId(eventId), .name = name, .path = to.toLocalFile()};
    if (m_room.isEmpty() || eventId.isEmpty())
        return;
    if (!order.path.isEmpty())
        return run(order, false);
    const FileNote note{.savedIn = {},
                        .error = Error{ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, u"not local"_s, 0}};
    Q_EMIT noted(order.event, note);
    tell(name, note);
}

void FileSaver::replace(const QString &eventId)
{
    const auto order = m_orders.constFind(EventId(eventId));
    if (order != m_orders.cend())
        run(Order(*order), true);
}

void FileSaver::run(const Order &order, bool replace)
{
    m_orders.remove(order.event);
    Q_EMIT noted(order.event, {});
    tell({}, {});
    m_port.save(order.room, order.event, order.path, replace)
        .then(this, [this, order](const Result<SavedFile> &saved) {
            if (!saved && saved.error().kind == ErrorKind::Cancelled)
                return;
            FileNote note;
            if (saved)
                note.savedIn = QFileInfo(saved->path).dir().dirName();
            else
                note.error = saved.error();
            if (note.asks())
                m_orders.insert(order.event, order);
            Q_EMIT noted(order.event, note);
            if (order.room == m_room)
                tell(order.name, note);
        });
}

void FileSaver::cancel(const QString &eventId)
{
    m_port.cancel(m_room, EventId(eventId));
}

} // namespace parvis
