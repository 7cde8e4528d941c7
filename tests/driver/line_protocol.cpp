// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "line_protocol.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>

#include "argument_types.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// How long what was asked just before the end of the input may take: "echo … | parvis-driver".
constexpr int lastAnswersMs = 500;

} // namespace

LineProtocol::LineProtocol(Wording wording, QObject *parent) : QObject(parent), m_wording(std::move(wording))
{
}

void LineProtocol::on(const QString &command, Handler handler)
{
    Q_ASSERT(!m_handlers.contains(command));
    m_handlers.emplace(command, std::move(handler));
}

void LineProtocol::start()
{
    m_reader.reset(QThread::create([this] {
        std::string line;
        while (std::getline(std::cin, line)) {
            QMetaObject::invokeMethod(this,
                                      [this, bytes = QByteArray::fromStdString(line)] { receive(bytes); });
        }
        QMetaObject::invokeMethod(this, [this] {
            m_ended = true;
            if (m_open.isEmpty())
                end();
            else
                QTimer::singleShot(lastAnswersMs, this, [this] { end(); });
        });
    }));
    m_reader->start();
}

LineProtocol::~LineProtocol()
{
    if (m_ended)
        m_reader->wait();
    else
        (void)
            m_reader.release(); // a blocking read cannot be interrupted: it is left to the end of the process
}

void LineProtocol::announce(const QString &name, QJsonObject fields)
{
    fields.insert("event"_L1, name);
    write(fields);
}

void LineProtocol::receive(const QByteArray &line)
{
    if (line.trimmed().isEmpty())
        return;
    QJsonParseError problem{};
    const auto document = QJsonDocument::fromJson(line, &problem);
    if (!document.isObject()) {
        answer(QJsonValue::Null, {},
               fail(ErrorKind::Usage, u"PARVIS_DRIVER_BAD_LINE"_s,
                    document.isNull() ? problem.errorString() : u"not an object"_s));
        return;
    }
    const QJsonObject object = document.object();
    const QJsonValue id = object.contains("id"_L1) ? object["id"_L1] : QJsonValue(QJsonValue::Null);
    const QString command = object["cmd"_L1].toString();
    const auto handler = m_handlers.constFind(command);
    if (handler == m_handlers.cend()) {
        answer(id, {}, fail(ErrorKind::Usage, u"PARVIS_DRIVER_UNKNOWN_COMMAND"_s));
        return;
    }
    const QJsonValue args = object["args"_L1];
    const QString wrong = args.isObject() || args.isNull() || args.isUndefined()
        ? wrongArgument(command, args.toObject())
        : u"args: an object"_s;
    if (!wrong.isEmpty()) {
        answer(id, command, fail(ErrorKind::Usage, u"PARVIS_DRIVER_BAD_ARGUMENTS"_s, wrong));
        return;
    }
    run(*handler, id, command, args.toObject());
}

void LineProtocol::run(const Handler &handler, const QJsonValue &id, const QString &command,
                       const QJsonObject &args)
{
    const quint64 number = ++m_commands;
    m_open.insert(number, {id, command});
    handler(args).then(this, [this, number](Result<QJsonValue> result) {
        if (!m_open.contains(number))
            return;
        const Open open = m_open.take(number);
        answer(open.id, open.command, std::move(result));
        if (m_ended && m_open.isEmpty())
            end();
    });
}

void LineProtocol::end()
{
    const auto open = std::exchange(m_open, {});
    for (const Open &command : open)
        answer(command.id, command.command, fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s));
    if (!std::exchange(m_told, true))
        Q_EMIT inputEnded();
}

void LineProtocol::answer(const QJsonValue &id, const QString &command, Result<QJsonValue> result)
{
    QJsonObject line{{"id"_L1, id}, {"ok"_L1, result.has_value()}};
    if (result) {
        line.insert("result"_L1, *result);
    } else {
        const Error &error = result.error();
        line.insert("error"_L1,
                    QJsonObject{{"kind"_L1, kindName(error.kind)},
                                {"code"_L1, error.code},
                                {"message"_L1, m_wording(error, command)},
                                {"detail"_L1, error.detail},
                                {"retry_after_ms"_L1, error.retryAfterMs}});
    }
    write(line);
}

void LineProtocol::write(const QJsonObject &object)
{
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    (void)std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    (void)std::fflush(stdout);
}

Task<QJsonValue> withTimeout(Task<QJsonValue> task, int ms, QObject *context)
{
    auto promise = std::make_shared<Promise<QJsonValue>>();
    auto answer = promise->task();
    auto open = std::make_shared<bool>(true);
    auto settle = [promise, open](Result<QJsonValue> value) {
        if (std::exchange(*open, false))
            promise->resolve(std::move(value));
    };
    std::move(task).then(context, settle);
    QTimer::singleShot(ms, context, [settle] { settle(fail(ErrorKind::Timeout, u"PARVIS_TIMEOUT"_s)); });
    return answer;
}

int timeoutOf(const QJsonObject &args)
{
    return std::max(0, args["timeout"_L1].toInt(30000));
}

} // namespace parvis::driver
