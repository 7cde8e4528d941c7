// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/settings_bridge.h"

#include "base/log.h"
#include "base/task.h"
#include "client/words.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qint64 maxFileBytes = 64 * 1024;
/// The window moves often: its place is written once it has come to rest.
constexpr int restMs = 1000;

SettingSource toClient(policy::Source source)
{
    switch (source) {
    case policy::Source::Default:
        return SettingSource::BuiltIn;
    case policy::Source::Recommended:
        return SettingSource::Recommended;
    case policy::Source::Mandatory:
        return SettingSource::Mandatory;
    case policy::Source::User:
        return SettingSource::Person;
    }
    Q_UNREACHABLE();
    return SettingSource::BuiltIn;
}

Result<void> writeFile(const QString &path, const QByteArray &json)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return fail(ErrorKind::Storage, u"PARVIS_SETTINGS_NOT_WRITTEN"_s, file.errorString());
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

/// The chosen values that are settings of the person.
constexpr policy::Key personKeys[] = {policy::Key::Language, policy::Key::Theme, policy::Key::TextScale,
                                      policy::Key::NotificationContent};

QString nameOf(policy::Key key)
{
    const auto name = policy::info(key).name;
    return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

} // namespace

SettingsBridge::SettingsBridge(const QString &profileFolder, policy::Policy policy, QObject *executor)
    : m_path(profileFolder + u"/settings.json"_s), m_policy(std::move(policy)), m_executor(executor)
{
    m_later.setSingleShot(true);
    m_later.setInterval(restMs);
    connect(&m_later, &QTimer::timeout, this, &SettingsBridge::flush);
    read();
    refresh();
}

void SettingsBridge::subscribe(const QObject *context, ValueSink<Settings> sink)
{
    m_settings.subscribe(context, std::move(sink));
}

void SettingsBridge::subscribeSystemLook(const QObject *context, ValueSink<SystemLook> sink)
{
    m_look.subscribe(context, std::move(sink));
}

Task<void> SettingsBridge::setLanguage(const QString &language)
{
    return choose(policy::Key::Language, language.isEmpty() ? u"system"_s : language);
}

Task<void> SettingsBridge::setTheme(ThemeChoice theme)
{
    return choose(policy::Key::Theme, word(theme));
}

Task<void> SettingsBridge::setTextScale(int percent)
{
    return choose(policy::Key::TextScale, percent);
}

Task<void> SettingsBridge::setNoticeContent(NoticeContent content)
{
    return choose(policy::Key::NotificationContent, word(content));
}

void SettingsBridge::rememberWindow(const WindowMemory &memory)
{
    if (m_window == memory)
        return;
    m_window = memory;
    m_later.start();
}

void SettingsBridge::flush()
{
    m_later.stop();
    write().then(this, [](const Result<void> &written) {
        if (!written)
            qCWarning(log::ui) << "the settings cannot be kept:" << written.error().code;
    });
}

Task<void> SettingsBridge::choose(policy::Key key, policy::Value value)
{
    if (m_policy.value(key, m_chosen).locked)
        return Task<void>::ready(fail(ErrorKind::Policy, u"PARVIS_SETTING_LOCKED"_s));
    if (!policy::readValue(policy::info(key), QJsonValue(policy::toJson(value))))
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_SETTING"_s));
    m_chosen.insert(key, value);
    refresh();
    return write();
}

void SettingsBridge::read()
{
    QFile file(m_path);
    if (!file.exists())
        return;
    QJsonObject json;
    if (file.size() <= maxFileBytes && file.open(QIODevice::ReadOnly))
        json = QJsonDocument::fromJson(file.readAll()).object();
    if (json.isEmpty()) {
        qCWarning(log::ui) << "settings.json cannot be read: it is kept beside the new one";
        QFile::rename(m_path, m_path + u".unreadable"_s);
        return;
    }
    for (const policy::Key key : personKeys) {
        const QJsonValue value = json[nameOf(key)];
        if (auto chosen = policy::readValue(policy::info(key), value); chosen && !value.isUndefined())
            m_chosen.insert(key, *chosen);
    }
    const QJsonObject window = json["window"_L1].toObject();
    m_window.width = std::clamp(window["width"_L1].toInt(m_window.width), 480, 16'384);
    m_window.height = std::clamp(window["height"_L1].toInt(m_window.height), 480, 16'384);
    m_window.maximised = window["maximised"_L1].toBool();
    m_window.listWidth = std::clamp(window["list_width"_L1].toInt(m_window.listWidth), 240, 440);
    m_window.room = RoomId(window["room"_L1].toString());
}

QByteArray SettingsBridge::toJson() const
{
    QJsonObject json{{"window"_L1,
                      QJsonObject{{"width"_L1, m_window.width},
                                  {"height"_L1, m_window.height},
                                  {"maximised"_L1, m_window.maximised},
                                  {"list_width"_L1, m_window.listWidth},
                                  {"room"_L1, m_window.room.toString()}}}};
    for (auto it = m_chosen.cbegin(); it != m_chosen.cend(); ++it)
        json.insert(nameOf(it.key()), policy::toJson(it.value()));
    return QJsonDocument(json).toJson();
}

Task<void> SettingsBridge::write()
{
    return runOn(m_executor, this, [path = m_path, json = toJson()] { return writeFile(path, json); });
}

void SettingsBridge::refresh()
{
    const auto language = m_policy.value(policy::Key::Language, m_chosen);
    const auto theme = m_policy.value(policy::Key::Theme, m_chosen);
    const auto scale = m_policy.value(policy::Key::TextScale, m_chosen);
    const QString chosenLanguage = std::get<QString>(language.value);
    Settings settings;
    settings.language = {.value = chosenLanguage == "system"_L1 ? QString() : chosenLanguage,
                         .source = toClient(language.source)};
    settings.theme = {.value = themeChoice(std::get<QString>(theme.value)).value_or(ThemeChoice::System),
                      .source = toClient(theme.source)};
    settings.textScale = {.value = std::get<int>(scale.value), .source = toClient(scale.source)};
    const auto notices = m_policy.value(policy::Key::NotificationContent, m_chosen);
    settings.noticeContent = {
        .value = noticeContent(std::get<QString>(notices.value)).value_or(NoticeContent::None),
        .source = toClient(notices.source)};
    m_settings.set(settings);
}

} // namespace parvis
