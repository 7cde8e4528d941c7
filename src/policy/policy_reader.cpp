// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/policy_reader.h"

#include "policy/json_lines.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#ifdef Q_OS_UNIX
#include <sys/stat.h>

#include <cerrno>
#endif

using namespace Qt::StringLiterals;

namespace parvis::policy {

namespace {

constexpr qsizetype maxFileBytes = qsizetype(1) << 20;

constexpr auto mandatoryName = "mandatory"_L1;
constexpr auto recommendedName = "recommended"_L1;

QMap<Key, Value> allSafest()
{
    QMap<Key, Value> values;
    for (const KeyInfo &info : keys()) {
        if (info.sensitive)
            values.insert(info.key, builtIn(info, info.safest));
    }
    return values;
}

/// The file cannot be trusted as a whole: what it may have locked stays locked.
Reading untrusted(Mistake mistake)
{
    mistake.message += u"; every security key is held at its safest value"_s;
    return {Policy(allSafest(), {}), {std::move(mistake)}};
}

/// One of the two levels of the file.
class LevelReader
{
public:
    LevelReader(QLatin1StringView level, const JsonLines &lines, QList<Mistake> &mistakes)
        : m_level(level), m_lines(lines), m_mistakes(mistakes)
    {
    }

    QMap<Key, Value> read(const QJsonObject &object)
    {
        QMap<Key, Value> values;
        for (auto it = object.begin(); it != object.end(); ++it) {
            const auto key = keyNamed(it.key());
            if (!key)
                name(it.key(), u"unknown key, ignored"_s);
            else
                readKey(info(*key), it.value(), values);
        }
        return values;
    }

private:
    void readKey(const KeyInfo &info, const QJsonValue &json, QMap<Key, Value> &values)
    {
        const QString keyName = QString::fromLatin1(info.name.data(), qsizetype(info.name.size()));
        QString why;
        std::optional<Value> value = readValue(info, json, &why);
        if (m_lines.doubled.contains(path(keyName))) {
            // Readers differ in which one they take; the administrator meant one of them.
            value.reset();
            why = u"stands there twice"_s;
        }
        if (value) {
            values.insert(info.key, *value);
        } else if (m_level == mandatoryName) {
            values.insert(info.key, builtIn(info, info.safest));
            name(keyName, why + u"; locked at its safest value"_s);
        } else {
            name(keyName, why + u"; ignored"_s);
        }
    }

    [[nodiscard]] QString path(const QString &key) const { return m_level + u'/' + key; }
    void name(const QString &key, const QString &message)
    {
        m_mistakes += {key, m_lines.lines.value(path(key)), m_level + u": "_s + message};
    }

    QLatin1StringView m_level;
    const JsonLines &m_lines;
    QList<Mistake> &m_mistakes;
};

Reading readObject(const QJsonObject &file, const JsonLines &lines)
{
    QList<Mistake> mistakes;
    for (auto it = file.begin(); it != file.end(); ++it) {
        if (it.key() != mandatoryName && it.key() != recommendedName)
            mistakes += {it.key(), lines.lines.value(it.key()),
                         u"unknown part, ignored: there are \"mandatory\" and \"recommended\""_s};
    }

    const auto level = [&](QLatin1StringView name) -> std::optional<QMap<Key, Value>> {
        const QJsonValue json = file.value(name);
        if (json.isUndefined())
            return QMap<Key, Value>();
        if (!json.isObject() || lines.doubled.contains(name))
            return {};
        return LevelReader(name, lines, mistakes).read(json.toObject());
    };
    const auto mandatory = level(mandatoryName);
    const auto recommended = level(recommendedName);
    if (!mandatory)
        mistakes += {mandatoryName, lines.lines.value(mandatoryName),
                     u"must be one object; every security key is held at its safest value"_s};
    if (!recommended)
        mistakes += {recommendedName, lines.lines.value(recommendedName), u"must be one object; ignored"_s};
    return {Policy(mandatory ? *mandatory : allSafest(), recommended.value_or(QMap<Key, Value>())),
            std::move(mistakes)};
}

enum class Presence { Absent, Plain, Unreadable };

/// Asked before the file is opened: opening a pipe would wait for its writer.
Presence presence(const QString &path)
{
#ifdef Q_OS_UNIX
    const QByteArray name = QFile::encodeName(path);
    struct stat about = {};
    if (::stat(name.constData(), &about) == 0)
        return S_ISREG(about.st_mode) ? Presence::Plain : Presence::Unreadable;
    // A folder that we may not enter, or a link to what is gone: somebody meant a policy to be there.
    const bool noSuchFile = errno == ENOENT || errno == ENOTDIR;
    return noSuchFile && ::lstat(name.constData(), &about) != 0 ? Presence::Absent : Presence::Unreadable;
#else
    const QFileInfo about(path);
    if (!about.exists())
        return Presence::Absent;
    return about.isFile() ? Presence::Plain : Presence::Unreadable;
#endif
}

/// Empty: only those who may can change the file. The folder counts as well: whoever can rename can replace.
QString whyNotTrusted([[maybe_unused]] const QFile &file, [[maybe_unused]] const QString &path)
{
#ifdef Q_OS_UNIX
    struct stat about = {};
    if (::fstat(file.handle(), &about) != 0 || !S_ISREG(about.st_mode))
        return u"is no plain file"_s;
    if (about.st_mode & S_IWOTH)
        return u"can be changed by anyone"_s;
    const QByteArray folder = QFile::encodeName(QFileInfo(path).canonicalPath());
    if (::stat(folder.constData(), &about) == 0 && (about.st_mode & S_IWOTH) && !(about.st_mode & S_ISVTX))
        return u"lies in a folder that can be changed by anyone"_s;
#endif
    return {};
}

} // namespace

Reading readPolicy(QByteArrayView text)
{
    if (text.startsWith("\xEF\xBB\xBF")) // editors on Windows begin a file with it
        text = text.sliced(3);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toByteArray(), &error);
    if (error.error != QJsonParseError::NoError)
        return untrusted({{}, JsonLines::lineAt(text, error.offset), u"no JSON: "_s + error.errorString()});
    if (!document.isObject())
        return untrusted({{}, 1, u"must be one object"_s});
    return readObject(document.object(), JsonLines::of(text));
}

Reading readPolicyFile(const QString &path)
{
    const Presence found = presence(path);
    if (found == Presence::Absent)
        return {};
    QFile file(path);
    if (found == Presence::Unreadable || !file.open(QIODevice::ReadOnly))
        return untrusted({{}, 0, u"the file cannot be read"_s});
    if (const QString why = whyNotTrusted(file, path); !why.isEmpty())
        return untrusted({{}, 0, u"the file "_s + why});
    const QByteArray text = file.read(maxFileBytes + 1);
    if (file.error() != QFile::NoError)
        return untrusted({{}, 0, u"the file cannot be read"_s});
    if (text.size() > maxFileBytes)
        return untrusted({{}, 0, u"the file is larger than 1 MiB"_s});
    return readPolicy(text);
}

QJsonObject toJson(const Reading &reading)
{
    QJsonObject values;
    for (const KeyInfo &info : keys()) {
        const Effective effective = reading.policy.value(info.key);
        values.insert(QLatin1StringView(info.name.data(), qsizetype(info.name.size())),
                      QJsonObject{{u"value"_s, toJson(effective.value)},
                                  {u"source"_s, sourceName(effective.source)},
                                  {u"locked"_s, effective.locked}});
    }
    QJsonArray mistakes;
    for (const Mistake &mistake : reading.mistakes) {
        QJsonObject object{{u"key"_s, mistake.key}, {u"message"_s, mistake.message}};
        if (mistake.line > 0)
            object.insert(u"line"_s, mistake.line);
        mistakes.append(object);
    }
    return {{u"keys"_s, values}, {u"mistakes"_s, mistakes}};
}

} // namespace parvis::policy
