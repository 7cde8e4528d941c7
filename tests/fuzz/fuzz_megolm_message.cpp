// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/megolm_inbound.h"
#include "crypto/primitives.h"

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

namespace {

/// A session of which the fuzzer has all keys, as its creator would: signatures and MACs are right, so that
/// what lies behind them is reached.
struct Session {
    Secret seed{QByteArray(32, 's')};
    QByteArray ratchet = QByteArray(128, 'r');
    QByteArray macKey =
        hkdfSha256(Secret(ratchet), {}, "MEGOLM_KEYS", 80)->view().sliced(32, 32).toByteArray();
    QByteArray exported = QByteArray("\x01\0\0\0\0", 5) + ratchet
        + fromBase64(ed25519PublicKey(seed)->toString().toLatin1()).value();

    [[nodiscard]] QByteArray finish(const QByteArray &frame) const
    {
        const QByteArray bytes = frame + hmacSha256(macKey, frame).first(8);
        return bytes + ed25519Sign(seed, bytes).value();
    }
};

} // namespace

/// The first byte says what the rest is: a message, one to be signed, or a session key.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Session known;
    if (size == 0)
        return 0;
    const QByteArray bytes = fuzz::bytes(data + 1, size - 1);
    switch (data[0] % 5) {
    case 0:
    case 1: {
        const auto session = MegolmInbound::fromExport(toBase64(known.exported));
        fuzz::require(session.has_value(), "the known key is one");
        const QByteArray message = data[0] % 5 == 0 ? bytes : known.finish(bytes);
        const auto decrypted = session->decrypt(toBase64(message));
        if (decrypted)
            fuzz::require(session->decrypt(toBase64(message))->plaintext == decrypted->plaintext,
                          "reading changes nothing");
        break;
    }
    case 2: {
        const auto session = MegolmInbound::fromExport(toBase64(bytes));
        if (!session)
            break;
        const auto again = session->exportAt(session->firstKnownIndex());
        fuzz::require(again && again->equals(toBase64(bytes)), "an export comes out as it went in");
        fuzz::require(session->compare(*session) == MegolmInbound::Comparison::Equal, "it equals itself");
        break;
    }
    case 3:
        (void)MegolmInbound::fromSessionKey(toBase64(bytes));
        break;
    case 4:
        (void)MegolmInbound::fromSessionKey(bytes);
        break;
    }
    return 0;
}
