// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What was encrypted for an earlier try, and who may read it by now.
#include "crypto/crypto_machine.h"
#include "crypto/machine_parts_p.h"
#include "crypto/megolm_inbound.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// The place of an own message in its session; empty where it is none of ours.
std::optional<quint32> indexOf(CryptoStep &step, const RoomId &room, const SessionId &session,
                               const QByteArray &ciphertext)
{
    for (const auto &inbound : step.rooms.inbound(room, session)) {
        const auto megolm = MegolmInbound::fromPickle(inbound.pickle, step.pickleKey());
        const auto read = megolm ? megolm->decrypt(ciphertext) : tl::unexpected(megolm.error());
        if (read)
            return read->index;
    }
    return {};
}

} // namespace

Result<bool> CryptoMachine::mayStillGo(const RoomId &room, const QByteArray &encrypted)
{
    CryptoStep step(m_parts->context);
    bool fits = false;
    const auto content = RawObject::parse(encrypted);
    const auto session = step.rooms.outbound(room);
    if (content && session && content->text(u"session_id"_s) == session->session.toString()) {
        const auto index = indexOf(step, room, session->session, content->text(u"ciphertext"_s).toLatin1());
        const auto shares = step.failure.take(step.store().shares(room, session->session));
        fits = index && std::all_of(shares.cbegin(), shares.cend(), [&](const ShareRecord &share) {
                   return !share.withheldCode.isEmpty() || share.messageIndex <= *index;
               });
    }
    if (auto done = step.commit(); !done)
        return tl::unexpected(done.error());
    return fits;
}

} // namespace parvis::crypto
