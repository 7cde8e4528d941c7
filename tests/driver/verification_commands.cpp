// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "qr/qr_picture.h"

#include <QTemporaryDir>

#include "driver.h"
#include "watched_verifications.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

QString txnOf(const QJsonObject &args)
{
    return args["txn"_L1].toString();
}

Result<QJsonValue> sasOf(const VerificationInfo &info)
{
    QJsonArray emoji;
    for (const VerificationEmoji &one : info.emoji)
        emoji.append(QJsonObject{{"symbol"_L1, one.symbol}, {"name"_L1, one.english}});
    QJsonArray decimal;
    for (const int number : info.decimal)
        decimal.append(number);
    return QJsonObject{{"emoji"_L1, emoji}, {"decimal"_L1, decimal}};
}

/// {state}, or where none was asked for, the end of it.
WatchedVerifications::Test matcher(const QJsonObject &args)
{
    return [args](const VerificationInfo &info) {
        const QString state = args["state"_L1].toString();
        return (txnOf(args).isEmpty() || info.txn == txnOf(args))
            && (!args.contains("user"_L1) || info.user.toString() == args["user"_L1].toString())
            && (state.isEmpty() ? info.isOver() : toJson(info)["state"_L1].toString() == state);
    };
}

void addSteps(LineProtocol &protocol, const Ports &ports)
{
    using Step = Task<void> (VerificationPort::*)(const QString &);
    const QList<std::pair<QString, Step>> steps{{u"accept"_s, &VerificationPort::accept},
                                                {u"start_sas"_s, &VerificationPort::startSas},
                                                {u"confirm"_s, &VerificationPort::confirm},
                                                {u"mismatch"_s, &VerificationPort::mismatch}};
    for (const auto &[command, step] : steps) {
        protocol.on(command, [home = &protocol, ports, step = step](const QJsonObject &args) {
            return done((ports.verifications.*step)(txnOf(args)), home);
        });
    }
}

constexpr int pixelsAModule = 8;

/// The code as bytes, and as a picture that lies in @p folder as long as the driver runs.
Result<QJsonValue> shown(const QByteArray &bytes, const QTemporaryDir &folder)
{
    const auto code = qr::draw(bytes);
    if (!code)
        return tl::unexpected(code.error());
    const QString path = folder.filePath(QString::fromLatin1(bytes.toHex().right(16)) + u".png"_s);
    if (!code->scaled(code->size() * pixelsAModule).save(path, "PNG"))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, path);
    return QJsonObject{{"data_base64"_L1, QString::fromLatin1(toBase64(bytes))}, {"image_path"_L1, path}};
}

/// What was scanned: given as bytes, or in a picture.
Result<QByteArray> scanned(const QJsonObject &args)
{
    if (args["image_path"_L1].isString())
        return qr::readFile(args["image_path"_L1].toString());
    const auto bytes = fromBase64(args["data_base64"_L1].toString().toLatin1());
    return bytes ? Result<QByteArray>(*bytes)
                 : fail(ErrorKind::Usage, u"PARVIS_DRIVER_BAD_ARGUMENTS"_s, u"data_base64: no base64"_s);
}

} // namespace

void addVerificationCommands(LineProtocol &protocol, const Ports &ports, WatchedVerifications &watched)
{
    auto *home = &protocol;
    addSteps(protocol, ports);
    protocol.on(u"request_verification"_s, [home, ports](const QJsonObject &args) {
        auto asked = ports.verifications
                         .request(UserId(args["user"_L1].toString()), DeviceId(args["device"_L1].toString()),
                                  RoomId(args["room"_L1].toString()))
                         .andThen(home, [](const QString &txn) {
                             return Result<QJsonValue>(QJsonObject{{"txn"_L1, txn}});
                         });
        return withTimeout(std::move(asked), timeoutOf(args), home);
    });
    protocol.on(u"verifications"_s,
                [&watched](const QJsonObject &) { return answer(toJson(watched.all())); });
    protocol.on(u"sas"_s, [home, &watched](const QJsonObject &args) {
        const QString txn = txnOf(args);
        auto shown = watched
                         .wait(
                             [txn](const VerificationInfo &one) {
                                 return one.txn == txn && one.state == VerificationInfo::State::Comparing;
                             },
                             [txn](const VerificationInfo &one) { return one.txn == txn && one.isOver(); })
                         .andThen(home, [](const VerificationInfo &info) { return sasOf(info); });
        return withTimeout(std::move(shown), timeoutOf(args), home);
    });
    const auto pictures = std::make_shared<QTemporaryDir>();
    protocol.on(u"qr"_s, [home, ports, pictures](const QJsonObject &args) {
        return ports.verifications.qr(txnOf(args)).andThen(home, [pictures](const QByteArray &bytes) {
            return shown(bytes, *pictures);
        });
    });
    protocol.on(u"scan"_s, [home, ports](const QJsonObject &args) {
        const auto bytes = scanned(args);
        return bytes ? done(ports.verifications.scan(txnOf(args), *bytes), home)
                     : Task<QJsonValue>::ready(tl::unexpected(bytes.error()));
    });
    protocol.on(u"wait_verification"_s, [home, &watched](const QJsonObject &args) {
        auto reached = watched.wait(matcher(args)).andThen(home, [](const VerificationInfo &info) {
            return Result<QJsonValue>(toJson(info));
        });
        return withTimeout(std::move(reached), timeoutOf(args), home);
    });
}

} // namespace parvis::driver
