// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "command_line.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace parvis {

CommandLine CommandLine::read()
{
    QCommandLineParser parser;
    const QCommandLineOption profile(u"profile"_s, u"Folder of accounts and settings."_s, u"DIR"_s);
    const QCommandLineOption server(u"server"_s, u"Homeserver proposed on the sign-in page."_s, u"URL"_s);
    const QCommandLineOption rebuild(
        u"rebuild"_s, u"Fetch messages and rooms anew; keys, drafts and what waits to be sent stay."_s);
    parser.addOptions({profile, server, rebuild});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(*QCoreApplication::instance());
    return {
        .profile = parser.value(profile), .server = parser.value(server), .rebuild = parser.isSet(rebuild)};
}

} // namespace parvis
