// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "models/timeline_rows.h"

#include <QHash>
#include <QObject>
#include <QQmlEngine>
#include <QUrl>

namespace parvis {

/// Saves the files of messages, and tells what became of files, also to those who look elsewhere. Nothing is
/// ever opened.
class FileSaver : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString newsText READ newsText NOTIFY newsChanged)
    Q_PROPERTY(bool newsBad READ newsBad NOTIFY newsChanged)

public:
    explicit FileSaver(MediaPort &port, QObject *parent = nullptr);

    /// Another conversation is open: what is told of the last one's files goes.
    void setRoom(const RoomId &room);
    void forget();
    void retranslate();
    /// A file of the open conversation is at the server.
    void fileSent(const QString &name);

    /// Where a file of this name is proposed to be written.
    Q_INVOKABLE QUrl placeFor(const QString &name) const;
    /// Writes the file of a message where the person said; leaves alone what is there.
    Q_INVOKABLE void save(const QString &eventId, const QString &name, const QUrl &to);
    /// The person has agreed: what lies in the place of the last try is replaced.
    Q_INVOKABLE void replace(const QString &eventId);
    /// Ends what fetches the file of a message.
    Q_INVOKABLE void cancel(const QString &eventId);

    [[nodiscard]] QString newsText() const;
    [[nodiscard]] bool newsBad() const { return m_news.note.error.has_value(); }

Q_SIGNALS:
    void newsChanged();
    /// What the line of this message says of its file from now on.
    void noted(const parvis::EventId &event, const parvis::FileNote &note);

private:
    /// What was asked for.
    struct Order {
        RoomId room;
        EventId event;
        QString name;
        QString path;
    };
    /// What is told last; without a name: nothing.
    struct News {
        QString name;
        FileNote note;
    };

    void run(const Order &order, bool replace);
    void tell(const QString &name, const FileNote &note);

    MediaPort &m_port;
    RoomId m_room;
    QHash<EventId, Order> m_orders; ///< the last one of each message that can be repeated
    News m_news;
};

} // namespace parvis
