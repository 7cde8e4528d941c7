// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"

#include <openssl/crypto.h>

#include <array>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

// Both ways work on so many letters at once, in lanes of 16 bits, which compilers turn into vector code.
constexpr int blockLetters = 32;
constexpr int blockBytes = blockLetters / 4 * 3;

/// All ones where low <= value <= high, else zero; no branch, no table.
constexpr qint16 inRange(qint16 value, qint16 low, qint16 high)
{
    return qint16(qint16((low - 1 - value) & (value - high - 1)) >> 15);
}

/// The letter of six bits.
constexpr qint16 encodeDigit(qint16 bits)
{
    return qint16((inRange(bits, 0, 25) & (bits + 'A')) | (inRange(bits, 26, 51) & (bits - 26 + 'a'))
                  | (inRange(bits, 52, 61) & (bits - 52 + '0')) | (inRange(bits, 62, 62) & '+')
                  | (inRange(bits, 63, 63) & '/'));
}

/// The six bits of a letter, or -1.
constexpr qint16 decodeDigit(qint16 letter)
{
    return qint16(-1 + (inRange(letter, 'A', 'Z') & (letter - 'A' + 1))
                  + (inRange(letter, 'a', 'z') & (letter - 'a' + 27))
                  + (inRange(letter, '0', '9') & (letter - '0' + 53)) + (inRange(letter, '+', '+') & 63)
                  + (inRange(letter, '/', '/') & 64));
}

/// The digits of one block: of secrets perhaps, so they go when the work is done.
struct Digits {
    std::array<qint16, blockLetters> at{};

    Digits() = default;
    Digits(const Digits &) = delete;
    Digits &operator=(const Digits &) = delete;
    ~Digits() { OPENSSL_cleanse(at.data(), sizeof(at)); }
};

/// Without the padding; a null view where the padding is wrong.
QByteArrayView withoutPadding(QByteArrayView text)
{
    qsizetype padding = 0;
    while (padding < 3 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    const QByteArrayView bare = text.chopped(padding);
    if (bare.size() % 4 == 1 || (padding > 0 && (bare.size() + padding) % 4 != 0) || padding > 2)
        return {};
    return bare.isNull() ? QByteArrayView("") : bare;
}

void decodeBlock(const char *letters, char *out, Digits &digits, int &bad)
{
    qint16 wrong = 0;
    for (size_t i = 0; i < blockLetters; ++i) {
        digits.at[i] = decodeDigit(static_cast<unsigned char>(letters[i]));
        wrong = qint16(wrong | digits.at[i]);
    }
    bad |= wrong;
    for (size_t i = 0; i < blockLetters; i += 4) {
        const quint32 group = (quint32(digits.at[i] & 63) << 18) | (quint32(digits.at[i + 1] & 63) << 12)
            | (quint32(digits.at[i + 2] & 63) << 6) | quint32(digits.at[i + 3] & 63);
        *out++ = char(group >> 16);
        *out++ = char(group >> 8);
        *out++ = char(group);
    }
}

/// Decodes into @p out, which has room; answers whether every letter was one. Looks at all of them either
/// way.
bool decode(QByteArrayView bare, char *out)
{
    int bad = 0;
    Digits digits;
    qsizetype at = 0;
    for (; bare.size() - at >= blockLetters; at += blockLetters, out += blockBytes)
        decodeBlock(bare.data() + at, out, digits, bad);
    quint32 buffer = 0;
    int bits = 0;
    for (const char letter : bare.sliced(at)) {
        const int digit = decodeDigit(static_cast<unsigned char>(letter));
        bad |= digit;
        buffer = (buffer << 6) | quint32(digit & 63);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            *out++ = char(buffer >> bits);
        }
    }
    return bad >= 0;
}

void encodeBlock(const char *bytes, char *out, Digits &digits)
{
    for (size_t i = 0; i < blockLetters; i += 4) {
        const auto byte = [&](size_t k) { return quint32(static_cast<unsigned char>(bytes[i / 4 * 3 + k])); };
        const quint32 group = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        digits.at[i] = qint16(group >> 18);
        digits.at[i + 1] = qint16((group >> 12) & 63);
        digits.at[i + 2] = qint16((group >> 6) & 63);
        digits.at[i + 3] = qint16(group & 63);
    }
    for (size_t i = 0; i < blockLetters; ++i)
        out[i] = char(encodeDigit(digits.at[i]));
}

tl::unexpected<Error> refused()
{
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_BASE64"_s);
}

} // namespace

QByteArray toBase64(QByteArrayView bytes)
{
    QByteArray text((bytes.size() * 4 + 2) / 3, Qt::Uninitialized);
    char *out = text.data();
    Digits digits;
    qsizetype at = 0;
    for (; bytes.size() - at >= blockBytes; at += blockBytes, out += blockLetters)
        encodeBlock(bytes.data() + at, out, digits);
    quint32 buffer = 0;
    int bits = 0;
    for (const char byte : bytes.sliced(at)) {
        buffer = (buffer << 8) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            *out++ = char(encodeDigit(qint16((buffer >> bits) & 63)));
        }
    }
    if (bits > 0)
        *out = char(encodeDigit(qint16((buffer << (6 - bits)) & 63)));
    return text;
}

Result<QByteArray> fromBase64(QByteArrayView text)
{
    const QByteArrayView bare = withoutPadding(text);
    if (bare.isNull())
        return refused();
    QByteArray bytes(bare.size() * 3 / 4, Qt::Uninitialized);
    if (!decode(bare, bytes.data()))
        return refused();
    return bytes;
}

Result<QByteArray> fromBase64Url(QByteArrayView text)
{
    if (text.contains('+') || text.contains('/'))
        return refused();
    return fromBase64(text.toByteArray().replace('-', '+').replace('_', '/'));
}

Result<Secret> secretFromBase64(QByteArrayView text)
{
    const QByteArrayView bare = withoutPadding(text);
    if (bare.isNull())
        return refused();
    QByteArray bytes(bare.size() * 3 / 4, Qt::Uninitialized);
    const bool decoded = decode(bare, bytes.data());
    Secret secret(bytes);
    wipe(bytes); // a refused text may be a mistyped key: its bytes go as well
    if (!decoded)
        return refused();
    return secret;
}

} // namespace parvis
