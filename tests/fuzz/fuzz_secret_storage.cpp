// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/recovery_key.h"
#include "crypto/secret_storage.h"

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// The first byte says what the rest is: a key's description, a secret's account data, a secret, or what
/// somebody typed for a recovery key.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Secret key(QByteArray(32, 'k'));
    if (size == 0)
        return 0;
    const QByteArray bytes = fuzz::bytes(data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        if (const auto description = StorageKeyDescription::parse(bytes)) {
            const auto again = StorageKeyDescription::parse(description->toJson());
            fuzz::require(again && again->toJson() == description->toJson(),
                          "what was read can be read again");
            fuzz::require(description->check(key).has_value(), "a description can be checked by");
        }
        break;
    case 1:
        if (const auto stored = EncryptedSecret::find(bytes, u"ID"_s)) {
            const auto again = EncryptedSecret::find(stored->toContent(u"ID"_s), u"ID"_s);
            fuzz::require(again && again->mac == stored->mac, "what was found can be found again");
            (void)decryptSecretKey(key, u"name"_s, *stored);
        }
        break;
    case 2:
        if (const auto stored = encryptSecret(key, u"name"_s, Secret(bytes)))
            fuzz::require(decryptSecret(key, u"name"_s, *stored).value().equals(bytes), "a secret opens");
        break;
    case 3:
        if (const auto typed = decodeRecoveryKey(bytes)) {
            const auto again = decodeRecoveryKey(encodeRecoveryKey(*typed)->view());
            fuzz::require(again && again->equals(typed->view()), "a recovery key has one meaning");
        }
        break;
    }
    return 0;
}
