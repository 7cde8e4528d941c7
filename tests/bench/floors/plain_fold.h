// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace parvis::bench {

/// The letter under U+00C0 to U+00FF, or nothing where there is none; two for a ligature.
inline std::string_view latinBase(unsigned char low)
{
    static constexpr std::array<std::string_view, 64> bases{
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
        "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "t", "ss",
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
        "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "t", "y"};
    return bases[low & 63];
}

/// @p text in UTF-8 as what a full-text table of ASCII words takes: lower case, western accents and œ taken
/// apart, blanks for all else that is ASCII or punctuation. Less than the product does, and in one pass.
inline void foldPlainly(std::string_view text, std::string &out)
{
    out.clear();
    for (size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        if (byte < 0x80) {
            const bool upper = byte >= 'A' && byte <= 'Z';
            const bool kept = upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
            out += kept ? char(upper ? byte + 0x20 : byte) : ' ';
        } else if (byte == 0xc3) {
            out += latinBase(next);
            ++i;
        } else if (byte == 0xc5 && (next == 0x92 || next == 0x93)) {
            out += "oe";
            ++i;
        } else if (byte == 0xe2 && next == 0x80) { // apostrophes, dashes, the ellipsis
            out += ' ';
            i += 2;
        } else {
            out += char(byte);
        }
    }
}

} // namespace parvis::bench
