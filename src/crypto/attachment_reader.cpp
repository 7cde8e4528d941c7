// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_reader.h"

#include <algorithm>

namespace parvis::crypto {

AttachmentReader::AttachmentReader(const QString &path, EncryptedFile file)
    : m_ciphertext(path), m_file(std::move(file))
{
}

Result<void> AttachmentReader::start()
{
    auto cipher = CtrStream::start(m_file.key, m_file.iv);
    if (!cipher)
        return tl::unexpected(cipher.error());
    m_cipher.emplace(*std::move(cipher));
    // Unbuffered: what Qt would read ahead stands at another place of the stream than the cipher.
    if (!m_ciphertext.open(QIODevice::ReadOnly | QIODevice::Unbuffered)
        || !open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fileUnreadable(m_ciphertext);
    return {};
}

bool AttachmentReader::seek(qint64 pos)
{
    if (pos == this->pos())
        return true;
    return pos == 0 && begin() && QIODevice::seek(0);
}

bool AttachmentReader::begin()
{
    auto cipher = CtrStream::start(m_file.key, m_file.iv);
    if (!cipher || !m_ciphertext.seek(0))
        return false;
    m_cipher.emplace(*std::move(cipher));
    return true;
}

qint64 AttachmentReader::readData(char *data, qint64 most)
{
    // As much as was asked for: an unbuffered device that gives less is taken to have no more.
    qint64 done = 0;
    while (done < most) {
        QByteArray piece(std::min<qint64>(most - done, filePieceBytes), Qt::Uninitialized);
        const qint64 size = m_ciphertext.read(piece.data(), piece.size());
        if (size == 0)
            break;
        if (size < 0)
            return -1;
        piece.truncate(size);
        if (!m_cipher || !m_cipher->apply(piece))
            return -1;
        std::copy(piece.cbegin(), piece.cend(), data + done);
        done += size;
    }
    return done;
}

} // namespace parvis::crypto
