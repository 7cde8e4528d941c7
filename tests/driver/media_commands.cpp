// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QFile>
#include <QFileInfo>

#include <functional>

#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

EventId eventOf(const QJsonObject &args)
{
    return EventId(args["event"_L1].toString());
}

/// Each file that is further than it was.
void announceTransfers(LineProtocol &protocol, MediaPort &media)
{
    media.subscribeTransfers(
        &protocol, [&protocol, before = QList<FileTransfer>()](const QList<FileTransfer> &now) mutable {
            for (const FileTransfer &transfer : now) {
                if (!before.contains(transfer))
                    protocol.announce(u"progress"_s, toJson(transfer));
            }
            before = now;
        });
}

/// Runs with a room that is known.
using InRoom =
    std::function<void(const QString &command, std::function<Task<QJsonValue>(const QJsonObject &)>)>;

qint64 joinedOf(const QJsonObject &args)
{
    return args["joined"_L1].toInteger();
}

/// Takes a file's bytes as if they had been pasted.
Task<qint64> paste(MediaPort &media, const QJsonObject &args)
{
    QFile file(args["path"_L1].toString());
    if (!file.open(QIODevice::ReadOnly))
        return Task<qint64>::ready(fail(ErrorKind::Usage, u"PARVIS_DRIVER_BAD_ARGUMENTS"_s, u"path"_s));
    return media.joinBytes(roomOf(args), QFileInfo(file).fileName(), file.readAll());
}

/// What is joined to a draft.
void addJoiningCommands(const InRoom &inRoom, MediaPort &media, QObject *home)
{
    inRoom(u"join_file"_s, [&media, home](const QJsonObject &args) {
        auto joined = args["pasted"_L1].toBool() ? paste(media, args)
                                                 : media.join(roomOf(args), args["path"_L1].toString());
        return std::move(joined).andThen(home, [](qint64 id) {
            return Result<QJsonValue>(QJsonObject{{"joined"_L1, id}});
        });
    });
    inRoom(u"joined_files"_s, [&media, home](const QJsonObject &args) {
        return media.joined(roomOf(args)).andThen(home, [](const QList<JoinedFile> &files) {
            return Result<QJsonValue>(toJson(files));
        });
    });
    inRoom(u"inspect_joined"_s, [&media, home](const QJsonObject &args) {
        return shaped(media.inspectJoined(joinedOf(args)), home);
    });
    inRoom(u"send_joined"_s, [&media, home](const QJsonObject &args) {
        return media.sendJoined(joinedOf(args), args["caption"_L1].toString())
            .andThen(home, [](const TransactionId &txn) {
                return Result<QJsonValue>(QJsonObject{{"txn_id"_L1, txn.toString()}});
            });
    });
    inRoom(u"remove_joined"_s,
           [&media, home](const QJsonObject &args) { return done(media.takeAway(joinedOf(args)), home); });
}

} // namespace

QJsonObject toJson(const JoinedFile &file)
{
    QJsonObject object = toJson(file.facts);
    object.insert("joined"_L1, file.id);
    object.insert("path"_L1, file.path);
    return object;
}

void addMediaCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    const auto inRoom = [&protocol, &known, home](const QString &command, auto run) {
        protocol.on(command, [home, &known, run](const QJsonObject &args) {
            return withTimeout(known.find(roomOf(args)).andThen(home, [run, args] { return run(args); }),
                               timeoutOf(args), home);
        });
    };
    inRoom(u"download"_s, [home, ports](const QJsonObject &args) {
        return shaped(ports.media.save(roomOf(args), eventOf(args), args["to"_L1].toString(),
                                       args["replace"_L1].toBool()),
                      home);
    });
    inRoom(u"media_state"_s, [home, ports](const QJsonObject &args) {
        return ports.media.state(roomOf(args), eventOf(args)).andThen(home, [](MediaState state) {
            static const QStringList words{u"clean"_s, u"gone"_s, u"error"_s};
            return Result<QJsonValue>(words.value(int(state)));
        });
    });
    addJoiningCommands(inRoom, ports.media, home);
    announceTransfers(protocol, ports.media);
}

} // namespace parvis::driver
