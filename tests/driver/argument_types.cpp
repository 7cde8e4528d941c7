// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "argument_types.h"

#include <QHash>
#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

enum class Shape { Text, Number, Truth, Texts, Object };

const QHash<QString, Shape> &shapes()
{
    static const QHash<QString, Shape> all = [] {
        QHash<QString, Shape> made;
        const auto add = [&made](Shape shape, const QString &names) {
            for (const QString &name : names.split(u' '))
                made.insert(name, shape);
        };
        add(Shape::Text,
            u"server email user password device_name vault_passphrase user_id device_id access_token "
            u"refresh_token method path what room alias name topic kind filter search reason body of to key "
            u"txn_id event event_id thread sender txn device data_base64 state "
            u"recovery_key passphrase remedy caption as image_path text has order after tag question avatar "
            u"history join_rule version parent space"_s);
        add(Shape::Number,
            u"timeout limit count joined from until retention power ts latitude longitude max_selections"_s);
        add(Shape::Truth,
            u"everywhere wait back readable edited private federate on replace pasted even_unwanted suggested"_s);
        add(Shape::Texts, u"invite via devices mentions answers"_s);
        add(Shape::Object, u"input query"_s);
        return made;
    }();
    return all;
}

bool has(Shape shape, const QJsonValue &value)
{
    switch (shape) {
    case Shape::Text:
        return value.isString();
    case Shape::Number:
        return value.isDouble();
    case Shape::Truth:
        return value.isBool();
    case Shape::Texts: {
        const QJsonArray array = value.toArray();
        return value.isArray()
            && std::all_of(array.begin(), array.end(), [](const QJsonValue &one) { return one.isString(); });
    }
    case Shape::Object:
        return value.isObject();
    }
    Q_UNREACHABLE();
    return false;
}

QString word(Shape shape)
{
    switch (shape) {
    case Shape::Text:
        return u"a string"_s;
    case Shape::Number:
        return u"a number"_s;
    case Shape::Truth:
        return u"true or false"_s;
    case Shape::Texts:
        return u"a list of strings"_s;
    case Shape::Object:
        return u"an object"_s;
    }
    Q_UNREACHABLE();
    return {};
}

/// What a command takes. An argument that is not here would be dropped without a word, and the caller would
/// believe that it had been followed.
struct Arguments {
    QLatin1StringView command;
    QLatin1StringView needed;   ///< "a|b": one of them
    QLatin1StringView optional; ///< besides `timeout`, which every command takes
};

constexpr std::array commands{
    Arguments{"discover"_L1, "server|email"_L1, {}},
    Arguments{"login"_L1, "server user password"_L1, "device_name vault_passphrase"_L1},
    Arguments{"attach"_L1, "server user_id device_id access_token"_L1, "refresh_token"_L1},
    Arguments{"restore"_L1, {}, "user_id vault_passphrase"_L1},
    Arguments{"accounts"_L1, {}, {}},
    Arguments{"whoami"_L1, {}, {}},
    Arguments{"sign_in_again"_L1, "user_id password"_L1, {}},
    Arguments{"logout"_L1, {}, "everywhere"_L1},
    Arguments{"start"_L1, {}, {}},
    Arguments{"stop"_L1, {}, {}},
    Arguments{"status"_L1, {}, {}},
    Arguments{"wait_idle"_L1, {}, {}},
    Arguments{"raw"_L1, "path"_L1, "method body query"_L1},
    Arguments{"rooms"_L1, {}, "filter search limit space"_L1},
    Arguments{"create_room"_L1, {}, "name topic kind invite federate alias parent"_L1},
    Arguments{"join"_L1, "room|alias"_L1, "via"_L1},
    Arguments{"leave"_L1, "room"_L1, {}},
    Arguments{"invite"_L1, "room user"_L1, "reason"_L1},
    Arguments{"kick"_L1, "room user"_L1, "reason"_L1},
    Arguments{"ban"_L1, "room user"_L1, "reason"_L1},
    Arguments{"unban"_L1, "room user"_L1, "reason"_L1},
    Arguments{"knock"_L1, "room|alias"_L1, "via reason"_L1},
    Arguments{"forget"_L1, "room"_L1, {}},
    Arguments{"tag"_L1, "room tag"_L1, "on"_L1},
    Arguments{"mark_unread"_L1, "room"_L1, "on"_L1},
    Arguments{"members"_L1, "room"_L1, "search"_L1},
    Arguments{"room_info"_L1, "room"_L1, {}},
    Arguments{"set_room"_L1, "room"_L1, "name topic avatar history join_rule retention"_L1},
    Arguments{"set_power"_L1, "room user power"_L1, {}},
    Arguments{"upgrade_room"_L1, "room"_L1, "version"_L1},
    Arguments{"spaces"_L1, {}, {}},
    Arguments{"space_children"_L1, "room"_L1, "suggested limit"_L1},
    Arguments{"directory"_L1, {}, "server search limit after"_L1},
    Arguments{"timeline"_L1, "room"_L1, "limit thread"_L1},
    Arguments{"paginate"_L1, "room"_L1, "back count thread"_L1},
    Arguments{"jump"_L1, "room"_L1, "event ts"_L1},
    Arguments{"read"_L1, "room event"_L1, "private thread"_L1},
    Arguments{"threads"_L1, "room"_L1, {}},
    Arguments{"pins"_L1, "room"_L1, {}},
    Arguments{"pin"_L1, "room event"_L1, {}},
    Arguments{"unpin"_L1, "room event"_L1, {}},
    Arguments{"typing"_L1, "room"_L1, "on"_L1},
    Arguments{"wait_typing"_L1, "room"_L1, "user on"_L1},
    Arguments{"wait_receipt"_L1, "room event"_L1, "user"_L1},
    Arguments{"wait_message"_L1, {}, "room body event_id reason remedy readable sender edited"_L1},
    Arguments{"ask_again"_L1, "room event"_L1, {}},
    Arguments{"send"_L1, "room body"_L1, "thread mentions wait"_L1},
    Arguments{"poll"_L1, "room question answers"_L1, "kind max_selections wait"_L1},
    Arguments{"vote"_L1, "room event answers"_L1, "wait"_L1},
    Arguments{"close_poll"_L1, "room event"_L1, "wait"_L1},
    Arguments{"location"_L1, "room latitude longitude"_L1, "body wait"_L1},
    Arguments{"forward"_L1, "room event to"_L1, "wait"_L1},
    Arguments{"notifications"_L1, {}, "limit"_L1},
    Arguments{"reply"_L1, "room to body"_L1, "wait"_L1},
    Arguments{"edit"_L1, "room of body"_L1, "wait"_L1},
    Arguments{"react"_L1, "room to key"_L1, "wait"_L1},
    Arguments{"unreact"_L1, "room to key"_L1, {}},
    Arguments{"redact"_L1, "room event"_L1, "reason wait"_L1},
    Arguments{"send_file"_L1, "room path"_L1, "caption as wait"_L1},
    Arguments{"join_file"_L1, "room path"_L1, "pasted"_L1},
    Arguments{"joined_files"_L1, "room"_L1, {}},
    Arguments{"inspect_joined"_L1, "room joined"_L1, {}},
    Arguments{"send_joined"_L1, "room joined"_L1, "caption"_L1},
    Arguments{"remove_joined"_L1, "room joined"_L1, {}},
    Arguments{"download"_L1, "room event to"_L1, "replace"_L1},
    Arguments{"media_state"_L1, "room event"_L1, {}},
    Arguments{"queue"_L1, {}, {}},
    Arguments{"retry"_L1, "txn_id"_L1, {}},
    Arguments{"cancel"_L1, "txn_id|txn"_L1, {}},
    Arguments{"draft"_L1, "room"_L1, "body"_L1},
    Arguments{"unread"_L1, {}, {}},
    Arguments{"crypto_status"_L1, {}, {}},
    Arguments{"devices"_L1, "user"_L1, {}},
    Arguments{"rename_device"_L1, "device name"_L1, {}},
    Arguments{"delete_device"_L1, "device|devices"_L1, "password"_L1},
    Arguments{"readers"_L1, "room"_L1, {}},
    Arguments{"block_unverified"_L1, "on"_L1, "room"_L1},
    Arguments{"bootstrap"_L1, {}, "password"_L1},
    Arguments{"reset_identity"_L1, {}, "password"_L1},
    Arguments{"recover"_L1, "recovery_key|passphrase"_L1, "even_unwanted"_L1},
    Arguments{"restore_backup"_L1, {}, {}},
    Arguments{"export_keys"_L1, "path passphrase"_L1, {}},
    Arguments{"import_keys"_L1, "path passphrase"_L1, {}},
    Arguments{"identity"_L1, "user"_L1, {}},
    Arguments{"withdraw_verification"_L1, "user"_L1, {}},
    Arguments{"pin_identity"_L1, "user"_L1, {}},
    Arguments{"discard_session"_L1, "room"_L1, {}},
    Arguments{"request_verification"_L1, {}, "user device room"_L1},
    Arguments{"verifications"_L1, {}, {}},
    Arguments{"accept"_L1, "txn"_L1, {}},
    Arguments{"start_sas"_L1, "txn"_L1, {}},
    Arguments{"confirm"_L1, "txn"_L1, {}},
    Arguments{"mismatch"_L1, "txn"_L1, {}},
    Arguments{"sas"_L1, "txn"_L1, {}},
    Arguments{"qr"_L1, "txn"_L1, {}},
    Arguments{"scan"_L1, "txn data_base64|image_path"_L1, {}},
    Arguments{"wait_verification"_L1, {}, "txn user state"_L1},
    Arguments{"search"_L1, "text"_L1, "room sender from until has order limit after"_L1},
    Arguments{"index_status"_L1, {}, {}},
    Arguments{"storage"_L1, {}, {}},
    Arguments{"eval"_L1, "what"_L1, "input"_L1},
};

/// Given, and for an id not empty: it would be a hole in the path of a request.
bool isGiven(const QJsonObject &args, const QString &name)
{
    static const QStringList ids{u"room"_s, u"user"_s,   u"event"_s,  u"of"_s,
                                 u"to"_s,   u"thread"_s, u"txn_id"_s, u"txn"_s};
    const QJsonValue value = args[name];
    return !value.isNull() && !value.isUndefined() && (!ids.contains(name) || !value.toString().isEmpty());
}

/// "private: does not exist yet", for the first one that the command does not know.
QString unknownArgument(const Arguments &known, const QJsonObject &args)
{
    const QStringList names = QString(known.needed).replace(u'|', u' ').split(u' ', Qt::SkipEmptyParts)
        + QString(known.optional).split(u' ', Qt::SkipEmptyParts) + QStringList{u"timeout"_s};
    for (auto it = args.begin(); it != args.end(); ++it) {
        if (!it->isNull() && !names.contains(it.key()))
            return it.key() + u": does not exist yet"_s;
    }
    return {};
}

QString missingArgument(const Arguments &known, const QJsonObject &args)
{
    const QStringList needed = QString(known.needed).split(u' ', Qt::SkipEmptyParts);
    for (const QString &names : needed) {
        const QStringList either = names.split(u'|');
        if (std::none_of(either.cbegin(), either.cend(),
                         [&](const QString &name) { return isGiven(args, name); }))
            return either.join(u" or "_s) + u": missing"_s;
    }
    return {};
}

QString wrongType(const QString &command, const QJsonObject &args)
{
    for (auto it = args.begin(); it != args.end(); ++it) {
        const auto known = shapes().constFind(it.key());
        if (known == shapes().cend() || it->isNull())
            continue;
        // The one name with two meanings: what is written in a message, and what is sent to a server.
        const Shape shape = command == "raw"_L1 && it.key() == "body"_L1 ? Shape::Object : *known;
        if (!has(shape, *it))
            return it.key() + u": "_s + word(shape);
    }
    return {};
}

} // namespace

QString wrongArgument(const QString &command, const QJsonObject &args)
{
    if (QString type = wrongType(command, args); !type.isEmpty())
        return type;
    const auto *const known = std::find_if(commands.begin(), commands.end(),
                                           [&](const Arguments &one) { return command == one.command; });
    Q_ASSERT(known != commands.end()); // a new command has its line above
    if (QString unknown = unknownArgument(*known, args); !unknown.isEmpty())
        return unknown;
    return missingArgument(*known, args);
}

} // namespace parvis::driver
