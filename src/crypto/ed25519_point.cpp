// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/ed25519_point_p.h"
#include "crypto/openssl_p.h"

#include <openssl/bn.h>

namespace parvis::crypto {

namespace {

struct FreeNumber {
    void operator()(BIGNUM *number) const { BN_free(number); }
    void operator()(BN_CTX *context) const { BN_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

Number fromHex(const char *text)
{
    BIGNUM *number = nullptr;
    BN_hex2bn(&number, text);
    return Number(number);
}

} // namespace

bool isEd25519Point(QByteArrayView publicKey)
{
    if (publicKey.size() != 32)
        return false;
    static const Number prime = fromHex("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED");
    static const Number d = fromHex("52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3");
    QByteArray little = publicKey.toByteArray();
    little[31] = char(little[31] & 0x7f); // the sign of x
    const std::unique_ptr<BN_CTX, FreeNumber> context(BN_CTX_new());
    const Number y(BN_lebin2bn(raw(QByteArrayView(little)), 32, nullptr));
    const Number square(BN_new());
    const Number above(BN_new());
    const Number below(BN_new());
    if (!prime || !d || !context || !y || !square || !above || !below)
        return false;
    // x² = (y² - 1) / (d y² + 1) has a root where the product of both is a square.
    if (BN_mod_sqr(square.get(), y.get(), prime.get(), context.get()) != 1
        || BN_mod_sub(above.get(), square.get(), BN_value_one(), prime.get(), context.get()) != 1
        || BN_mod_mul(below.get(), square.get(), d.get(), prime.get(), context.get()) != 1
        || BN_mod_add(below.get(), below.get(), BN_value_one(), prime.get(), context.get()) != 1
        || BN_mod_mul(above.get(), above.get(), below.get(), prime.get(), context.get()) != 1)
        return false;
    return BN_kronecker(above.get(), prime.get(), context.get()) >= 0;
}

} // namespace parvis::crypto
