// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_import_p.h"
#include "crypto/room_key_receiver_p.h"

#include <algorithm>

namespace parvis::crypto {

namespace {

/// A session has one maker: more than these under one id, each with another sender key, are made up.
constexpr qsizetype maxImportedCopies = 4;

} // namespace

bool importSession(CryptoStep &step, InboundSessionRecord offered)
{
    Q_ASSERT(offered.imported && offered.trust == SenderTrust::Unknown);
    offered.receivedMs = step.nowMs();
    const auto copies = step.rooms.inbound(offered.room, offered.session);
    const auto same = std::find_if(copies.cbegin(), copies.cend(), [&](const InboundSessionRecord &copy) {
        return copy.senderKey == offered.senderKey;
    });
    if (same != copies.cend()) {
        auto merged = mergeSessions(*same, offered, step.pickleKey(),
                                    [&] { return step.rooms.hasOpened(same->key()); });
        if (!merged)
            return false;
        if (merged->firstKnownIndex < same->firstKnownIndex)
            merged->backupVersion = offered.backupVersion; // it may come from there
        step.rooms.put(*merged);
        return true;
    }
    const auto imported = std::count_if(copies.cbegin(), copies.cend(),
                                        [](const InboundSessionRecord &copy) { return copy.imported; });
    if (imported >= maxImportedCopies)
        return false;
    step.rooms.put(offered);
    return true;
}

} // namespace parvis::crypto
