// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

class QIODevice;

namespace parvis::crypto {

constexpr char keyExportHeader[] = "-----BEGIN MEGOLM SESSION DATA-----";
constexpr char keyExportFooter[] = "-----END MEGOLM SESSION DATA-----";

/// The bytes of a key file out of its text: base64 between two lines, broken anywhere.
///
/// PARVIS_KEY_EXPORT_NO_HEADER, PARVIS_KEY_EXPORT_NO_FOOTER, PARVIS_KEY_EXPORT_BASE64,
/// PARVIS_FILE_UNREADABLE.
class KeyExportText
{
public:
    explicit KeyExportText(QIODevice &file) : m_file(file) {}

    /// Goes to the beginning and past the header, before which other lines may stand.
    [[nodiscard]] Result<void> open();
    /// The next bytes; empty once the footer has been read.
    [[nodiscard]] Result<QByteArray> read();

private:
    void keepLetters(QByteArrayView text);
    [[nodiscard]] Result<void> readFooter(QByteArray line);
    [[nodiscard]] Result<QByteArray> decode();

    QIODevice &m_file;
    QByteArray m_letters; ///< not yet decoded
    bool m_padded = false;
    bool m_ended = false;
};

/// A key file's text out of its bytes.
class KeyExportTextWriter
{
public:
    explicit KeyExportTextWriter(QIODevice &file) : m_file(file) {}

    /// PARVIS_FILE_NOT_WRITTEN.
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    [[nodiscard]] Result<void> finish();

private:
    QIODevice &m_file;
    QByteArray m_rest; ///< less than a line
};

} // namespace parvis::crypto
