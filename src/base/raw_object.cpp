// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

namespace od = simdjson::ondemand;

/// The text of a value, whatever its type. Consumes the value.
simdjson::error_code rawText(od::value &value, std::string_view &out)
{
    od::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    if (type == od::json_type::object) {
        od::object object;
        if (const auto error = value.get_object().get(object))
            return error;
        return object.raw_json().get(out);
    }
    if (type == od::json_type::array) {
        od::array array;
        if (const auto error = value.get_array().get(array))
            return error;
        return array.raw_json().get(out);
    }
    out = value.raw_json_token(); // with the white space that follows
    return simdjson::SUCCESS;
}

tl::unexpected<Error> badJson()
{
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_JSON"_s);
}

} // namespace

Result<RawObject> RawObject::parse(QByteArrayView json)
{
    if (json.isEmpty())
        return badJson();
    const simdjson::padded_string padded(json.data(), size_t(json.size()));
    od::parser parser;
    od::document document;
    od::object object;
    if (parser.iterate(padded).get(document) || document.get_object().get(object))
        return badJson();
    RawObject result;
    result.m_json = json.toByteArray();
    for (auto field : object) {
        std::string_view key;
        std::string_view text;
        od::value value;
        if (field.unescaped_key().get(key) || field.value().get(value) || rawText(value, text))
            return badJson();
        const QString name = QString::fromUtf8(key.data(), qsizetype(key.size()));
        if (result.m_members.contains(name))
            return badJson();
        result.m_members.insert(name, {text.data() - padded.data(), qsizetype(text.size())});
    }
    const char *rest = nullptr;
    if (document.current_location().get(rest) == simdjson::SUCCESS)
        return badJson(); // something follows the object
    return result;
}

QByteArrayView RawObject::view(const QString &name) const
{
    const auto it = m_members.constFind(name);
    return it == m_members.cend() ? QByteArrayView()
                                  : QByteArrayView(m_json).sliced(it->from, it->size).trimmed();
}

QByteArray RawObject::raw(const QString &name) const
{
    return view(name).toByteArray();
}

std::optional<QString> RawObject::string(const QString &name) const
{
    const QByteArrayView text = view(name);
    if (text.size() < 2 || text.front() != '"' || text.back() != '"')
        return {};
    if (!text.contains('\\'))
        return QString::fromUtf8(text.sliced(1, text.size() - 2));
    const QJsonValue value = QJsonDocument::fromJson('[' + text.toByteArray() + ']').array().at(0);
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

std::optional<qint64> RawObject::integer(const QString &name) const
{
    bool ok = false;
    const qint64 value = view(name).toByteArray().toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<bool> RawObject::boolean(const QString &name) const
{
    const QByteArrayView text = view(name);
    if (text == "true")
        return true;
    return text == "false" ? std::optional(false) : std::nullopt;
}

bool RawObject::isObject(const QString &name) const
{
    return view(name).startsWith('{');
}

RawObject RawObject::object(const QString &name) const
{
    return isObject(name) ? parse(view(name)).value_or(RawObject()) : RawObject();
}

QByteArray jsonString(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

} // namespace parvis
