// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/crypto_notes.h"

#include "base/log.h"

namespace parvis {

void logNotes(const QList<crypto::CryptoNote> &notes)
{
    for (const crypto::CryptoNote &note : notes)
        qCWarning(log::crypto) << "note" << int(note.kind) << "about" << log::shortId(note.user)
                               << log::shortId(note.device) << note.detail;
}

} // namespace parvis
