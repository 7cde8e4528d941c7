// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QHash>
#include <QString>

#include <compare>

namespace parvis {

/// A string that cannot be mistaken for another kind of string. Holds what the server said, unchecked;
/// empty means "none".
template <typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(QString value) : m_value(std::move(value)) {}

    [[nodiscard]] const QString &toString() const { return m_value; }
    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }

    friend bool operator==(const Id &, const Id &) = default;
    friend std::strong_ordering operator<=>(const Id &a, const Id &b)
    {
        return QString::compare(a.m_value, b.m_value) <=> 0;
    }
    friend size_t qHash(const Id &id, size_t seed = 0) { return qHash(id.m_value, seed); }

private:
    QString m_value;
};

using UserId = Id<struct UserIdTag>;               ///< "@claire:agent.example.gouv"
using DeviceId = Id<struct DeviceIdTag>;           ///< "ABCDEFGHIJ"
using RoomId = Id<struct RoomIdTag>;               ///< "!opaque:server", or "!opaque" from room version 12 on
using EventId = Id<struct EventIdTag>;             ///< "$opaque"
using TransactionId = Id<struct TransactionIdTag>; ///< ours: unique for the life of the device
using SessionId = Id<struct SessionIdTag>;         ///< of a Megolm or Olm session, unpadded base64
using Curve25519Key = Id<struct Curve25519KeyTag>; ///< public, unpadded base64 of 32 bytes
using Ed25519Key = Id<struct Ed25519KeyTag>;       ///< public, unpadded base64 of 32 bytes

} // namespace parvis

/// Lists of them, and of what holds them, move by a copy of their bytes.
template <typename Tag>
class QTypeInfo<parvis::Id<Tag>> : public QTypeInfoMerger<parvis::Id<Tag>, QString>
{
};
