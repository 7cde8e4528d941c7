// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/json_reader.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cstring>
#include <simdjson.h>
#include <sstream>
#include <string>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace parvis {

namespace dom = simdjson::dom;

// A view is the element's own bytes, so that simdjson.h (half a megabyte of source) stays in this file.
static_assert(sizeof(dom::element) <= 2 * sizeof(void *));
static_assert(std::is_trivially_copyable_v<dom::element> && std::is_trivially_destructible_v<dom::element>);

struct JsonAccess {
    static JsonView wrap(const dom::element &element)
    {
        JsonView view;
        std::memcpy(view.m_element, &element, sizeof element);
        view.m_set = true;
        return view;
    }
    static dom::element element(const JsonView &view)
    {
        Q_ASSERT(view.m_set);
        dom::element element;
        std::memcpy(&element, view.m_element, sizeof element);
        return element;
    }
};

namespace {

QByteArrayView bytes(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

QJsonValue qtValue(JsonView view)
{
    switch (view.kind()) {
    case JsonView::Kind::Missing:
        return QJsonValue::Undefined;
    case JsonView::Kind::Null:
        return QJsonValue::Null;
    case JsonView::Kind::Bool:
        return *view.boolean();
    case JsonView::Kind::Number:
        if (const auto whole = view.integer())
            return *whole;
        return double(JsonAccess::element(view).get_double());
    case JsonView::Kind::String:
        return *view.string();
    case JsonView::Kind::Array: {
        QJsonArray array;
        view.forEach([&](JsonView item) {
            array.append(qtValue(item));
            return true;
        });
        return array;
    }
    case JsonView::Kind::Object: {
        QJsonObject object;
        view.forEachMember([&](QByteArrayView key, JsonView item) {
            const QString name = QString::fromUtf8(key);
            if (!object.contains(name)) // as operator[]: the first one counts
                object.insert(name, qtValue(item));
            return true;
        });
        return object;
    }
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace

JsonView::Kind JsonView::kind() const
{
    if (!m_set)
        return Kind::Missing;
    switch (JsonAccess::element(*this).type()) {
    case dom::element_type::ARRAY:
        return Kind::Array;
    case dom::element_type::OBJECT:
        return Kind::Object;
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE:
        return Kind::Number;
    case dom::element_type::STRING:
        return Kind::String;
    case dom::element_type::BOOL:
        return Kind::Bool;
    case dom::element_type::NULL_VALUE:
        return Kind::Null;
    }
    return Kind::Missing;
}

JsonView JsonView::operator[](QByteArrayView key) const
{
    if (!isObject())
        return {};
    dom::element found;
    const std::string_view name(key.data(), size_t(key.size()));
    if (JsonAccess::element(*this).at_key(name).get(found) != simdjson::SUCCESS)
        return {};
    return JsonAccess::wrap(found);
}

std::optional<QString> JsonView::string() const
{
    if (kind() != Kind::String)
        return {};
    return QString::fromUtf8(utf8());
}

QByteArrayView JsonView::utf8() const
{
    std::string_view text;
    if (!m_set || JsonAccess::element(*this).get_string().get(text) != simdjson::SUCCESS)
        return {};
    return bytes(text);
}

std::optional<qint64> JsonView::integer() const
{
    int64_t number = 0;
    // get_int64 refuses what is written as a double, and unsigned values that do not fit.
    if (!m_set || JsonAccess::element(*this).get_int64().get(number) != simdjson::SUCCESS)
        return {};
    return number;
}

std::optional<bool> JsonView::boolean() const
{
    bool value = false;
    if (!m_set || JsonAccess::element(*this).get_bool().get(value) != simdjson::SUCCESS)
        return {};
    return value;
}

qsizetype JsonView::size() const
{
    dom::array array;
    dom::object object;
    if (m_set && JsonAccess::element(*this).get_array().get(array) == simdjson::SUCCESS)
        return qsizetype(array.size());
    if (m_set && JsonAccess::element(*this).get_object().get(object) == simdjson::SUCCESS)
        return qsizetype(object.size());
    return 0;
}

void JsonView::forEach(const std::function<bool(JsonView)> &fn) const
{
    dom::array array;
    if (!m_set || JsonAccess::element(*this).get_array().get(array) != simdjson::SUCCESS)
        return;
    for (const dom::element item : array) {
        if (!fn(JsonAccess::wrap(item)))
            return;
    }
}

void JsonView::forEachMember(const std::function<bool(QByteArrayView, JsonView)> &fn) const
{
    dom::object object;
    if (!m_set || JsonAccess::element(*this).get_object().get(object) != simdjson::SUCCESS)
        return;
    for (const dom::key_value_pair member : object) {
        if (!fn(bytes(member.key), JsonAccess::wrap(member.value)))
            return;
    }
}

QByteArray JsonView::toJson() const
{
    if (!m_set)
        return {};
    const std::string text = simdjson::minify(JsonAccess::element(*this));
    return QByteArray::fromStdString(text);
}

QJsonValue JsonView::toQt() const
{
    return qtValue(*this);
}

struct JsonDocument::Parsed {
    dom::parser parser;
    dom::element root;
};

JsonDocument::JsonDocument(std::unique_ptr<Parsed> parsed) : m_parsed(std::move(parsed)) {}
JsonDocument::JsonDocument(JsonDocument &&) noexcept = default;
JsonDocument &JsonDocument::operator=(JsonDocument &&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(QByteArrayView text, qsizetype limit)
{
    if (text.size() > limit)
        return fail(ErrorKind::TooLarge, u"PARVIS_JSON_TOO_LARGE"_s);
    auto parsed = std::make_unique<Parsed>();
    auto error = parsed->parser.allocate(size_t(text.size()), maxDepth);
    if (!error) {
        // simdjson reads beyond the end: it copies where it is not told that it may.
        // From a null pointer nobody may.
        error = parsed->parser.parse(text.isNull() ? "" : text.data(), size_t(text.size()), true)
                    .get(parsed->root);
    }
    if (error)
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_JSON"_s,
                    QString::fromLatin1(simdjson::error_message(error)));
    return JsonDocument(std::move(parsed));
}

JsonView JsonDocument::root() const
{
    return JsonAccess::wrap(m_parsed->root);
}

} // namespace parvis
