// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_import_p.h"
#include "crypto/room_key_receiver_p.h"
#include "crypto/session_choice_p.h"

#include <algorithm>
#include <tuple>

namespace parvis::crypto {

namespace {

/// A session has one maker: more than these under one id, each with another sender key, are made up.
constexpr qsizetype maxImportedCopies = 4;

/// False: there is no place. What has opened an event keeps its own; an invitation has one key of a session,
/// and takes none from what the person has.
bool makePlace(CryptoStep &step, QList<InboundSessionRecord> copies, const InboundSessionRecord &offered)
{
    copies.removeIf([](const InboundSessionRecord &copy) { return !copy.imported; });
    const bool full = copies.size() >= maxImportedCopies;
    const bool own = originOf(offered) == KeyOrigin::OwnImport;
    copies.removeIf([&](const InboundSessionRecord &copy) {
        return copy.opened || (own ? !full : copy.sharedBy != offered.sharedBy);
    });
    if (copies.isEmpty())
        return !full;
    const auto least = std::min_element(copies.cbegin(), copies.cend(), [](const auto &a, const auto &b) {
        return std::tuple(originOf(a), a.receivedMs) < std::tuple(originOf(b), b.receivedMs);
    });
    step.rooms.drop(least->key());
    return true;
}

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
        auto merged = mergeSessions(*same, offered, step.pickleKey());
        if (!merged)
            return false;
        if (merged->firstKnownIndex < same->firstKnownIndex)
            merged->backupVersion = offered.backupVersion; // it may come from there
        step.rooms.put(*merged);
        return true;
    }
    if (!makePlace(step, copies, offered))
        return false;
    step.rooms.put(offered);
    return true;
}

} // namespace parvis::crypto
