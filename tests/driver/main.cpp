// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/log.h"
#include "engine/client_core.h"
#include "fakes/file_vault.h"
#include "fakes/memory_vault.h"
#include "models/error_text.h"
#include "platform/keychain_vault.h"
#include "policy/policy_reader.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QTranslator>

#include <csignal>
#include <cstdio>
#include <unistd.h>

#include "driver.h"
#include "known_rooms.h"
#include "open_timelines.h"
#include "watched_verifications.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// Exit codes of the protocol.
enum ExitCode { Fine = 0, BadUsage = 2, CannotOpen = 3, ProfileInUse = 4 };

struct Options {
    QString profile;
    QString vault;
    QString policy;
    QString language;
    bool rebuild = false;
};

std::optional<Options> readOptions()
{
    QCommandLineParser parser;
    const QCommandLineOption profile(u"profile"_s, u"Folder of the account's files."_s, u"DIR"_s);
    const QCommandLineOption vault(u"vault"_s, u"keychain, memory or file:PATH."_s, u"KIND"_s, u"keychain"_s);
    const QCommandLineOption policy(u"policy"_s, u"Policy file."_s, u"FILE"_s);
    const QCommandLineOption language(u"lang"_s, u"fr or en."_s, u"LANG"_s, u"en"_s);
    const QCommandLineOption rebuild(u"rebuild"_s, u"Begin with a new cache."_s);
    parser.addOptions({profile, vault, policy, language, rebuild});
    parser.addHelpOption();
    const bool parsed = parser.parse(QCoreApplication::arguments());
    if (parser.isSet(u"help"_s))
        parser.showHelp(Fine);
    const QString kind = parser.value(vault), words = parser.value(language);
    const bool knownVault =
        kind == "keychain"_L1 || kind == "memory"_L1 || (kind.startsWith("file:"_L1) && kind.size() > 5);
    if (!parsed || parser.value(profile).isEmpty() || !knownVault || !parser.positionalArguments().isEmpty()
        || (words != "fr"_L1 && words != "en"_L1)) {
        if (!parsed)
            std::fprintf(stderr, "parvis-driver: %s\n", qPrintable(parser.errorText()));
        std::fputs("parvis-driver --profile DIR [--vault keychain|memory|file:PATH] [--policy FILE] [--lang "
                   "fr|en]\n",
                   stderr);
        return std::nullopt;
    }
    return Options{.profile = parser.value(profile),
                   .vault = kind,
                   .policy = parser.value(policy),
                   .language = words,
                   .rebuild = parser.isSet(rebuild)};
}

/// The policy of the file that was named. Empty where there is no such file: a test that believes in limits
/// must not run without them.
std::optional<policy::Policy> readPolicy(const QString &path)
{
    if (path.isEmpty())
        return policy::Policy();
    if (!QFileInfo::exists(path)) {
        std::fprintf(stderr, "parvis-driver: no policy file %s\n", qPrintable(path));
        return std::nullopt;
    }
    const policy::Reading reading = policy::readPolicyFile(path);
    for (const policy::Mistake &mistake : reading.mistakes)
        std::fprintf(stderr, "parvis-driver: policy: %s line %d %s\n", qPrintable(mistake.key), mistake.line,
                     qPrintable(mistake.message));
    return reading.policy;
}

std::unique_ptr<session::SecretVault> makeVault(const QString &kind)
{
    if (kind == "memory"_L1)
        return std::make_unique<session::MemoryVault>();
    if (kind.startsWith("file:"_L1))
        return std::make_unique<session::FileVault>(kind.sliced(5));
    return std::make_unique<KeychainVault>(u"Parvis"_s);
}

/// The page or button that a person would have used.
ErrorText::During whatIsDone(const QString &command)
{
    using During = ErrorText::During;
    static const QHash<QString, During> all{
        {u"login"_s, During::SignIn},    {u"sign_in_again"_s, During::SignIn},
        {u"invite"_s, During::Inviting}, {u"create_room"_s, During::Inviting},
        {u"join"_s, During::Joining},    {u"send"_s, During::Sending},
        {u"edit"_s, During::Sending},    {u"send_file"_s, During::Sending}};
    return all.value(command, During::Anything);
}

/// A name that is looked up, or a file system that hangs, must not hold up who waits for the end: everything
/// that was answered is on the disk.
void limitTheEnd()
{
    std::signal(SIGALRM, [](int) {
        constexpr char words[] = "parvis-driver: the end took too long\n";
        (void)!::write(STDERR_FILENO, words, sizeof(words) - 1);
        ::_exit(Fine);
    });
    ::alarm(4);
}

int run(QCoreApplication &app)
{
    const auto options = readOptions();
    if (!options)
        return BadUsage;
    QTranslator translator;
    if (options->language == "fr"_L1 && translator.load(u":/i18n/parvis_fr.qm"_s))
        QCoreApplication::installTranslator(&translator);

    const auto policy = readPolicy(options->policy);
    if (!policy)
        return BadUsage;
    log::setLevel(policy->text(policy::Key::LogLevel), policy->value(policy::Key::LogLevel).locked);
    ClientCore core({.profileFolder = options->profile,
                     .policy = *policy,
                     .userAgent = "Parvis-driver/" PARVIS_VERSION,
                     .makeVault = [kind = options->vault] { return makeVault(kind); },
                     .rebuildCache = options->rebuild});
    if (const auto opened = core.open(); !opened) {
        std::fprintf(stderr, "parvis-driver: %s: %s\n", qPrintable(opened.error().code),
                     qPrintable(ErrorText::of(opened.error())));
        return opened.error().code == "PARVIS_PROFILE_IN_USE"_L1 ? ProfileInUse : CannotOpen;
    }

    LineProtocol protocol(
        [](const Error &error, const QString &command) { return ErrorText::of(error, whatIsDone(command)); });
    const Ports ports{core.login(),         core.account(),     core.rooms(),      core.timelines(),
                      core.composer(),      core.media(),       core.encryption(), core.verifications(),
                      core.upkeep(),        core.details(),     core.finder(),     core.search(),
                      core.notifications(), core.diagnostics(), core.settings(),   core.storage()};
    addAccountCommands(protocol, ports);
    KnownRooms known(ports);
    addRoomCommands(protocol, ports, known);
    addUpkeepCommands(protocol, ports, known);
    addDetailsCommands(protocol, ports, known);
    addFinderCommands(protocol, ports, known);
    OpenTimelines open(core.timelines(), core.rooms(), nullptr);
    addTimelineCommands(protocol, ports, known, open);
    addRoomContentCommands(protocol, ports, known, open);
    addSendingCommands(protocol, ports, known, open);
    addMediaCommands(protocol, ports, known);
    addKeyCommands(protocol, ports, known);
    WatchedVerifications verifications(core.verifications(), protocol);
    addVerificationCommands(protocol, ports, verifications);
    addSearchCommands(protocol, ports);
    addStorageCommands(protocol, ports);
    addPureFunctions(protocol);
    announceChanges(protocol, ports, &protocol);
    QObject::connect(&protocol, &LineProtocol::inputEnded, &app, [&app] {
        limitTheEnd();
        app.quit();
    });
    protocol.start();
    protocol.announce(u"ready"_s);
    return QCoreApplication::exec();
}

} // namespace

} // namespace parvis::driver

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("parvis-driver"));
    return parvis::driver::run(app);
}
