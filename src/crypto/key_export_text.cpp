// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_export_text.h"

#include "base/base64.h"
#include "crypto/file_pieces.h"

#include <QIODevice>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxPreface = 65'536;
constexpr qsizetype maxLine = 1024;
constexpr qsizetype lineBytes = 96; // 128 letters

tl::unexpected<Error> exportRefused(QString code)
{
    return fail(ErrorKind::Crypto, std::move(code));
}

constexpr bool isTextBlank(char letter)
{
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

} // namespace

Result<void> KeyExportText::open()
{
    m_letters.clear();
    m_padded = false;
    m_ended = false;
    auto ready = rewind(m_file);
    if (!ready)
        return ready;
    qsizetype preface = 0;
    while (preface <= maxPreface) {
        QByteArray line = m_file.readLine(maxLine);
        if (line.isEmpty())
            break;
        if (preface == 0 && line.startsWith("\xef\xbb\xbf")) // some editors put it there
            line.remove(0, 3);
        preface += line.size() + 1;
        if (line.trimmed() == keyExportHeader)
            return {};
    }
    return exportRefused(u"PARVIS_KEY_EXPORT_NO_HEADER"_s);
}

Result<QByteArray> KeyExportText::read()
{
    while (!m_ended) {
        const auto piece = readPiece(m_file);
        if (!piece)
            return piece;
        if (piece->isEmpty())
            return exportRefused(u"PARVIS_KEY_EXPORT_NO_FOOTER"_s);
        const QByteArrayView text(*piece);
        const qsizetype footerAt = text.indexOf('-');
        keepLetters(footerAt < 0 ? text : text.first(footerAt));
        if (footerAt >= 0) {
            const auto footer = readFooter(piece->sliced(footerAt));
            if (!footer)
                return tl::unexpected(footer.error());
        }
        auto bytes = decode();
        if (!bytes || !bytes->isEmpty())
            return bytes;
    }
    return QByteArray();
}

/// Line by line: letter by letter took a third of the time that reading a file did.
void KeyExportText::keepLetters(QByteArrayView text)
{
    m_letters.reserve(m_letters.size() + text.size());
    const auto *at = text.begin();
    while (at != text.end()) {
        const auto *const end = std::find_if(at, text.end(), isTextBlank);
        m_letters.append(QByteArrayView(at, end));
        at = std::find_if_not(end, text.end(), isTextBlank);
    }
}

Result<void> KeyExportText::readFooter(QByteArray line)
{
    if (!line.contains('\n'))
        line += m_file.readLine(maxLine);
    const qsizetype end = line.indexOf('\n');
    if (line.first(end < 0 ? line.size() : end).trimmed() != keyExportFooter)
        return exportRefused(line.startsWith("--") ? u"PARVIS_KEY_EXPORT_NO_FOOTER"_s
                                                   : u"PARVIS_KEY_EXPORT_BASE64"_s);
    m_ended = true;
    return {};
}

Result<QByteArray> KeyExportText::decode()
{
    const qsizetype size = m_ended ? m_letters.size() : m_letters.size() / 4 * 4;
    if (size > 0 && m_padded)
        return exportRefused(u"PARVIS_KEY_EXPORT_BASE64"_s); // padding ends it
    auto bytes = fromBase64(QByteArrayView(m_letters).first(size));
    if (!bytes)
        return exportRefused(u"PARVIS_KEY_EXPORT_BASE64"_s);
    m_padded = m_padded || (size > 0 && m_letters[size - 1] == '=');
    m_letters.remove(0, size);
    return bytes;
}

Result<void> KeyExportTextWriter::open()
{
    return writeAll(m_file, QByteArray(keyExportHeader) + '\n');
}

Result<void> KeyExportTextWriter::write(QByteArrayView bytes)
{
    m_rest.append(bytes);
    QByteArray text;
    qsizetype at = 0;
    for (; m_rest.size() - at >= lineBytes; at += lineBytes)
        text += toBase64(QByteArrayView(m_rest).sliced(at, lineBytes)) + '\n';
    m_rest.remove(0, at);
    return writeAll(m_file, text);
}

Result<void> KeyExportTextWriter::finish()
{
    QByteArray text = toBase64(m_rest);
    while (text.size() % 4 != 0) // older readers insist
        text += '=';
    if (!text.isEmpty())
        text += '\n';
    return writeAll(m_file, text + keyExportFooter + '\n');
}

} // namespace parvis::crypto
