// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/megolm_inbound.h"
#include "crypto/session_choice_p.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace parvis::crypto {

KeyOrigin originOf(const InboundSessionRecord &record)
{
    if (!record.imported)
        return KeyOrigin::Olm;
    return record.sharedBy.isEmpty() ? KeyOrigin::OwnImport : KeyOrigin::Invitation;
}

bool mayLeave(const InboundSessionRecord &record)
{
    return record.opened || originOf(record) != KeyOrigin::Invitation;
}

std::optional<InboundSessionRecord> bestCopy(const QList<InboundSessionRecord> &copies,
                                             const Secret &pickleKey)
{
    struct Copy {
        const InboundSessionRecord *record;
        MegolmInbound megolm;
    };
    std::vector<Copy> readable;
    for (const InboundSessionRecord &copy : copies) {
        auto megolm = MegolmInbound::fromPickle(copy.pickle, pickleKey);
        if (megolm && mayLeave(copy))
            readable.push_back({&copy, *std::move(megolm)});
    }
    if (readable.empty())
        return {};
    const auto rank = [](const Copy &copy) {
        const InboundSessionRecord &record = *copy.record;
        return std::tuple(!record.opened, -int(originOf(record)), -int(record.trust), record.firstKnownIndex);
    };
    const auto known = std::min_element(readable.cbegin(), readable.cend(),
                                        [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
    // Whoever has the key can pass it on from a later index: that must not shorten it.
    const Copy *best = &*known;
    for (const Copy &copy : readable) {
        if (best->megolm.compare(copy.megolm) == MegolmInbound::Comparison::OtherIsBetter)
            best = &copy;
    }
    return *best->record;
}

std::optional<ExportedSession> exportedSession(const InboundSessionRecord &record, const Secret &pickleKey)
{
    const auto megolm = MegolmInbound::fromPickle(record.pickle, pickleKey);
    auto key = megolm ? megolm->exportAt(megolm->firstKnownIndex()) : tl::unexpected(megolm.error());
    if (!key)
        return {};
    return ExportedSession{.room = record.room,
                           .session = record.session,
                           .senderKey = record.senderKey,
                           .claimedKey = record.claimedKey,
                           .sessionKey = *std::move(key),
                           .sharedHistory = record.sharedHistory};
}

} // namespace parvis::crypto
