// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sizes_p.h"
#include "crypto/verification_message_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

using Kind = VerificationMessage::Kind;

constexpr QLatin1StringView prefix("m.key.verification.");
constexpr qsizetype maxStrings = 50;
constexpr std::array<std::pair<Kind, QLatin1StringView>, 8> kinds{{{Kind::Request, "request"_L1},
                                                                   {Kind::Ready, "ready"_L1},
                                                                   {Kind::Start, "start"_L1},
                                                                   {Kind::Accept, "accept"_L1},
                                                                   {Kind::Key, "key"_L1},
                                                                   {Kind::Mac, "mac"_L1},
                                                                   {Kind::Done, "done"_L1},
                                                                   {Kind::Cancel, "cancel"_L1}}};

std::optional<Kind> kindOf(const QString &type)
{
    for (const auto &[kind, name] : kinds) {
        if (type == prefix + name)
            return kind;
    }
    return {};
}

std::optional<RawObject> objectIn(const QByteArray &content)
{
    if (content.size() > maxVerificationContent || !QJsonDocument::fromJson(content).isObject())
        return {};
    auto object = RawObject::parse(content);
    return object ? std::optional(*std::move(object)) : std::nullopt;
}

/// Whether the message may be from the device that it names: who encrypted it knows better.
bool takeDevice(VerificationMessage &message, const DeviceId &encryptedBy)
{
    if (message.kind != Kind::Request && message.kind != Kind::Ready && message.kind != Kind::Start)
        return true;
    const QString device = message.content.text(u"from_device"_s);
    if (!isIdSized(device))
        return message.kind == Kind::Start; // is answered there
    message.fromDevice = DeviceId(device);
    return encryptedBy.isEmpty() || encryptedBy == message.fromDevice;
}

} // namespace

QString typeOf(Kind kind)
{
    for (const auto &[one, name] : kinds) {
        if (one == kind)
            return prefix + name;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<QStringList> shortStrings(const RawObject &content, const QString &name)
{
    const auto document = QJsonDocument::fromJson(content.raw(name));
    if (!document.isArray() || document.array().size() > maxStrings)
        return {};
    QStringList strings;
    const QJsonArray array = document.array();
    for (const auto &value : array) {
        if (!value.isString() || value.toString().size() > maxIdLetters)
            return {};
        strings.append(value.toString());
    }
    return strings;
}

std::optional<VerificationMessage> readMessage(const ReceivedToDevice &event)
{
    const auto kind = kindOf(event.type);
    auto content = kind ? objectIn(event.content) : std::nullopt;
    if (!content)
        return {};
    VerificationMessage message{.kind = *kind,
                                .flow = content->text(u"transaction_id"_s),
                                .sender = event.sender,
                                .fromDevice = {},
                                .room = {},
                                .event = {},
                                .sentMs = content->integer(u"timestamp"_s).value_or(0),
                                .content = *std::move(content),
                                .raw = event.content};
    if (!isIdSized(message.flow) || !takeDevice(message, event.senderDevice))
        return {};
    return message;
}

std::optional<VerificationMessage> readMessage(const RoomVerificationEvent &event)
{
    const auto content = objectIn(event.content);
    if (!content || !isIdSized(event.event.toString()) || event.room.isEmpty())
        return {};
    auto kind = kindOf(event.type);
    if (event.type == "m.room.message"_L1) {
        if (content->text(u"msgtype"_s) == typeOf(Kind::Request))
            kind = Kind::Request;
    } else if (kind == Kind::Request) {
        kind.reset(); // in a room it is a message
    }
    if (!kind)
        return {};
    VerificationMessage message{.kind = *kind,
                                .flow = event.event.toString(),
                                .sender = event.sender,
                                .fromDevice = {},
                                .room = event.room,
                                .event = event.event,
                                .sentMs = event.originServerTs,
                                .content = *content,
                                .raw = event.content};
    if (*kind != Kind::Request) {
        const RawObject relation = content->object(u"m.relates_to"_s);
        if (relation.text(u"rel_type"_s) != "m.reference"_L1)
            return {};
        message.flow = relation.text(u"event_id"_s);
    }
    if (!isIdSized(message.flow) || !takeDevice(message, event.senderDevice))
        return {};
    return message;
}

} // namespace parvis::crypto
