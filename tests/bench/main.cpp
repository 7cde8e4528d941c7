// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What a person waits for, against what this machine cannot do faster in the same minute: prints minimum,
// median and maximum in ms of both, and the ratio of the medians.
#include <QCommandLineParser>
#include <QCoreApplication>

#include "account_profile.h"
#include "first_frame.h"
#include "first_message.h"
#include "key_import.h"
#include "megolm_reading.h"
#include "search_index.h"
#include "sync_parse.h"

using namespace Qt::StringLiterals;
using namespace parvis::bench;

namespace {

constexpr qsizetype megabyte = 1'000'000;
constexpr int readMessages = 5000;
constexpr int searchedMessages = 1'000'000;

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
            (void)std::fprintf(stderr, "%s: no frame\n", what);
            return false;
        }
        floor.ms += *least;
        times.ms += *took;
    }
    print(what, times, floor);
    return true;
}

bool measureStarts(int rounds)
{
    const QString folder = QCoreApplication::applicationDirPath();
    int profiles = 0;
    const QTemporaryDir home;
    const bool good = measureStart(
        "start, nobody signed in", folder + u"/parvis"_s,
        [&] {
            return QStringList{u"--profile"_s, home.filePath(QString::number(++profiles))};
        },
        rounds);
    AccountProfile account(syntheticSync(4 * megabyte));
    if (!account.make(folder + u"/parvis-driver"_s)) {
        (void)std::fprintf(stderr, "no account could be made: is there a keychain?\n");
        return false;
    }
    return measureStart(
               "start, an account", folder + u"/parvis"_s,
               [&] {
                   return QStringList{u"--profile"_s, account.folder()};
               },
               rounds)
        && good;
}

bool measureSync(qsizetype megabytes, int rounds)
{
    const SyncParse parse = measureSyncParse(syntheticSync(megabytes * megabyte), rounds);
    print(qPrintable(u"synchronisation, %1 MB"_s.arg(megabytes)), parse.read, parse.floor);
    return parse.events > 0;
}

bool measureReading(int messages, int rounds)
{
    const MegolmReading reading = measureMegolmReading(messages, rounds);
    print(qPrintable(u"%1 messages read"_s.arg(messages)), reading.machine, reading.floor);
    return reading.messages > 0;
}

bool measureSending(int devices, int rounds)
{
    const FirstMessage first = measureFirstMessage(devices, rounds);
    print(qPrintable(u"first message, %1 devices"_s.arg(devices)), first.total, first.floor);
    for (const auto &[step, times] :
         {std::pair("  of it: whose devices", &first.devices),
          std::pair("  of it: one-time keys", &first.sessions),
          std::pair("  of it: the room key", &first.sharing), std::pair("  of it: the rest", &first.rest)})
        print(step, *times, first.floor);
    return first.good;
}

bool measureImport(int keys, int rounds)
{
    const KeyImport import = measureKeyImport(keys, rounds);
    if (!import.good) {
        (void)std::fprintf(stderr, "import: not every key was taken in\n");
        return false;
    }
    print(qPrintable(u"%1 keys imported, CPU"_s.arg(keys)), import.engine, import.floor);
    print("  by the clock", import.engineWall, import.floorWall);
    std::printf("  longest turn of the core meanwhile: %.0f ms\n", import.longestTurn.max());
    return true;
}

bool measureSearch(int messages, int rounds)
{
    const SearchIndex search = measureSearchIndex(messages, rounds);
    if (search.bytes <= 0) {
        (void)std::fprintf(stderr, "search: no index came of it\n");
        return false;
    }
    const auto rate = [&](const Times &times) { return messages / times.median() * 1000; };
    print(qPrintable(u"%1 messages indexed, CPU"_s.arg(messages)), search.indexing, search.indexingFloor);
    std::printf("  %.0f a second, floor %.0f, floor without stems %.0f: %.2f and %.2f of their rates\n",
                rate(search.indexing), rate(search.indexingFloor), rate(search.indexingWordsAlone),
                rate(search.indexing) / rate(search.indexingFloor),
                rate(search.indexing) / rate(search.indexingWordsAlone));
    const auto share = [&](qint64 bytes) { return double(bytes) / double(search.floorBytes); };
    std::printf("  index %.1f MB, floor %.1f MB: %.2f; with its table of documents %.1f MB: %.2f\n",
                double(search.bytes) / megabyte, double(search.floorBytes) / megabyte, share(search.bytes),
                double(search.bytes + search.entryBytes) / megabyte, share(search.bytes + search.entryBytes));
    for (const SearchQuestion &one : search.questions) {
        printFine(qPrintable(u"  "_s + one.what), one.index, one.floor);
        std::printf("    %d found; without stems %.3f, ratio %.2f%s\n", int(one.found),
                    one.wordsAlone.median(), one.index.median() / one.wordsAlone.median(),
                    one.same ? "" : "; NOT WHAT THE FLOOR FINDS");
    }
    return search.good;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({u"rounds"_s, u"How often each is measured (7)."_s, u"n"_s, u"7"_s});
    parser.addOption({u"megabytes"_s, u"Size of the synchronisation (100)."_s, u"n"_s, u"100"_s});
    parser.addOption(
        {u"messages"_s, u"How many messages are read (5000), or indexed and searched (1000000)."_s, u"n"_s});
    parser.addOption({u"devices"_s, u"How many devices get the first message (1000)."_s, u"n"_s, u"1000"_s});
    parser.addOption({u"keys"_s, u"How many keys are imported (100000)."_s, u"n"_s, u"100000"_s});
    parser.addPositionalArgument(u"what"_s,
                                 u"start, sync, reading, sending, import, search; all where none is named."_s,
                                 u"[what...]"_s);
    parser.addHelpOption();
    parser.process(application);
    const int rounds = std::max(parser.value(u"rounds"_s).toInt(), 1);
    const auto number = [&](const QString &option) { return std::max(parser.value(option).toInt(), 1); };
    const auto messages = [&](int unless) {
        return parser.isSet(u"messages"_s) ? number(u"messages"_s) : unless;
    };
    const auto wanted = [&](const QString &what) {
        const QStringList named = parser.positionalArguments();
        return named.isEmpty() || named.contains(what);
    };
    std::printf("%-28s %8s %8s %8s\n", "ms", "min", "median", "max");

    bool good = !wanted(u"start"_s) || measureStarts(rounds);
    good = (!wanted(u"sync"_s) || measureSync(number(u"megabytes"_s), rounds)) && good;
    good = (!wanted(u"reading"_s) || measureReading(messages(readMessages), rounds)) && good;
    good = (!wanted(u"sending"_s) || measureSending(number(u"devices"_s), rounds)) && good;
    good = (!wanted(u"import"_s) || measureImport(number(u"keys"_s), std::min(rounds, 3))) && good;
    good = (!wanted(u"search"_s) || measureSearch(messages(searchedMessages), rounds)) && good;
    return good ? 0 : 1;
}
