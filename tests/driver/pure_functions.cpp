// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "base/canonical_json.h"
#include "client/words.h"
#include "crypto/keys_query_check.h"
#include "crypto/primitives.h"
#include "engine/summaries.h"
#include "media/mxc.h"
#include "policy/policy_reader.h"
#include "rooms/room_name.h"

#include <QJsonDocument>

#include "crypto_functions.h"
#include "driver.h"
#include "push_function.h"
#include "text_functions.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

Result<QJsonValue> canonical(const QJsonObject &input)
{
    return canonicalJson(input["json"_L1].toString().toUtf8()).map([](const QByteArray &text) {
        return QJsonValue(QJsonObject{{"text"_L1, QString::fromUtf8(text)}});
    });
}

Result<QJsonValue> verify(const QJsonObject &input)
{
    const auto message = fromBase64(input["message_base64"_L1].toString().toUtf8());
    if (!message)
        return tl::unexpected(message.error());
    const bool valid = crypto::ed25519Verify(Ed25519Key(input["public_key"_L1].toString()), *message,
                                             input["signature"_L1].toString().toUtf8());
    return QJsonValue(QJsonObject{{"valid"_L1, valid}});
}

QString word(crypto::CheckedUser::Identity identity)
{
    using Identity = crypto::CheckedUser::Identity;
    return identity == Identity::Accepted ? u"accepted"_s
        : identity == Identity::Rejected  ? u"rejected"_s
                                          : u"none"_s;
}

QString word(crypto::CheckedUser::Device device)
{
    using Device = crypto::CheckedUser::Device;
    return device == Device::CrossSigned ? u"cross_signed"_s
        : device == Device::Signed       ? u"signed"_s
                                         : u"rejected"_s;
}

Result<QJsonValue> verifyKeysQuery(const QJsonObject &input)
{
    const QJsonValue response = input["response"_L1];
    const QByteArray text = response.isString()
        ? response.toString().toUtf8()
        : QJsonDocument(response.toObject()).toJson(QJsonDocument::Compact);
    return crypto::checkKeysQuery(text).map([](const auto &checked) {
        QJsonObject users;
        for (const auto &[user, found] : checked) {
            QJsonObject devices;
            for (const auto &[device, verdict] : found.devices)
                devices[device.toString()] = word(verdict);
            users[user.toString()] =
                QJsonObject{{"identity"_L1, word(found.identity)}, {"devices"_L1, devices}};
        }
        return QJsonValue(QJsonObject{{"users"_L1, users}});
    });
}

Result<QJsonValue> mxc(const QJsonObject &input)
{
    const auto uri = MxcUri::parse(input["uri"_L1].toString());
    if (!uri)
        return QJsonValue(QJsonObject{{"valid"_L1, false}});
    return QJsonValue(
        QJsonObject{{"valid"_L1, true}, {"server"_L1, uri->server}, {"media_id"_L1, uri->mediaId}});
}

Result<QJsonValue> roomNameOf(const QJsonObject &input)
{
    rooms::NameParts parts{.name = input["name"_L1].toString(),
                           .alias = input["alias"_L1].toString(),
                           .heroes = {},
                           .joined = input["joined"_L1].toInteger(),
                           .invited = input["invited"_L1].toInteger()};
    for (const auto &hero : input["heroes"_L1].toArray())
        parts.heroes.append(
            {.user = UserId(hero.isString() ? hero.toString() : hero["user_id"_L1].toString()),
             .displayName = hero["name"_L1].toString(),
             .avatarUrl = {}});
    return QJsonValue(QJsonObject{{"name"_L1, rooms::roomName(parts)}});
}

Result<QJsonValue> roomKindOf(const QJsonObject &input)
{
    const AccessRules rules =
        accessRulesOf({{"rule"_L1, input["rule"_L1]},
                       {"visibility"_L1, input["visibility"_L1]},
                       {"force_unencrypted_at_creation"_L1, input["force_unencrypted"_L1]}});
    return QJsonValue(
        QJsonObject{{"kind"_L1, parvis::word(kindByRules(input["encrypted"_L1].toBool(), rules))}});
}

Result<QJsonValue> policyFile(const QJsonObject &input)
{
    return QJsonValue(policy::toJson(policy::readPolicy(input["text"_L1].toString().toUtf8())));
}

QHash<QString, PureFunction> allFunctions()
{
    QHash<QString, PureFunction> all{{u"canonical_json"_s, canonical},
                                     {u"ed25519_verify"_s, verify},
                                     {u"mxc"_s, mxc},
                                     {u"room_name"_s, roomNameOf},
                                     {u"room_kind"_s, roomKindOf},
                                     {u"policy_file"_s, policyFile},
                                     {u"push_match"_s, pushMatch},
                                     {u"verify_keys_query"_s, verifyKeysQuery}};
    all.insert(cryptoFunctions());
    all.insert(fileFunctions());
    all.insert(textFunctions());
    return all;
}

} // namespace

void addPureFunctions(LineProtocol &protocol)
{
    protocol.on(u"eval"_s, [functions = allFunctions()](const QJsonObject &args) {
        const auto function = functions.constFind(args["what"_L1].toString());
        if (function == functions.cend())
            return Task<QJsonValue>::ready(fail(ErrorKind::Usage, u"PARVIS_DRIVER_UNKNOWN_FUNCTION"_s));
        return Task<QJsonValue>::ready((*function)(args["input"_L1].toObject()));
    });
}

} // namespace parvis::driver
