// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"

#include <QLoggingCategory>
#include <QString>

#include <memory>

/// \file
/// Logging. Never bodies, tokens, keys, passwords, file names or addresses; ids only through shortId().
///
///     qCWarning(log::sync) << "no answer for room" << log::shortId(roomId);
namespace parvis::log {

Q_DECLARE_LOGGING_CATEGORY(net)
Q_DECLARE_LOGGING_CATEGORY(api)
Q_DECLARE_LOGGING_CATEGORY(sync)
Q_DECLARE_LOGGING_CATEGORY(crypto)
Q_DECLARE_LOGGING_CATEGORY(store)
Q_DECLARE_LOGGING_CATEGORY(timeline)
Q_DECLARE_LOGGING_CATEGORY(send)
Q_DECLARE_LOGGING_CATEGORY(media)
Q_DECLARE_LOGGING_CATEGORY(ui)

/// Six characters that stand for an id: enough to follow it through a log, too little to say whose it is.
[[nodiscard]] QString shortId(QStringView id);
template <typename StrongId>
[[nodiscard]] QString shortId(const StrongId &id) requires requires
{
    id.toString();
}
{
    return shortId(QStringView(id.toString()));
}

/// The least important kind of message that is kept: "error", "warning", "info" or "debug".
/// QT_LOGGING_RULES in the environment goes before it, unless the level is @p fixed: then nothing does, and
/// the messages of Qt are held to it as well.
void setLevel(QStringView level, bool fixed = false);

/// While it lives, messages go to standard error and to one file a day in a folder, kept for seven days.
/// One at a time, made and dropped on the main thread; messages may come from any.
class LogFiles
{
public:
    static constexpr int daysKept = 7;
    static constexpr qint64 maxBytesADay = qint64(16) << 20;

    /// Makes @p folder (mode 0700) if it is not there; without it messages go to standard error alone.
    LogFiles(QString folder, const Clock &clock);
    ~LogFiles();
    LogFiles(const LogFiles &) = delete;
    LogFiles &operator=(const LogFiles &) = delete;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace parvis::log
