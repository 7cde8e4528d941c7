// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/ciphers.h"
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"
#include "crypto/olm_account.h"
#include "crypto/olm_session.h"
#include "crypto/primitives.h"

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;

namespace {

constexpr size_t longest = 16'384; // an account has 8 kB

/// Sealed as libolm seals a pickle, so that what is inside is reached.
struct Seal {
    Secret pickleKey{QByteArray(32, 'k')};
    Secret keys = hkdfSha256(pickleKey, {}, "Pickle", 80).value();

    [[nodiscard]] QByteArray pickle(QByteArrayView inside) const
    {
        const QByteArray sealed =
            aes256CbcEncrypt(Secret(keys.view().first(32)), keys.view().last(16), inside).value();
        return toBase64(sealed + hmacSha256(keys.view().sliced(32, 32), sealed).first(8));
    }
};

/// What opens is pickled again.
template <typename Opened>
void open(const QByteArray &pickle, const Secret &key)
{
    const auto opened = Opened::fromPickle(pickle, key);
    if (opened)
        fuzz::require(opened->pickle(key).has_value(), "what was opened can be kept");
}

} // namespace

/// The inside of a pickle, which only who knows the pickle key can write: damage, or another version of
/// libolm.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Seal seal;
    if (size > longest)
        return 0;
    const QByteArray pickle = seal.pickle(fuzz::bytes(data, size));
    open<OlmAccount>(pickle, seal.pickleKey);
    open<OlmSession>(pickle, seal.pickleKey);
    open<MegolmInbound>(pickle, seal.pickleKey);
    open<MegolmOutbound>(pickle, seal.pickleKey);
    (void)OlmAccount::fromPickle(fuzz::bytes(data, size), seal.pickleKey);
    return 0;
}
