// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "driver.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

QJsonValue figuresJson(const StorageFigures &figures)
{
    QJsonObject json{
        {"cache_bytes"_L1, figures.cacheBytes}, {"events"_L1, figures.events}, {"purged"_L1, figures.purged}};
    if (figures.limitBytes)
        json["limit_bytes"_L1] = *figures.limitBytes;
    if (figures.keptDays)
        json["kept_days"_L1] = *figures.keptDays;
    if (figures.oldestMs)
        json["oldest_ts"_L1] = *figures.oldestMs;
    return json;
}

} // namespace

void addStorageCommands(LineProtocol &protocol, const Ports &ports)
{
    auto *home = &protocol;
    protocol.on(u"storage"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(
            ports.storage.figures().andThen(
                home, [](const StorageFigures &figures) { return Result<QJsonValue>(figuresJson(figures)); }),
            timeoutOf(args), home);
    });
}

} // namespace parvis::driver
