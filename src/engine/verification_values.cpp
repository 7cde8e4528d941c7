// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/verification_values.h"

#include "crypto/sas.h"
#include "crypto/sas_emoji.h"

namespace parvis {

namespace {

VerificationInfo::State toClient(crypto::VerificationState state)
{
    using From = crypto::VerificationState;
    using To = VerificationInfo::State;
    switch (state) {
    case From::Requested:
        return To::Requested;
    case From::Ready:
        return To::Ready;
    case From::Started:
        return To::Started;
    case From::Comparing:
        return To::Comparing;
    case From::Scanned:
        return To::Scanned;
    case From::Waiting:
        return To::Waiting;
    case From::Done:
        return To::Done;
    case From::Cancelled:
        return To::Cancelled;
    case From::Passive:
        return To::Passive;
    }
    Q_UNREACHABLE();
    return To::Cancelled;
}

VerificationInfo toClient(const crypto::VerificationInfo &info)
{
    VerificationInfo made{.txn = info.flow,
                          .user = info.user,
                          .device = info.device,
                          .room = info.room,
                          .byUs = info.byUs,
                          .state = toClient(info.state),
                          .emoji = {},
                          .decimal = {},
                          .canSas = info.canSas,
                          .canShow = info.canShow,
                          .canScan = info.canScan,
                          .cancelCode = info.cancelCode,
                          .reason = info.reason,
                          .cancelledByUs = info.cancelledByUs};
    if (info.sas.size() != crypto::sasByteCount)
        return made;
    for (const int number : crypto::sasDecimals(info.sas))
        made.decimal.append(number);
    if (!info.emoji)
        return made;
    for (const int index : crypto::sasEmojis(info.sas)) {
        const crypto::SasEmoji emoji = crypto::sasEmoji(index);
        made.emoji.append({emoji.symbol, emoji.english, emoji.french});
    }
    return made;
}

} // namespace

QList<VerificationInfo> toClient(const QList<crypto::VerificationInfo> &infos)
{
    QList<VerificationInfo> made;
    for (const crypto::VerificationInfo &info : infos)
        made.append(toClient(info));
    return made;
}

} // namespace parvis
