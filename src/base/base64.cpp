// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// All ones where low <= value <= high, else zero; no branch, no table.
constexpr int inRange(int value, int low, int high)
{
    return ((low - 1 - value) & (value - high - 1)) >> 8;
}

/// The letter of six bits.
constexpr char encodeDigit(int bits)
{
    return char((inRange(bits, 0, 25) & (bits + 'A')) | (inRange(bits, 26, 51) & (bits - 26 + 'a'))
                | (inRange(bits, 52, 61) & (bits - 52 + '0')) | (inRange(bits, 62, 62) & '+')
                | (inRange(bits, 63, 63) & '/'));
}

/// The six bits of a letter, or -1.
constexpr int decodeDigit(int letter)
{
    return -1 + (inRange(letter, 'A', 'Z') & (letter - 'A' + 1))
        + (inRange(letter, 'a', 'z') & (letter - 'a' + 27))
        + (inRange(letter, '0', '9') & (letter - '0' + 53)) + (inRange(letter, '+', '+') & 63)
        + (inRange(letter, '/', '/') & 64);
}

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

/// Decodes into @p out, which has room; answers whether every letter was one. Looks at all of them either
/// way.
bool decode(QByteArrayView bare, char *out)
{
    int bad = 0;
    quint32 buffer = 0;
    int bits = 0;
    for (const char letter : bare) {
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

tl::unexpected<Error> refused()
{
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_BASE64"_s);
}

} // namespace

QByteArray toBase64(QByteArrayView bytes)
{
    QByteArray text((bytes.size() * 4 + 2) / 3, Qt::Uninitialized);
    char *out = text.data();
    quint32 buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            *out++ = encodeDigit(int(buffer >> bits) & 63);
        }
    }
    if (bits > 0)
        *out = encodeDigit(int(buffer << (6 - bits)) & 63);
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
