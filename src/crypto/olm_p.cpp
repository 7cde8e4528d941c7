// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/olm_p.h"

#include "base/base64.h"
#include "base/locked_memory.h"
#include "crypto/message_fields_p.h"

#include <olm/error.h>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

OlmMemory::OlmMemory(size_t size) : m_bytes(allocateKeyMemory(size)), m_size(size) {}

OlmMemory::~OlmMemory()
{
    freeKeyMemory(m_bytes, m_size);
}

tl::unexpected<Error> olmFailure(int olmErrorCode)
{
    const auto code = static_cast<OlmErrorCode>(olmErrorCode);
    const auto failed = [&](const QString &ours) {
        return fail(ErrorKind::Crypto, ours, QString::fromLatin1(_olm_error_to_string(code)));
    };
    switch (code) {
    case OLM_BAD_MESSAGE_MAC:
        return failed(u"PARVIS_OLM_BAD_MAC"_s);
    case OLM_BAD_MESSAGE_VERSION:
    case OLM_BAD_MESSAGE_FORMAT:
    case OLM_INVALID_BASE64:
    case OLM_INPUT_BUFFER_TOO_SMALL:
        return failed(u"PARVIS_OLM_BAD_MESSAGE"_s);
    case OLM_BAD_MESSAGE_KEY_ID:
        return failed(u"PARVIS_OLM_UNKNOWN_KEY"_s);
    case OLM_BAD_ACCOUNT_KEY:
    case OLM_UNKNOWN_PICKLE_VERSION:
    case OLM_CORRUPTED_PICKLE:
    case OLM_BAD_LEGACY_ACCOUNT_PICKLE:
    case OLM_PICKLE_EXTRA_DATA:
        return failed(u"PARVIS_OLM_PICKLE"_s);
    case OLM_BAD_SESSION_KEY:
        return failed(u"PARVIS_MEGOLM_BAD_KEY"_s);
    case OLM_UNKNOWN_MESSAGE_INDEX:
        return failed(u"PARVIS_MEGOLM_UNKNOWN_INDEX"_s);
    case OLM_BAD_SIGNATURE:
        return failed(u"PARVIS_MEGOLM_BAD_SIGNATURE"_s);
    default:
        return failed(u"PARVIS_OLM_FAILED"_s);
    }
}

Result<PickleInput> PickleInput::of(const QByteArray &pickle, const Secret &pickleKey)
{
    auto bytes = fromBase64(pickle);
    if (pickleKey.size() != pickleKeyBytes || !bytes || !isWholeBlocks(bytes->size() - messageMacBytes))
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_PICKLE"_s);
    return PickleInput(scratch(pickle));
}

Result<Secret> randomFor(size_t size)
{
    if (size == 0)
        return Secret();
    Secret bytes = Secret::random(qsizetype(size));
    if (bytes.isEmpty())
        return fail(ErrorKind::Crypto, u"PARVIS_OLM_RANDOM"_s);
    return bytes;
}

} // namespace parvis::crypto
