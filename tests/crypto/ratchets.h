// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_records.h"
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"

namespace parvis::crypto {

/// Megolm sessions as they come, and as somebody makes them up.
struct Ratchets {
    static Secret pickleKey() { return Secret(QByteArrayView("0123456789abcdef0123456789abcdef")); }
    static MegolmInbound reader(const MegolmOutbound &megolm)
    {
        return std::move(*MegolmInbound::fromSessionKey(megolm.sessionKey()->view().toByteArray()));
    }
    static MegolmInbound reader(const InboundSessionRecord &record)
    {
        return std::move(*MegolmInbound::fromPickle(record.pickle, pickleKey()));
    }
    static MegolmInbound at(const MegolmInbound &megolm, quint32 index)
    {
        return std::move(*MegolmInbound::fromExport(megolm.exportAt(index)->view().toByteArray()));
    }
    /// An export is not signed: whoever knows the id can put any ratchet, from any index on, before the
    /// creator's public key.
    static MegolmInbound forgedLike(const MegolmInbound &real, int flipped = 1)
    {
        QByteArray bytes =
            QByteArray::fromBase64(real.exportAt(real.firstKnownIndex())->view().toByteArray());
        bytes.replace(1, 4, QByteArray(4, '\0'));
        bytes[40] = char(bytes[40] ^ flipped);
        return std::move(*MegolmInbound::fromExport(bytes.toBase64(QByteArray::OmitTrailingEquals)));
    }
    /// The record with another ratchet.
    static InboundSessionRecord with(InboundSessionRecord record, const MegolmInbound &megolm)
    {
        record.pickle = *megolm.pickle(pickleKey());
        record.firstKnownIndex = megolm.firstKnownIndex();
        return record;
    }
    /// As the person's own import brings it.
    static InboundSessionRecord imported(InboundSessionRecord record)
    {
        record.imported = true;
        record.trust = SenderTrust::Unknown;
        record.sender = {};
        record.senderDevice = {};
        record.sharedBy = {};
        record.backupVersion.clear();
        record.opened = false;
        return record;
    }
    /// As an invitation brings it.
    static InboundSessionRecord shared(const InboundSessionRecord &record,
                                       const QString &by = QStringLiteral("@mallory:two"))
    {
        InboundSessionRecord made = imported(record);
        made.sharedBy = UserId(by);
        made.sharedHistory = true;
        return made;
    }
};

} // namespace parvis::crypto
