// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/olm_account.h"
#include "crypto/olm_message.h"
#include "crypto/olm_session.h"

#include <memory>

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

namespace {

/// Two devices with a session in its first direction; made once.
struct Devices {
    OlmAccount alice = OlmAccount::create().value();
    OlmAccount bob = OlmAccount::create().value();
    QByteArray preKeyMessage; ///< decoded
    QByteArray bobsSession;   ///< pickled
    Secret key{QByteArray(32, 'k')};

    Devices()
    {
        fuzz::require(bob.generateOneTimeKeys(1).has_value(), "keys can be made");
        const auto keys = bob.unpublishedOneTimeKeys().value();
        auto outbound = OlmSession::outbound(alice, bob.curveKey(), *keys.constBegin()).value();
        const OlmMessage message = outbound.encrypt("hello").value();
        preKeyMessage = fromBase64(message.body).value();
        auto inbound = OlmSession::inbound(bob, alice.curveKey(), message).value();
        fuzz::require(inbound.decrypt(message).has_value(), "a real message is read");
        bobsSession = inbound.pickle(key).value();
    }

    /// A pre-key message with true keys around an inner message that came from the fuzzer.
    [[nodiscard]] QByteArray around(const QByteArray &inner) const
    {
        constexpr qsizetype keys = 1 + 3 * (1 + 1 + 32);
        QByteArray message = preKeyMessage.first(keys) + '\x22';
        for (qsizetype size = inner.size();; size >>= 7) {
            message += char((size & 0x7f) | (size >= 128 ? 0x80 : 0));
            if (size < 128)
                break;
        }
        return message + inner;
    }
};

void read(const Devices &devices, const OlmMessage &message)
{
    const auto checked = checkOlmMessage(message);
    fuzz::require(preKeyParts(message).has_value() == (checked && message.type == OlmMessage::Type::PreKey),
                  "a checked pre-key message has parts");
    if (checked)
        fuzz::require(checkOlmMessage({message.type, *checked}) == *checked, "what is handed on is checked");
    (void)OlmSession::inbound(devices.bob, devices.alice.curveKey(), message);
    auto session = OlmSession::fromPickle(devices.bobsSession, devices.key);
    fuzz::require(session.has_value(), "a pickle is read");
    (void)session->matches(devices.alice.curveKey(), message);
    if (!session->decrypt(message))
        fuzz::require(session->pickle(devices.key).has_value(), "a refusal leaves a session");
}

} // namespace

/// The first byte says how the rest reaches the reader: as it is, or inside a message of a known device. As
/// other projects keep their messages, it is text from its first letter on, which is always the same.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Devices devices;
    if (size == 0)
        return 0;
    if (size > 1 && data[0] == 'A' && data[1] == 'w') {
        for (const auto type : {OlmMessage::Type::Normal, OlmMessage::Type::PreKey})
            read(devices, {type, fuzz::bytes(data, size)});
        return 0;
    }
    QByteArray bytes = fuzz::bytes(data + 1, size - 1);
    const auto type = (data[0] & 1) != 0 ? OlmMessage::Type::Normal : OlmMessage::Type::PreKey;
    if (type == OlmMessage::Type::PreKey && (data[0] & 2) != 0)
        bytes = devices.around(bytes);
    // Bit 2: the rest is text that claims to be base64.
    read(devices, {type, (data[0] & 4) != 0 ? bytes : toBase64(bytes)});
    return 0;
}
