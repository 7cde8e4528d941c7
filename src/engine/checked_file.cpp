// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/checked_file.h"

#include "crypto/ciphers.h"
#include "crypto/primitives.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QUuid>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Goes through @p bytes from their start.
template <typename Step>
Result<void> eachPiece(QIODevice &bytes, const crypto::FileProgress &goOn, Step step)
{
    if (const auto begun = crypto::rewind(bytes); !begun)
        return begun;
    qint64 done = 0;
    while (true) {
        const auto piece = crypto::readPiece(bytes);
        if (!piece)
            return tl::unexpected(piece.error());
        if (piece->isEmpty())
            return {};
        done += piece->size();
        const auto stepped = step(*piece).and_then([&] { return crypto::tell(goOn, done, bytes.size()); });
        if (!stepped)
            return stepped;
    }
}

Result<QByteArray> hashOf(QIODevice &bytes, const crypto::FileProgress &goOn)
{
    crypto::Sha256Stream hash;
    return eachPiece(bytes, goOn,
                     [&](const QByteArray &piece) {
                         hash.add(piece);
                         return Result<void>();
                     })
        .map([&] { return hash.result(); });
}

/// A file beside the one that it becomes; gone unless it did.
class Draft
{
public:
    explicit Draft(const QString &path)
        : m_file(QFileInfo(path).path() + u"/.parvis-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)
                 + u".part"_s)
    {
    }
    Draft(const Draft &) = delete;
    Draft &operator=(const Draft &) = delete;
    ~Draft()
    {
        if (!m_kept)
            m_file.remove();
    }

    [[nodiscard]] QFile &file() { return m_file; }

    [[nodiscard]] Result<void> open()
    {
        if (m_file.open(QIODevice::ReadWrite | QIODevice::NewOnly | QIODevice::Unbuffered,
                        QFileDevice::ReadOwner | QFileDevice::WriteOwner))
            return {};
        return failed();
    }

    [[nodiscard]] Result<void> become(const QString &path, bool replace)
    {
        if (::fsync(m_file.handle()) != 0)
            return failed();
        m_file.close();
        // QFile's own way leaves alone what is there.
        if (replace) {
            m_kept = std::rename(QFile::encodeName(m_file.fileName()).constData(),
                                 QFile::encodeName(path).constData())
                == 0;
        } else {
            if (QFileInfo::exists(path))
                return fail(ErrorKind::Usage, u"PARVIS_FILE_EXISTS"_s);
            m_kept = m_file.rename(path);
        }
        return m_kept ? Result<void>() : failed();
    }

    [[nodiscard]] tl::unexpected<Error> failed() const
    {
        const bool full = m_file.error() == QFileDevice::ResourceError;
        return fail(ErrorKind::Storage, full ? u"PARVIS_DISK_FULL"_s : u"PARVIS_FILE_NOT_WRITTEN"_s,
                    m_file.errorString());
    }

private:
    QFile m_file;
    bool m_kept = false;
};

} // namespace

Result<void> check(QIODevice &bytes, const AttachmentSource &source, const crypto::FileProgress &goOn)
{
    if (!source.opens)
        return {};
    return hashOf(bytes, goOn).and_then([&](const QByteArray &hash) -> Result<void> {
        if (!crypto::constantTimeEqual(hash, source.opens->sha256))
            return fail(ErrorKind::Crypto, u"PARVIS_ATTACHMENT_DAMAGED"_s);
        return {};
    });
}

Result<void> writeChecked(QIODevice &bytes, const AttachmentSource &source, QIODevice &clear,
                          const crypto::FileProgress &goOn)
{
    if (source.opens)
        return crypto::decryptAttachment(bytes, *source.opens, clear, goOn);
    return eachPiece(bytes, goOn, [&](const QByteArray &piece) { return crypto::writeAll(clear, piece); });
}

Result<SavedFile> saveChecked(QIODevice &bytes, const AttachmentSource &source, const QString &path,
                              bool replace, const crypto::FileProgress &goOn)
{
    Draft draft(path);
    if (const auto opened = draft.open(); !opened)
        return tl::unexpected(opened.error());
    if (const auto written = writeChecked(bytes, source, draft.file(), goOn); !written)
        return written.error().code == "PARVIS_FILE_NOT_WRITTEN"_L1 ? draft.failed()
                                                                    : tl::unexpected(written.error());
    SavedFile saved{.path = path, .sha256 = {}, .bytes = draft.file().size(), .mediaType = {}};
    auto hash = hashOf(draft.file(), goOn);
    if (!hash)
        return tl::unexpected(hash.error());
    saved.sha256 = *hash;
    if (const auto done = draft.become(path, replace); !done)
        return tl::unexpected(done.error());
    saved.mediaType = QMimeDatabase().mimeTypeForFile(path).name();
    return saved;
}

} // namespace parvis
