// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace parvis::policy {

enum class Key {
    Servers,
    LoginKinds,
    Proxy,
    CaFile,
    MinimumTls,
    Language,
    Theme,
    TextScale,
    NotificationContent,
    LogLevel,
    ProfileFolder,
    EncryptFor,
    KeyForwarding,
    SearchHistoryDays,
    CacheMegabytes,
    KeepMessagesDays,
    CacheLimitMegabytes,
};

enum class Type {
    Text,
    Choice,  ///< a text out of KeyInfo::choices
    Choices, ///< a list of texts out of KeyInfo::choices
    Servers, ///< a list of server names, "*.domain" or "*"
    Integer, ///< from KeyInfo::least to KeyInfo::most
    Proxy,   ///< "system", "none" or a URL
    Path,    ///< absolute, or empty
};

using Value = std::variant<QString, QStringList, int>;

/// Everything there is to know about a key; the reader, the locks and docs/policy.md come from it.
struct KeyInfo {
    Key key;
    std::string_view name; ///< as it stands in the file
    Type type;
    std::string_view fallback;    ///< the default, as JSON
    std::string_view safest;      ///< what a lock that cannot be read is held at, as JSON
    std::string_view description; ///< for docs/policy.md, one English sentence
    bool sensitive; ///< guards something: held at its safest value when the file cannot be trusted
    bool lockable;  ///< the person has a setting of this name, which a lock takes away
    std::string_view choices = {};
    int least = 0;
    int most = 0;
};

/// All keys, in the order of the enumeration.
[[nodiscard]] std::span<const KeyInfo> keys();
[[nodiscard]] const KeyInfo &info(Key key);
[[nodiscard]] std::optional<Key> keyNamed(QStringView name);

/// The value as the key's type wants it, or empty where it does not fit; @p why then says so in English.
[[nodiscard]] std::optional<Value> readValue(const KeyInfo &info, const QJsonValue &json,
                                             QString *why = nullptr);
/// KeyInfo::fallback or KeyInfo::safest as a value.
[[nodiscard]] Value builtIn(const KeyInfo &info, std::string_view json);
[[nodiscard]] QJsonValue toJson(const Value &value);

} // namespace parvis::policy
