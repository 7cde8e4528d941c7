// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/message_fields_p.h"

#include <algorithm>
#include <limits>

namespace parvis::crypto {

namespace {

enum WireType : unsigned char { Varint = 0, Delimited = 2 };

/// Little endian in groups of seven bits; takes what it reads off @p bytes.
std::optional<quint32> varint(QByteArrayView &bytes)
{
    quint64 value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        if (bytes.isEmpty())
            return std::nullopt;
        const auto byte = static_cast<unsigned char>(bytes[0]);
        bytes = bytes.sliced(1);
        value |= quint64(byte & 0x7f) << shift;
        if ((byte & 0x80) != 0)
            continue;
        if (value > std::numeric_limits<quint32>::max())
            return std::nullopt;
        return quint32(value);
    }
    return std::nullopt;
}

} // namespace

std::optional<MessageFields> MessageFields::read(QByteArrayView bytes,
                                                 std::initializer_list<unsigned char> tags)
{
    MessageFields fields;
    while (!bytes.isEmpty()) {
        Field field{.tag = static_cast<unsigned char>(bytes[0])};
        bytes = bytes.sliced(1);
        if (std::find(tags.begin(), tags.end(), field.tag) == tags.end() || fields.find(field.tag)
            || fields.m_count == fields.m_fields.size())
            return std::nullopt;
        const auto number = varint(bytes);
        if (!number)
            return std::nullopt;
        field.number = *number;
        if ((field.tag & 7) == Delimited) {
            if (*number > quint64(bytes.size()))
                return std::nullopt;
            field.bytes = bytes.first(qsizetype(*number));
            bytes = bytes.sliced(qsizetype(*number));
        }
        fields.m_fields[fields.m_count++] = field;
    }
    return fields;
}

QByteArrayView MessageFields::bytes(unsigned char tag) const
{
    const Field *field = find(tag);
    return field ? field->bytes : QByteArrayView();
}

std::optional<quint32> MessageFields::number(unsigned char tag) const
{
    const Field *field = find(tag);
    if (!field || (tag & 7) != Varint)
        return std::nullopt;
    return field->number;
}

const MessageFields::Field *MessageFields::find(unsigned char tag) const
{
    const auto end = m_fields.cbegin() + std::ptrdiff_t(m_count);
    const auto it = std::find_if(m_fields.cbegin(), end, [&](const Field &f) { return f.tag == tag; });
    return it == end ? nullptr : &*it;
}

} // namespace parvis::crypto
