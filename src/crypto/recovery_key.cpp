// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/recovery_key.h"

#include "crypto/openssl_p.h"
#include "crypto/sizes_p.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype rawBytes = 2 + keyBytes + 1;
constexpr qsizetype letters = 48; ///< of any 35 bytes that begin with 0x8b
constexpr qsizetype groupLetters = 4;
constexpr qsizetype maxTyped = 4096;
constexpr unsigned char firstByte = 0x8b;
constexpr unsigned char secondByte = 0x01;
constexpr char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr int base = 58;

using Raw = std::array<unsigned char, size_t(rawBytes)>;

unsigned char parityOf(const Raw &bytes)
{
    unsigned char parity = 0;
    for (const unsigned char byte : bytes)
        parity ^= byte;
    return parity;
}

/// The value of a letter, or -1. Looks at the whole alphabet either way: how long it takes tells nothing.
int digitOf(char letter)
{
    int digit = -1;
    for (int i = 0; i < base; ++i)
        digit = alphabet[i] == letter ? i : digit;
    return digit;
}

/// The code point at @p at, which moves on; nothing for what is no UTF-8.
std::optional<char32_t> nextCodePoint(QByteArrayView text, qsizetype &at)
{
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80)
        return lead;
    const int more = lead >= 0xf0 && lead < 0xf8 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    if (more == 0 || lead >= 0xf8)
        return {};
    char32_t point = lead & (0x3f >> more);
    for (int i = 0; i < more; ++i) {
        if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80)
            return {};
        point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3f);
    }
    return point;
}

bool isGap(char32_t point)
{
    const auto category = QChar::category(point);
    return QChar::isSpace(point) || category == QChar::Other_Format || category == QChar::Punctuation_Dash;
}

/// number = number * 58 + digit; false where it no longer fits.
bool append(Raw &number, int digit)
{
    int carry = digit;
    for (size_t at = number.size(); at > 0; --at) {
        carry += number[at - 1] * base;
        number[at - 1] = static_cast<unsigned char>(carry & 0xff);
        carry >>= 8;
    }
    return carry == 0;
}

/// number = number / 58; answers the rest.
int takeDigit(Raw &number)
{
    int rest = 0;
    for (unsigned char &byte : number) {
        rest = rest * 256 + byte;
        byte = static_cast<unsigned char>(rest / base);
        rest %= base;
    }
    return rest;
}

tl::unexpected<Error> recoveryKeyRefused(QString code, QString detail = {})
{
    return fail(ErrorKind::Crypto, std::move(code), std::move(detail));
}

/// Reads the letters into @p number.
Result<void> readLetters(QByteArrayView typed, Raw &number)
{
    qsizetype count = 0;
    bool fits = true;
    for (qsizetype at = 0; at < typed.size();) {
        const auto point = nextCodePoint(typed, at);
        if (point && isGap(*point))
            continue;
        ++count;
        const int digit = point && *point < 0x80 ? digitOf(char(*point)) : -1;
        if (digit < 0)
            return recoveryKeyRefused(u"PARVIS_RECOVERY_KEY_LETTER"_s, u"letter %1"_s.arg(count));
        fits = append(number, digit) && fits;
    }
    if (count != letters)
        return recoveryKeyRefused(u"PARVIS_RECOVERY_KEY_LENGTH"_s, u"%1 letters"_s.arg(count));
    if (!fits) // large letters stand for small numbers: a key in small ones is too large
        return recoveryKeyRefused(u"PARVIS_RECOVERY_KEY_TYPO"_s);
    return {};
}

Result<Secret> keyIn(const Raw &number)
{
    if (number[0] != firstByte || number[1] != secondByte)
        return recoveryKeyRefused(u"PARVIS_RECOVERY_KEY_KIND"_s);
    if (parityOf(number) != 0)
        return recoveryKeyRefused(u"PARVIS_RECOVERY_KEY_TYPO"_s);
    return Secret(QByteArrayView(number.data() + 2, keyBytes));
}

} // namespace

Result<Secret> encodeRecoveryKey(const Secret &key)
{
    if (key.size() != keyBytes)
        return badKeySize();
    Raw number{firstByte, secondByte};
    std::copy_n(raw(key.view()), keyBytes, number.begin() + 2);
    number.back() = parityOf(number);
    QByteArray text(letters + letters / groupLetters - 1, ' ');
    for (qsizetype letter = letters - 1; letter >= 0; --letter)
        text[letter + letter / groupLetters] = alphabet[takeDigit(number)];
    Secret answer(text); // of number, nothing is left
    wipe(text);
    return answer;
}

Result<Secret> decodeRecoveryKey(QByteArrayView typed)
{
    if (typed.size() > maxTyped)
        return recoveryKeyRefused(u"PARVIS_RECOVERY_KEY_LENGTH"_s, u"over %1 bytes"_s.arg(maxTyped));
    Raw number{};
    auto key = readLetters(typed, number).and_then([&number] { return keyIn(number); });
    OPENSSL_cleanse(number.data(), number.size());
    return key;
}

} // namespace parvis::crypto
