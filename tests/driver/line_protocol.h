// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QMap>
#include <QObject>

#include <functional>
#include <memory>

class QThread;

namespace parvis::driver {

/// JSON lines in, JSON lines out: parses commands, answers them in any order, announces events.
/// Holds no logic of the client. Main thread; reads standard input on a thread of its own.
class LineProtocol : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<Task<QJsonValue>(const QJsonObject &args)>;
    /// Text of an error of a command for a person, in the chosen language.
    using Wording = std::function<QString(const Error &, const QString &command)>;

    explicit LineProtocol(Wording wording, QObject *parent = nullptr);
    ~LineProtocol() override;

    void on(const QString &command, Handler handler);
    [[nodiscard]] bool knows(const QString &command) const { return m_handlers.contains(command); }

    /// Starts reading standard input; inputEnded() follows its end, when every command has its answer: what
    /// is still open half a second after the end is cancelled.
    void start();
    /// {"event": name, ...fields} on standard output.
    void announce(const QString &name, QJsonObject fields = {});
    /// One line as if it had come in.
    void receive(const QByteArray &line);

Q_SIGNALS:
    void inputEnded();

private:
    struct Open {
        QJsonValue id;
        QString command;
    };

    void run(const Handler &handler, const QJsonValue &id, const QString &command, const QJsonObject &args);
    void end();
    void answer(const QJsonValue &id, const QString &command, Result<QJsonValue> result);
    void write(const QJsonObject &object);

    Wording m_wording;
    QHash<QString, Handler> m_handlers;
    QMap<quint64, Open> m_open; ///< commands without an answer, in the order in which they came
    quint64 m_commands = 0;
    std::unique_ptr<QThread> m_reader;
    bool m_ended = false; ///< the reader has nothing more to read
    bool m_told = false;  ///< inputEnded() was sent
};

/// Fails with kind timeout when @p task has not answered after @p ms.
Task<QJsonValue> withTimeout(Task<QJsonValue> task, int ms, QObject *context);

/// The `timeout` of a command that waits, in milliseconds (30000 unless given); never negative.
[[nodiscard]] int timeoutOf(const QJsonObject &args);

} // namespace parvis::driver
