// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"
#include "crypto/key_export.h"
#include "crypto/key_import.h"

/// \file
/// Many room keys at once, from one side to the other, without holding them all. Pure but for what is handed
/// in; for a thread that need not answer.
namespace parvis::crypto {

/// So many keys are one save of an import.
constexpr qsizetype importSlice = 250;
/// So many are sorted at once: neighbours share the pages of the store's index, and a file in no order has
/// one page to write for each key. They take some 10 MB.
constexpr qsizetype importWindow = 10'000;

/// How many keys there were, and how many of them could be used.
struct KeyCounts {
    qint64 total = 0;
    qint64 usable = 0;
};

/// Takes prepared keys, at most importWindow, sorted by room and session; stops by answering false.
using PreparedSink = std::function<bool(QList<InboundSessionRecord> keys)>;

/// Writes every session of the store, the best copy of each, and finishes the file. What cannot be read any
/// more is left out and counted.
[[nodiscard]] Result<KeyCounts> exportSessions(CryptoStore &store, const Secret &pickleKey,
                                               KeyExportWriter &writer, const FileProgress &progress = {});

/// Reads a key file and hands out what is in it, prepared. Nothing is handed out before the passphrase is
/// known to be right. Fails as readKeyExport() does.
[[nodiscard]] Result<KeyCounts> prepareKeyFile(QIODevice &file, QByteArrayView passphrase,
                                               const KeyImporter &importer, const PreparedSink &sink,
                                               const FileProgress &progress = {});

/// The same for the answer to "all keys of the backup".
[[nodiscard]] Result<KeyCounts> prepareBackup(QByteArrayView json, const Secret &backupKey,
                                              const QString &version, const KeyImporter &importer,
                                              const PreparedSink &sink, const FileProgress &progress = {});

} // namespace parvis::crypto
