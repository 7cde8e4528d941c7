// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The keys and messages of people who do not keep the rules: for tests, steered by JSON lines.
//
//   {"id": 1, "cmd": "account", "args": {"name": "m"}}     {"id": 1, "ok": true, "result": {"curve": …, "ed":
//   …}}
//
// Everything is made as it is asked for: signed, encrypted and named as no honest client would. What is sent
// where is the business of whoever asks.
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>
#include <string>

#include "crypto_functions.h"
#include "forgery.h"

using namespace Qt::StringLiterals;

namespace parvis::forger {

namespace {

QJsonObject answerTo(Forgery &forgery, const QByteArray &line)
{
    const QJsonObject request = QJsonDocument::fromJson(line).object();
    const QString command = request["cmd"_L1].toString();
    const QJsonObject args = request["args"_L1].toObject();
    const auto format = driver::cryptoFunctions().constFind(command);
    const Result<QJsonValue> result =
        format != driver::cryptoFunctions().cend() ? (*format)(args) : forgery.run(command, args);
    QJsonObject answer{{"id"_L1, request["id"_L1]}, {"ok"_L1, result.has_value()}};
    if (result)
        answer["result"_L1] = *result;
    else
        answer["error"_L1] = QJsonObject{
            {"kind"_L1, u"forger"_s}, {"code"_L1, result.error().code}, {"detail"_L1, result.error().detail}};
    return answer;
}

int run()
{
    Forgery forgery;
    std::string line;
    while (std::getline(std::cin, line)) {
        const QByteArray answer =
            QJsonDocument(answerTo(forgery, QByteArray::fromStdString(line))).toJson(QJsonDocument::Compact);
        std::fputs((answer + '\n').constData(), stdout);
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

} // namespace parvis::forger

int main()
{
    return parvis::forger::run();
}
