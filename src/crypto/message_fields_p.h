// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArrayView>

#include <array>
#include <initializer_list>
#include <optional>

/// \file
/// What Olm and Megolm messages look like between their version byte and their MAC. Not for the rest of the
/// module.
namespace parvis::crypto {

constexpr qsizetype messageMacBytes = 8;

/// The fields of a message, as the specification has them and nothing else: each tag once at most, none that
/// is not expected, no number above 32 bits.
///
/// libolm is more generous: it skips unknown fields, takes the last of several, and lets lengths wrap. A
/// message that two readers can understand in two ways is refused, so that what was checked here is what is
/// used there.
class MessageFields
{
public:
    /// Empty unless @p bytes consists of fields with tags out of @p tags. The views point into @p bytes.
    [[nodiscard]] static std::optional<MessageFields> read(QByteArrayView bytes,
                                                           std::initializer_list<unsigned char> tags);

    /// Null for a tag that is not there.
    [[nodiscard]] QByteArrayView bytes(unsigned char tag) const;
    [[nodiscard]] std::optional<quint32> number(unsigned char tag) const;

private:
    struct Field {
        unsigned char tag = 0; ///< 0: none; no message uses that tag
        quint32 number = 0;
        QByteArrayView bytes = {};
    };

    [[nodiscard]] const Field *find(unsigned char tag) const;

    std::array<Field, 4> m_fields; ///< no message has more
    size_t m_count = 0;
};

/// Whether libolm can decrypt so many bytes of ciphertext. It reads whole blocks and writes whole blocks,
/// past the end of both buffers where the length is none of whole blocks (seen in libolm 3.2.13 to 3.2.16).
[[nodiscard]] constexpr bool isWholeBlocks(qsizetype size)
{
    return size > 0 && size % 16 == 0;
}

} // namespace parvis::crypto
