// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/ciphers.h"
#include "crypto/file_pieces.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <memory>

class QIODevice;

/// Files of room keys under a passphrase (specification, "Key exports"), of any size: neither all of the text
/// nor all of the keys is ever in memory. They take as long as their passphrase is stretched: seconds, so
/// not on a thread that must answer.
namespace parvis::crypto {

/// Gets the JSON of each key, for ExportedSession::parse(), which is wiped afterwards, or an empty one for
/// what is too long for a key; stops by answering false.
using KeyRecordSink = std::function<bool(const QByteArray &record)>;

/// Reads a file that can be read twice: first to check its MAC, then to decrypt. Answers the number of keys.
///
/// What is wrong with a file has a name: PARVIS_KEY_EXPORT_NO_HEADER, PARVIS_KEY_EXPORT_NO_FOOTER,
/// PARVIS_KEY_EXPORT_BASE64, PARVIS_KEY_EXPORT_TRUNCATED, PARVIS_KEY_EXPORT_VERSION,
/// PARVIS_KEY_EXPORT_ROUNDS, PARVIS_KEY_EXPORT_PASSPHRASE (which may be damage as well: nobody can tell),
/// PARVIS_KEY_EXPORT_CONTENT (whoever made it knew the passphrase, but not the format),
/// PARVIS_FILE_UNREADABLE, PARVIS_CANCELLED.
[[nodiscard]] Result<qint64> readKeyExport(QIODevice &file, QByteArrayView passphrase,
                                           const KeyRecordSink &sink, const FileProgress &progress = {});

/// Writes a file key by key. The caller sees to it that the file is for its owner's eyes only, and that half
/// of one does not replace a whole one. A value that moves; one thread.
class KeyExportWriter
{
public:
    /// PARVIS_PASSPHRASE_NEEDED where it is empty, PARVIS_KEY_EXPORT_ROUNDS for none or over
    /// maxPassphraseRounds, PARVIS_FILE_NOT_WRITTEN. @p file must outlive the writer.
    [[nodiscard]] static Result<KeyExportWriter> begin(QIODevice &file, QByteArrayView passphrase,
                                                       quint32 rounds = newPassphraseRounds);
    KeyExportWriter(KeyExportWriter &&) noexcept;
    KeyExportWriter &operator=(KeyExportWriter &&) noexcept;
    ~KeyExportWriter();

    /// @p record: the JSON of a key, as ExportedSession::toJson() has it.
    [[nodiscard]] Result<void> add(QByteArrayView record);
    /// Without it, there is no file.
    [[nodiscard]] Result<void> finish();

private:
    struct Private;
    explicit KeyExportWriter(std::unique_ptr<Private> p);

    std::unique_ptr<Private> m_p;
};

} // namespace parvis::crypto
