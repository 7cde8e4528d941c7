// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "argument_types.h"

#include <QHash>
#include <QJsonArray>

#include <algorithm>

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
            u"txn txn_id event event_id sender"_s);
        add(Shape::Number, u"timeout limit count"_s);
        add(Shape::Truth, u"everywhere wait back readable edited"_s);
        add(Shape::Texts, u"invite"_s);
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

} // namespace

QString wrongArgument(const QString &command, const QJsonObject &args)
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

} // namespace parvis::driver
