// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/policy_keys.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parvis::policy {

namespace {

// "safest" is what is never weaker than any lock: where there is such a value it is the bottom of the scale,
// not a sensible default.
constexpr std::array<KeyInfo, 17> allKeys{{
    {Key::Servers, "servers", Type::Servers, R"(["*"])", "[]",
     "Homeservers on which people may sign in, by server name; `*.domain` stands for the names below a "
     "domain, "
     "`*` for any server.",
     true, false},
    {Key::LoginKinds, "login_kinds", Type::Choices, R"(["password","sso","token","oauth"])", "[]",
     "Ways of signing in that are offered, where the server has them.", true, false,
     "password sso token oauth"},
    {Key::Proxy, "proxy", Type::Proxy, R"("system")", R"("system")",
     "`system` for what the system says, `none`, or the address of a proxy (`http://proxy:3128`, "
     "`socks5://proxy:1080`). Addresses of this computer itself are always reached directly.",
     true, false},
    {Key::CaFile, "ca_file", Type::Path, R"("")", R"("")",
     "A PEM file with certificate authorities that are trusted besides the system's; empty for none.", true,
     false},
    {Key::MinimumTls, "minimum_tls", Type::Choice, R"("1.2")", R"("1.3")",
     "The oldest version of TLS that is spoken.", true, false, "1.2 1.3"},
    {Key::Language, "language", Type::Choice, R"("system")", R"("system")",
     "The language of the window; `system` follows the system.", false, true, "system fr en"},
    {Key::Theme, "theme", Type::Choice, R"("system")", R"("system")",
     "The look of the window; `system` follows the desktop.", false, true, "system light dark"},
    {Key::TextScale,
     "text_scale",
     Type::Integer,
     "100",
     "100",
     "The size of text, in per cent.",
     false,
     true,
     {},
     80,
     200},
    {Key::NotificationContent, "notification_content", Type::Choice, R"("message")", R"("none")",
     "What the desktop's notices show: the `message`, its `sender` and conversation alone, or `none` of it.",
     true, true, "message sender none"},
    {Key::LogLevel, "log_level", Type::Choice, R"("warning")", R"("error")",
     "The least important kind of message that is written to the log. A log never holds what people write.",
     true, false, "error warning info debug"},
    {Key::ProfileFolder, "profile_folder", Type::Path, R"("")", R"("")",
     "The folder that holds accounts; `~/` at its beginning stands for the person's home. Empty for the "
     "usual "
     "place.",
     false, false},
    {Key::EncryptFor, "encrypt_for", Type::Choice, R"("signed_devices")", R"("verified_devices")",
     "The devices that get the keys of messages sent from here: all, those that their owners have signed "
     "(the "
     "account's own others only once this device is verified), or those of people who were verified. "
     "`all_devices` is for the time of a migration: devices then read "
     "that nobody vouches for, and each room says so.",
     true, false, "all_devices signed_devices verified_devices"},
    {Key::KeyForwarding, "key_forwarding", Type::Choice, R"("never")", R"("never")",
     "Whether devices of one person that know each other ask each other for keys of messages that they "
     "cannot "
     "read, and give them: `never`, or among `own_devices`. The key backup does this better.",
     true, false, "never own_devices"},
    {Key::SearchHistoryDays,
     "search_history_days",
     Type::Integer,
     "365",
     "0",
     "How many days back older messages are fetched in the background, so that the search finds them; 0 for "
     "none. What is here already is found all the same.",
     false,
     false,
     {},
     0,
     36500},
    {Key::CacheMegabytes,
     "cache_megabytes",
     Type::Integer,
     "4096",
     "0",
     "So large may the file become that holds what can be fetched again (messages, members, the index of the "
     "search), in megabytes: beyond, no older messages are fetched in the background. 0 for no limit.",
     false,
     false,
     {},
     0,
     1'000'000},
    {Key::KeepMessagesDays,
     "keep_messages_days",
     Type::Integer,
     "0",
     "1",
     "How many days messages are kept on this computer: older ones go, and are not fetched in the "
     "background. "
     "Whoever "
     "reads on sees what the server still has, for as long as the conversation is open. 0 for no limit. A "
     "shorter "
     "time that a room itself has (`m.room.retention`) holds in any case, and what it takes is not shown "
     "again; "
     "less than an hour counts as an hour.",
     false,
     false,
     {},
     0,
     36500},
    {Key::CacheLimitMegabytes,
     "cache_limit_megabytes",
     Type::Integer,
     "0",
     "0",
     "So large may the same file become at all, in megabytes (32 at least): beyond, the oldest messages of "
     "the "
     "rooms "
     "that are used least go, until a tenth of it is free. 0 for no limit.",
     false,
     false,
     {},
     0,
     1'000'000},
}};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < allKeys.size(); ++i) {
        if (std::size_t(allKeys[i].key) != i)
            return false;
    }
    return true;
}
static_assert(inOrder(), "info() looks a key up by its number");

QLatin1StringView latin1(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

bool isChoice(const KeyInfo &info, const QString &word)
{
    return QString(latin1(info.choices)).split(u' ').contains(word);
}

QString choicesInWords(const KeyInfo &info)
{
    return u"one of "_s + QString(latin1(info.choices)).replace(u' ', u", "_s);
}

bool isServerPattern(const QString &text)
{
    static const QRegularExpression pattern(
        u"^(\\*|(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?|\\[[0-9a-f:.]+\\](:[0-9]{1,5})?)$"_s);
    return text.size() <= 255 && pattern.match(text.toLower()).hasMatch();
}

bool isProxy(const QString &text)
{
    if (text == "system"_L1 || text == "none"_L1)
        return true;
    const QUrl url(text, QUrl::StrictMode);
    const bool known = url.scheme() == "http"_L1 || url.scheme() == "socks5"_L1;
    return url.isValid() && known && !url.host().isEmpty() && url.port() > 0
        && (url.path().isEmpty() || url.path() == "/"_L1) && !url.hasQuery() && !url.hasFragment();
}

bool isPath(const QString &text)
{
    return text.isEmpty()
        || ((text.startsWith(u'/') || text.startsWith("~/"_L1)) && !text.contains(QChar(0)));
}

/// Empty: it fits.
QString whyNotText(const KeyInfo &info, const QString &text)
{
    switch (info.type) {
    case Type::Choice:
        return isChoice(info, text) ? QString() : choicesInWords(info);
    case Type::Choices:
        return isChoice(info, text) ? QString() : u"a list, each of it "_s + choicesInWords(info);
    case Type::Servers:
        return isServerPattern(text) ? QString() : u"a list of server names, \"*.domain\" or \"*\""_s;
    case Type::Proxy:
        return isProxy(text) ? QString() : u"system, none, or http://host:port or socks5://host:port"_s;
    case Type::Path:
        return isPath(text) ? QString() : u"an absolute path, or empty"_s;
    case Type::Text:
    case Type::Integer:
        return {};
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<Value> readText(const KeyInfo &info, const QJsonValue &json, QString &why)
{
    if (!json.isString()) {
        why = u"a text"_s;
        return {};
    }
    why = whyNotText(info, json.toString());
    if (!why.isEmpty())
        return {};
    return json.toString();
}

std::optional<Value> readList(const KeyInfo &info, const QJsonValue &json, QString &why)
{
    if (!json.isArray()) {
        why = u"a list"_s;
        return {};
    }
    QStringList list;
    const QJsonArray array = json.toArray();
    for (const auto &item : array) {
        if (!item.isString()) {
            why = u"a list of texts"_s;
            return {};
        }
        why = whyNotText(info, item.toString());
        if (!why.isEmpty())
            return {};
        list += info.type == Type::Servers ? item.toString().toLower() : item.toString();
    }
    return list;
}

std::optional<Value> readInteger(const KeyInfo &info, const QJsonValue &json, QString &why)
{
    const double number = json.toDouble();
    if (json.isDouble() && number == std::floor(number) && number >= info.least && number <= info.most)
        return int(number);
    why = u"a whole number from %1 to %2"_s.arg(info.least).arg(info.most);
    return {};
}

} // namespace

std::span<const KeyInfo> keys()
{
    return allKeys;
}

const KeyInfo &info(Key key)
{
    return allKeys[std::size_t(key)];
}

std::optional<Key> keyNamed(QStringView name)
{
    for (const KeyInfo &info : allKeys) {
        if (name == latin1(info.name))
            return info.key;
    }
    return {};
}

std::optional<Value> readValue(const KeyInfo &info, const QJsonValue &json, QString *why)
{
    QString wanted;
    std::optional<Value> value;
    switch (info.type) {
    case Type::Servers:
    case Type::Choices:
        value = readList(info, json, wanted);
        break;
    case Type::Integer:
        value = readInteger(info, json, wanted);
        break;
    case Type::Text:
    case Type::Choice:
    case Type::Proxy:
    case Type::Path:
        value = readText(info, json, wanted);
        break;
    }
    if (!value && why)
        *why = u"must be "_s + wanted;
    return value;
}

Value builtIn(const KeyInfo &info, std::string_view json)
{
    // Wrapped, because a text alone is no JSON document for Qt.
    const QByteArray wrapped = '[' + QByteArray(json.data(), qsizetype(json.size())) + ']';
    const auto value = readValue(info, QJsonDocument::fromJson(wrapped).array().at(0));
    Q_ASSERT(value); // the list of keys is wrong: a test reads it whole
    return value.value_or(Value{});
}

QJsonValue toJson(const Value &value)
{
    if (const auto *text = std::get_if<QString>(&value))
        return *text;
    if (const auto *list = std::get_if<QStringList>(&value))
        return QJsonArray::fromStringList(*list);
    return std::get<int>(value);
}

} // namespace parvis::policy
