// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/verification_sentences.h"

using namespace Qt::StringLiterals;

namespace parvis {

QString VerificationSentences::end(const VerificationInfo &info)
{
    switch (info.state) {
    case VerificationInfo::State::Done:
        return tr("Verified: the keys on both sides are the same.");
    case VerificationInfo::State::Passive:
        return tr("Another of your devices takes care of this verification.");
    case VerificationInfo::State::Cancelled:
        return cancelled(info.cancelCode, info.cancelledByUs);
    case VerificationInfo::State::Requested:
    case VerificationInfo::State::Ready:
    case VerificationInfo::State::Started:
    case VerificationInfo::State::Comparing:
    case VerificationInfo::State::Scanned:
    case VerificationInfo::State::Waiting:
        break;
    }
    return {};
}

bool VerificationSentences::alarms(const VerificationInfo &info)
{
    return info.state == VerificationInfo::State::Cancelled
        && (info.cancelCode == "m.mismatched_sas"_L1 || info.cancelCode == "m.mismatched_commitment"_L1
            || info.cancelCode == "m.key_mismatch"_L1 || info.cancelCode == "m.user_mismatch"_L1);
}

QString VerificationSentences::cancelled(const QString &code, bool byUs)
{
    if (code == "m.user"_L1)
        return byUs ? tr("You ended the verification. Nothing was verified.")
                    : tr("The other side ended the verification. Nothing was verified.");
    if (code == "m.timeout"_L1)
        return tr("The verification took too long, so it ended. Start a new one.");
    if (code == "m.accepted"_L1)
        return tr("Another device answered. Go on there.");
    if (code == "m.mismatched_sas"_L1)
        return tr("The pictures or numbers were not the same on both sides, so nothing was verified. "
                  "Somebody may be "
                  "reading along: try again from another network, and tell your administration if it happens "
                  "again.");
    if (code == "m.mismatched_commitment"_L1 || code == "m.key_mismatch"_L1)
        return tr("The keys are not those that were expected, so nothing was verified. Start again; if it "
                  "comes back, "
                  "tell your administration.");
    if (code == "m.user_mismatch"_L1)
        return tr("Somebody else answered than the one who was asked, so nothing was verified. Start again.");
    if (code == "m.unknown_method"_L1)
        return tr(
            "The two devices know no common way of comparing. Use a newer version of the other application.");
    if (code == "m.unknown_transaction"_L1)
        return tr("The other device no longer knows of this verification. Start a new one.");
    if (code == "m.unexpected_message"_L1 || code == "m.invalid_message"_L1)
        return tr("The two devices did not understand each other, so nothing was verified. Start again.");
    return tr("The verification ended without result. Start again.");
}

} // namespace parvis
