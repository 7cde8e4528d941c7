// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/crypto_values.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

QString Undecryptable::name(Reason reason)
{
    switch (reason) {
    case Reason::Malformed:
        return u"malformed"_s;
    case Reason::UnknownAlgorithm:
        return u"unknown_algorithm"_s;
    case Reason::MissingSession:
        return u"missing_session"_s;
    case Reason::UnknownIndex:
        return u"unknown_index"_s;
    case Reason::DecryptionFailed:
        return u"decryption_failed"_s;
    case Reason::BadPlaintext:
        return u"bad_plaintext"_s;
    case Reason::BadRoom:
        return u"bad_room"_s;
    case Reason::MismatchedSender:
        return u"mismatched_sender"_s;
    case Reason::Replay:
        return u"replay"_s;
    case Reason::StateKey:
        return u"state_key"_s;
    case Reason::Nested:
        return u"nested"_s;
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace parvis::crypto
