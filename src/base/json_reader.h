// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonValue>
#include <QString>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace parvis {

/// A value inside a JsonDocument, which must outlive it. Asking a value for what it is not answers empty;
/// a missing value is just another one of no kind. Cheap to copy.
class JsonView
{
public:
    enum class Kind { Missing, Null, Bool, Number, String, Array, Object };

    JsonView() = default;

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool isObject() const { return kind() == Kind::Object; }
    [[nodiscard]] bool isArray() const { return kind() == Kind::Array; }
    [[nodiscard]] bool isMissing() const { return !m_set; }

    /// The first member of that name; Missing for anything but an object.
    [[nodiscard]] JsonView operator[](QByteArrayView key) const;

    [[nodiscard]] std::optional<QString> string() const;
    /// The unescaped UTF-8 in the document's memory; empty for anything but a string.
    [[nodiscard]] QByteArrayView utf8() const;
    /// Whole numbers within 64 bits only: 1.0 and 1e3 are not.
    [[nodiscard]] std::optional<qint64> integer() const;
    [[nodiscard]] std::optional<bool> boolean() const;
    [[nodiscard]] qsizetype size() const; ///< of an array or object; saturates at 2^24 - 1

    /// Stop by answering false. Nothing is called for anything but an array or an object.
    void forEach(const std::function<bool(JsonView)> &fn) const;
    void forEachMember(const std::function<bool(QByteArrayView key, JsonView value)> &fn) const;

    /// The value as minified JSON. Numbers that are not whole may be written differently from what was read.
    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] QJsonValue toQt() const;

private:
    friend class JsonDocument;
    friend struct JsonAccess;
    alignas(void *) std::byte m_element[2 * sizeof(void *)] = {};
    bool m_set = false;
};

/// A parsed text. Holds its own copy; fast where a text is large or much of it is not looked at.
class JsonDocument
{
public:
    static constexpr qsizetype maxBytes = qsizetype(512) << 20;
    static constexpr int maxDepth = 512;

    /// Never throws. Errors: Protocol PARVIS_BAD_JSON, TooLarge PARVIS_JSON_TOO_LARGE.
    [[nodiscard]] static Result<JsonDocument> parse(QByteArrayView text, qsizetype limit = maxBytes);

    JsonDocument(JsonDocument &&) noexcept;
    JsonDocument &operator=(JsonDocument &&) noexcept;
    ~JsonDocument();

    [[nodiscard]] JsonView root() const;

private:
    struct Parsed;
    explicit JsonDocument(std::unique_ptr<Parsed> parsed);
    std::unique_ptr<Parsed> m_parsed;
};

} // namespace parvis
