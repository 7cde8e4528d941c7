// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What a person waits for, against what this machine cannot do faster in the same minute: prints minimum,
// median and maximum in ms of both, and the ratio of the medians.
#include <QCommandLineParser>
#include <QCoreApplication>

#include "account_profile.h"
#include "first_frame.h"
#include "sync_parse.h"

using namespace Qt::StringLiterals;
using namespace parvis::bench;

namespace {

constexpr qsizetype megabyte = 1'000'000;

/// @p program and the empty window by turns, so that both meet the same weather.
bool measureStart(const char *what, const QString &program, const std::function<QStringList()> &arguments,
                  int rounds)
{
    const QString window = QCoreApplication::applicationDirPath() + u"/../bench/empty_window"_s;
    (void)firstFrameMs(window, {}); // the libraries are in memory from here on
    (void)firstFrameMs(program, arguments());
    Times times;
    Times floor;
    for (int round = 0; round < rounds; ++round) {
        const auto least = firstFrameMs(window, {});
        const auto took = firstFrameMs(program, arguments());
        if (!least || !took) {
            std::fprintf(stderr, "%s: no frame\n", what);
            return false;
        }
        floor.ms += *least;
        times.ms += *took;
    }
    print(what, times, floor);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({u"rounds"_s, u"How often each is measured (7)."_s, u"n"_s, u"7"_s});
    parser.addOption({u"megabytes"_s, u"Size of the synchronisation (100)."_s, u"n"_s, u"100"_s});
    parser.addHelpOption();
    parser.process(application);
    const int rounds = std::max(parser.value(u"rounds"_s).toInt(), 1);
    const QString folder = QCoreApplication::applicationDirPath();
    std::printf("%-28s %8s %8s %8s\n", "ms", "min", "median", "max");

    bool good = true;
    {
        int profiles = 0;
        const QTemporaryDir home;
        good = measureStart(
            "start, nobody signed in", folder + u"/parvis"_s,
            [&] {
                return QStringList{u"--profile"_s, home.filePath(QString::number(++profiles))};
            },
            rounds);
    }
    {
        AccountProfile account(syntheticSync(4 * megabyte));
        if (account.make(folder + u"/parvis-driver"_s))
            good = measureStart(
                       "start, an account", folder + u"/parvis"_s,
                       [&] {
                           return QStringList{u"--profile"_s, account.folder()};
                       },
                       rounds)
                && good;
        else
            good = (std::fprintf(stderr, "no account could be made: is there a keychain?\n"), false);
    }
    const qsizetype size = std::max<qsizetype>(parser.value(u"megabytes"_s).toLongLong(), 1);
    const SyncParse parse = measureSyncParse(syntheticSync(size * megabyte), rounds);
    print(qPrintable(u"synchronisation, %1 MB"_s.arg(size)), parse.read, parse.floor);
    return good && parse.events > 0 ? 0 : 1;
}
