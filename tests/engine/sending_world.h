// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/attachment_encryption.h"
#include "engine/file_sending.h"
#include "store/keys_file.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <QTemporaryDir>

#include <vector>

#include "api_world.h"

namespace parvis {

/// The queue's way to the server, without the encryption of events: what is of interest is the file.
class PlainPath final : public EventPath
{
public:
    explicit PlainPath(FileUploads &uploads) : m_uploads(uploads) {}

    Task<WireEvent> prepare(const store::QueueRow &row) override
    {
        return m_uploads.complete(row, encrypted).andThen(&m_uploads, [row](const QByteArray &content) {
            return Result<WireEvent>(WireEvent{.type = row.kind, .content = content});
        });
    }
    Task<EventId> put(const store::QueueRow &row, const WireEvent &event) override
    {
        rows.append(row.txnId);
        contents.append(QJsonDocument::fromJson(event.content).object());
        m_open.emplace_back();
        return m_open.back().task();
    }
    Result<void> keep(const store::QueueRow &row, const WireEvent &, const EventId &) override
    {
        return m_uploads.content(row).map(
            [this](const QByteArray &content) { kept.append(QJsonDocument::fromJson(content).object()); });
    }
    bool mayHaveLeft(const store::QueueRow &row) override { return m_uploads.isUploaded(row); }

    void accept()
    {
        auto promise = std::move(m_open.back());
        m_open.pop_back();
        promise.resolve(EventId(u"$sent"_s));
    }

    bool encrypted = true;
    QList<TransactionId> rows;
    QList<QJsonObject> contents;
    QList<QJsonObject> kept;

private:
    FileUploads &m_uploads;
    std::vector<Promise<EventId>> m_open;
};

inline QString code(const Result<void> &result)
{
    return result ? u"done"_s : result.error().code;
}

/// A file of the person's, the queue on a real disk, and what a start of the program finds there.
class SendingWorld : public QObject
{
protected:
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_world = std::make_unique<ApiWorld>();
        m_keys = std::make_unique<KeysFile>();
        m_clear.clear();
        for (int i = 0; m_clear.size() < 200'000; ++i)
            m_clear += "ligne " + QByteArray::number(i) + '\n';
        write(original(), m_clear);
        start();
    }
    void end()
    {
        stop();
        m_keys.reset();
        m_world.reset();
    }

    [[nodiscard]] QString original() const { return m_folder->filePath(u"notes.txt"_s); }
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"media/outgoing"_s); }
    [[nodiscard]] QStringList outgoing() const
    {
        return QDir(folder()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("the test's file cannot be written");
    }
    static QByteArray decrypted(QByteArray ciphertext, const QJsonObject &file)
    {
        const auto opens = crypto::EncryptedFile::parse(QJsonDocument(file).toJson(QJsonDocument::Compact));
        QBuffer in(&ciphertext);
        QBuffer out;
        if (!opens || !in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly)
            || !crypto::decryptAttachment(in, *opens, out))
            return "not decrypted";
        return out.data();
    }

    /// The program starts; @p online: and begins to send.
    void start(bool online = true)
    {
        m_server = std::make_unique<MediaServer>(m_world->api);
        m_files = std::make_unique<store::QueueFileStore>(m_keys->database());
        m_rows = std::make_unique<store::QueueStore>(m_keys->database());
        m_uploads = std::make_unique<FileUploads>(*m_server, *m_files, m_transfers, folder());
        m_path = std::make_unique<PlainPath>(*m_uploads);
        m_queue = std::make_unique<SendQueue>(*m_rows, *m_path, m_world->clock);
        if (!m_queue->load())
            qFatal("the test's queue does not load");
        m_uploads->follow(*m_queue);
        m_sending = std::make_unique<FileSending>(FileSending::Parts{
            .server = *m_server, .uploads = *m_uploads, .queue = *m_queue, .pool = m_pool});
        m_queue->setOnline(online);
    }
    void stop()
    {
        m_sending.reset();
        m_queue.reset();
        m_path.reset();
        m_uploads.reset();
        m_rows.reset();
        m_files.reset();
        m_server.reset();
    }
    /// As after a power cut: what was not on the disk is forgotten.
    void restart(bool online = true)
    {
        stop();
        m_keys->reopen();
        start(online);
    }
    TransactionId send()
    {
        auto task = m_sending->send(m_world->room, original(), {}, SendAs::Guess);
        if (m_server->knownLimit() == 0)
            m_world->http.answer(200, R"({"m.upload.size":104857600})");
        const auto sent = await(std::move(task));
        if (!sent)
            qFatal("the test's file is not taken: %s", qPrintable(sent.error().code));
        return *sent;
    }
    void uploaded(const QByteArray &address = "mxc://x/abc")
    {
        m_world->http.answer(200, R"({"content_uri":")" + address + R"("})");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ApiWorld> m_world;
    std::unique_ptr<KeysFile> m_keys;
    QByteArray m_clear;
    Transfers m_transfers;
    std::unique_ptr<MediaServer> m_server;
    std::unique_ptr<store::QueueFileStore> m_files;
    std::unique_ptr<store::QueueStore> m_rows;
    std::unique_ptr<FileUploads> m_uploads;
    std::unique_ptr<PlainPath> m_path;
    std::unique_ptr<SendQueue> m_queue;
    std::unique_ptr<FileSending> m_sending;
    QThreadPool m_pool;
};

} // namespace parvis
