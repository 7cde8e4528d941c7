// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/verification_values.h"

#include "base/raw_object.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

QString word(CancelCode code)
{
    switch (code) {
    case CancelCode::User:
        return u"m.user"_s;
    case CancelCode::Timeout:
        return u"m.timeout"_s;
    case CancelCode::UnknownTransaction:
        return u"m.unknown_transaction"_s;
    case CancelCode::UnknownMethod:
        return u"m.unknown_method"_s;
    case CancelCode::UnexpectedMessage:
        return u"m.unexpected_message"_s;
    case CancelCode::KeyMismatch:
        return u"m.key_mismatch"_s;
    case CancelCode::UserMismatch:
        return u"m.user_mismatch"_s;
    case CancelCode::InvalidMessage:
        return u"m.invalid_message"_s;
    case CancelCode::Accepted:
        return u"m.accepted"_s;
    case CancelCode::MismatchedCommitment:
        return u"m.mismatched_commitment"_s;
    case CancelCode::MismatchedSas:
        return u"m.mismatched_sas"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString sentence(CancelCode code)
{
    switch (code) {
    case CancelCode::User:
        return u"The person cancelled the verification"_s;
    case CancelCode::Timeout:
        return u"The verification took too long"_s;
    case CancelCode::UnknownTransaction:
        return u"There is no such verification here"_s;
    case CancelCode::UnknownMethod:
        return u"There is no way of comparing that both devices know"_s;
    case CancelCode::UnexpectedMessage:
        return u"A message came out of order"_s;
    case CancelCode::KeyMismatch:
        return u"The keys are not the expected ones"_s;
    case CancelCode::UserMismatch:
        return u"The message is not from the expected user"_s;
    case CancelCode::InvalidMessage:
        return u"A message breaks the specification"_s;
    case CancelCode::Accepted:
        return u"Another device answered the request"_s;
    case CancelCode::MismatchedCommitment:
        return u"The key is not the promised one"_s;
    case CancelCode::MismatchedSas:
        return u"The emoji or numbers were not the same"_s;
    }
    Q_UNREACHABLE();
    return {};
}

bool isVerificationEvent(const QString &type, const QByteArray &content)
{
    if (type.startsWith("m.key.verification."_L1))
        return true;
    if (type != "m.room.message"_L1)
        return false;
    const auto object = RawObject::parse(content);
    return object && object->text(u"msgtype"_s) == "m.key.verification.request"_L1;
}

} // namespace parvis::crypto
