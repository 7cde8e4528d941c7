// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/log.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QMutex>

#include <atomic>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace parvis::log {

Q_LOGGING_CATEGORY(net, "parvis.net", QtWarningMsg)
Q_LOGGING_CATEGORY(api, "parvis.api", QtWarningMsg)
Q_LOGGING_CATEGORY(sync, "parvis.sync", QtWarningMsg)
Q_LOGGING_CATEGORY(crypto, "parvis.crypto", QtWarningMsg)
Q_LOGGING_CATEGORY(store, "parvis.store", QtWarningMsg)
Q_LOGGING_CATEGORY(timeline, "parvis.timeline", QtWarningMsg)
Q_LOGGING_CATEGORY(send, "parvis.send", QtWarningMsg)
Q_LOGGING_CATEGORY(media, "parvis.media", QtWarningMsg)
Q_LOGGING_CATEGORY(ui, "parvis.ui", QtWarningMsg)

QString shortId(QStringView id)
{
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().first(6));
}

namespace {

enum class Level { Error, Warning, Info, Debug };

Level levelNamed(QStringView name)
{
    if (name == "debug"_L1)
        return Level::Debug;
    if (name == "info"_L1)
        return Level::Info;
    return name == "error"_L1 ? Level::Error : Level::Warning;
}

bool isOurs(const char *category)
{
    return category && std::strncmp(category, "parvis.", 7) == 0;
}

// Qt asks a plain function, from any thread, also for categories that are only met later.
std::atomic<Level> fixedLevel;

void holdToFixedLevel(QLoggingCategory *category)
{
    const Level level = fixedLevel;
    const bool ours = isOurs(category->categoryName());
    const auto hold = [&](QtMsgType type, bool allowed) {
        if (ours || !allowed)
            category->setEnabled(type, allowed);
    };
    hold(QtDebugMsg, level >= Level::Debug);
    hold(QtInfoMsg, level >= Level::Info);
    hold(QtWarningMsg, level >= Level::Warning);
}

} // namespace

void setLevel(QStringView name, bool fixed)
{
    const Level level = levelNamed(name);
    const auto word = [](bool on) { return on ? u"true"_s : u"false"_s; };
    fixedLevel = level;
    QLoggingCategory::installFilter(nullptr); // Qt's own, which reads the rules
    QLoggingCategory::setFilterRules(u"parvis.*.debug=%1\nparvis.*.info=%2\nparvis.*.warning=%3\n"_s.arg(
        word(level >= Level::Debug), word(level >= Level::Info), word(level >= Level::Warning)));
    if (fixed)
        QLoggingCategory::installFilter(holdToFixedLevel);
}

struct LogFiles::State {
    State(QString where, const Clock &time) : folder(std::move(where)), clock(time) {}

    QString folder;
    const Clock &clock;
    QMutex mutex;
    QFile file;
    QString day;
    qint64 written = 0;
    QtMessageHandler previous = nullptr;

    void write(QtMsgType type, const QMessageLogContext &context, const QString &message);
    void openDay(const QString &today);
    void removeOld(const QDate &today) const;

    // The message handler is a plain function: this is how it finds its files.
    static inline QBasicMutex currentMutex;
    static inline State *current = nullptr;
};

namespace {

constexpr auto fileName = "parvis-%1.log"_L1;

QLatin1StringView levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_L1;
    case QtInfoMsg:
        return "info"_L1;
    case QtWarningMsg:
        return "warning"_L1;
    case QtCriticalMsg:
        return "error"_L1;
    case QtFatalMsg:
        return "fatal"_L1;
    }
    return "?"_L1;
}

/// Messages of Qt and QML can quote what people wrote or whom they write to: a file keeps only that there was
/// one. Failed assertions are our own code's text.
bool textMayBeKept(QtMsgType type, const char *category)
{
    return type == QtFatalMsg || isOurs(category);
}

} // namespace

void LogFiles::State::removeOld(const QDate &today) const
{
    const auto entries = QDir(folder).entryList({u"parvis-*.log"_s}, QDir::Files);
    for (const QString &entry : entries) {
        const QDate date = QDate::fromString(entry.mid(7, 10), Qt::ISODate);
        if (date.isValid() && date.daysTo(today) >= daysKept)
            QFile::remove(QDir(folder).filePath(entry));
    }
}

void LogFiles::State::openDay(const QString &today)
{
    file.close();
    day = today;
    removeOld(QDate::fromString(today, Qt::ISODate));
    file.setFileName(QDir(folder).filePath(QString(fileName).arg(today)));
    if (file.open(QIODevice::WriteOnly | QIODevice::Append, QFile::ReadOwner | QFile::WriteOwner))
        written = file.size();
}

void LogFiles::State::write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(clock.nowMs()).toUTC();
    const QString category = QString::fromLatin1(context.category ? context.category : "default");
    const QString head = now.toString(Qt::ISODateWithMs) + u' ' + levelName(type) + u' ' + category + u": "_s;
    // A message on several lines could pretend to be several messages.
    QString text = message;
    text.replace(u'\n', u"\\n"_s).replace(u'\r', u"\\r"_s);

    const QByteArray full = (head + text + u'\n').toUtf8();
    (void)std::fwrite(full.constData(), 1, size_t(full.size()), stderr);

    const QMutexLocker lock(&mutex);
    const QString today = now.date().toString(Qt::ISODate);
    if (today != day)
        openDay(today);
    if (!file.isOpen() || written > maxBytesADay)
        return;
    const QByteArray kept =
        textMayBeKept(type, context.category) ? full : (head + u"(left out)\n"_s).toUtf8();
    written += file.write(kept);
    file.flush(); // the last lines before a crash are the ones that are needed
}

LogFiles::LogFiles(QString folder, const Clock &clock) : m_state(new State(std::move(folder), clock))
{
    if (QDir().mkpath(m_state->folder))
        QFile::setPermissions(m_state->folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QMutexLocker lock(&State::currentMutex);
    Q_ASSERT(!State::current);
    State::current = m_state.get();
    m_state->previous =
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &message) {
            const QMutexLocker guard(&State::currentMutex);
            if (State::current)
                State::current->write(type, context, message);
        });
}

LogFiles::~LogFiles()
{
    qInstallMessageHandler(m_state->previous);
    const QMutexLocker lock(&State::currentMutex);
    State::current = nullptr;
}

} // namespace parvis::log
