// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/file_downloads.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "api_world.h"

namespace parvis {

/// What somebody sent: the ciphertext at the server, and the words of the message.
struct Sent {
    QByteArray clear = "Le rapport, en entier. " + QByteArray(200'000, 'r');
    QByteArray ciphertext;
    QJsonObject file;

    Sent()
    {
        QBuffer in(&clear);
        QBuffer out(&ciphertext);
        if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
            qFatal("a buffer does not open");
        auto opens = crypto::encryptAttachment(in, out).value();
        opens.url = u"mxc://far.x/id"_s;
        file = QJsonDocument::fromJson(opens.toJson()).object();
    }

    [[nodiscard]] QJsonObject content() const
    {
        return {{"msgtype"_L1, "m.file"_L1},
                {"body"_L1, "rapport.txt"_L1},
                {"info"_L1, QJsonObject{{"size"_L1, clear.size()}}},
                {"file"_L1, file}};
    }
};

inline QJsonObject with(QJsonObject object, const QString &key, const QJsonValue &value)
{
    object[key] = value;
    return object;
}

/// A message with a file, a server that answers what a test says, a folder to save into.
class DownloadWorld : public QObject
{
protected:
    const EventId event{u"$file"_s};

    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_world = std::make_unique<ApiWorld>();
        m_world->write({.id = m_world->room, .membership = MemberState::Join});
        m_server = std::make_unique<MediaServer>(m_world->api);
        m_downloads = std::make_unique<FileDownloads>(
            FileDownloads::Parts{.cache = *m_world->cache,
                                 .server = *m_server,
                                 .transfers = m_transfers,
                                 .pool = m_pool,
                                 .folder = m_folder->filePath(u"media/incoming"_s)});
    }
    void end()
    {
        m_downloads.reset();
        m_server.reset();
        m_world.reset();
    }

    void comes(const QJsonObject &content)
    {
        m_world->write({.id = m_world->room,
                        .timeline = {make::stored(make::event(
                            make::envelope(event.toString(), u"@bob:x"_s, u"m.room.message"_s, content)))}});
    }
    [[nodiscard]] Task<SavedFile> save(const QString &name)
    {
        return m_downloads->save(m_world->room, event, target(name), false);
    }
    [[nodiscard]] MediaState stateNow(const QByteArray &bytes)
    {
        auto task = m_downloads->state(m_world->room, event);
        m_world->http.answer(200, bytes);
        return await(std::move(task)).value();
    }
    [[nodiscard]] QString target(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(target(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(target(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("the test's file cannot be written");
    }
    /// What lies where the person's files go.
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }
    [[nodiscard]] QStringList onTheWay() const
    {
        return QDir(m_folder->filePath(u"media/incoming"_s)).entryList(QDir::Files | QDir::Hidden);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ApiWorld> m_world;
    std::unique_ptr<MediaServer> m_server;
    Transfers m_transfers;
    std::unique_ptr<FileDownloads> m_downloads;
    QThreadPool m_pool;
};

} // namespace parvis
