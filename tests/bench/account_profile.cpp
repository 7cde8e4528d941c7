// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "account_profile.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace parvis::bench {

AccountProfile::AccountProfile(QByteArray sync)
    : m_sync(std::move(sync)), m_server([this](const SeenRequest &request) { return answer(request); })
{
}

Script AccountProfile::answer(const SeenRequest &request) const
{
    if (request.path.endsWith("/versions"))
        return Script::reply(200, R"({"versions":["v1.11"]})");
    if (request.path.endsWith("/login"))
        return Script::reply(200, R"({"flows":[{"type":"m.login.password"}]})");
    if (request.path.contains("/keys/upload"))
        return Script::reply(200, R"({"one_time_key_counts":{"signed_curve25519":50}})");
    if (request.path.contains("/sync") && !request.path.contains("since="))
        return Script::reply(200, m_sync);
    if (request.path.contains("/sync") && request.path.contains("timeout=0"))
        return Script::reply(200, R"({"next_batch":"s1_2_3"})");
    if (request.path.contains("/sync"))
        return {.silent = true}; // a long poll
    return Script::reply(404, R"({"errcode":"M_NOT_FOUND"})");
}

bool AccountProfile::make(const QString &driver)
{
    const auto line = [](int id, const QString &command, const QJsonObject &args) {
        return QJsonDocument(QJsonObject{{"id"_L1, id}, {"cmd"_L1, command}, {"args"_L1, args}})
                   .toJson(QJsonDocument::Compact)
            + '\n';
    };
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QEventLoop loop;
    bool done = false;
    QByteArray said;
    QObject::connect(&process, &QProcess::readyReadStandardOutput, &loop, [&] {
        said += process.readAllStandardOutput();
        while (said.contains('\n')) {
            const QJsonObject message = QJsonDocument::fromJson(said.first(said.indexOf('\n'))).object();
            said.remove(0, said.indexOf('\n') + 1);
            const int id = message["id"_L1].toInt();
            if (id == 1 && message["ok"_L1].toBool())
                process.write(line(2, u"start"_s, {}));
            else if (id == 1)
                loop.quit();
            // Online: the answer is in the cache.
            if (message["event"_L1] == "connection"_L1 && message["state"_L1] == "online"_L1) {
                done = true;
                loop.quit();
            }
        }
    });
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    process.start(driver, {u"--profile"_s, folder()});
    process.write(line(1, u"attach"_s,
                       {{"server"_L1, QString::fromUtf8(m_server.url({}))},
                        {"user_id"_L1, "@claire:bench.example"_L1},
                        {"device_id"_L1, "BENCH"_L1},
                        {"access_token"_L1, "token"_L1}}));
    loop.exec();
    process.disconnect(&loop);
    process.closeWriteChannel(); // an orderly end
    process.waitForFinished();
    return done;
}

} // namespace parvis::bench
