// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/error_text.h"

#include "models/error_table_files_p.h"
#include "models/error_table_p.h"
#include "models/error_table_recovery_p.h"
#include "models/file_size.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

QString ErrorText::of(const Error &error, During during)
{
    auto sentence = tooLarge(error);
    if (sentence.isEmpty())
        sentence = forCode(error.code, during);
    if (sentence.isEmpty())
        sentence = forErrcode(error.code, during);
    if (sentence.isEmpty())
        sentence = forKind(error, during);
    // The code may be a word of the server's: it is shown only if it looks like one.
    const bool sound = !error.code.isEmpty() && error.code.size() <= 64
        && std::all_of(error.code.cbegin(), error.code.cend(), [](QChar c) {
               return (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'.';
           });
    const auto code = sound ? error.code : kindName(error.kind).toUpper();
    //: 1: a sentence, 2: a code for support
    return tr("%1 (%2)").arg(sentence, code);
}

QStringList ErrorText::knownCodes()
{
    QStringList codes;
    for (const auto &entry : errorTable)
        codes += QString::fromLatin1(entry.code);
    for (const auto &entry : recoveryErrorTable)
        codes += QString::fromLatin1(entry.code);
    for (const auto &entry : fileErrorTable)
        codes += QString::fromLatin1(entry.code);
    codes.sort();
    return codes;
}

QString ErrorText::forCode(const QString &code, During during)
{
    // Whoever is signed in has typed no name that could be wrong.
    if (code == "PARVIS_HOST_NOT_FOUND"_L1 && during != During::SignIn)
        return tr("The server cannot be found. Check that this computer is on the network, then try again.");
    const auto sentence = [&code](const auto &table) {
        const auto entry = std::find_if(table.begin(), table.end(), [&code](const ErrorEntry &one) {
            return code == QLatin1StringView(one.code);
        });
        return entry == table.end() ? QString()
                                    : QCoreApplication::translate("parvis::ErrorText", entry->sentence);
    };
    QString found = sentence(errorTable);
    if (found.isEmpty())
        found = sentence(recoveryErrorTable);
    return found.isEmpty() ? sentence(fileErrorTable) : found;
}

QString ErrorText::tooLarge(const Error &error)
{
    // The one detail that is for the person: how many bytes the server takes.
    const qint64 limit = error.code == "PARVIS_FILE_TOO_LARGE"_L1 ? error.detail.toLongLong() : 0;
    if (limit <= 0)
        return {};
    //: %1: a size, such as "50 MB"
    return tr("This file is larger than the %1 that the server takes. Send it in parts, or by another way.")
        .arg(fileSize(limit));
}

QString ErrorText::forErrcode(const QString &code, During during)
{
    if (code == "M_FORBIDDEN"_L1 && during == During::SignIn)
        return tr("The server does not know this name or this password. Check both and try again.");
    if (code == "M_FORBIDDEN"_L1 && during == During::Confirming)
        return tr("The password is not the right one. Type it again.");
    if (code == "M_FORBIDDEN"_L1 && during == During::Inviting)
        return tr("The server does not let you invite this person here.");
    if (code == "M_FORBIDDEN"_L1 && during == During::Joining)
        return tr("This conversation does not let you in. Ask one of its members to invite you.");
    if (code == "M_USER_DEACTIVATED"_L1)
        return tr("This account was closed. Ask your administration.");
    if (code == "M_USER_LOCKED"_L1 || code == "M_USER_SUSPENDED"_L1)
        return tr("This account is locked. Your messages are kept. Ask your administration.");
    if (code == "ORG_MATRIX_EXPIRED_ACCOUNT"_L1)
        return tr("This account has expired. Ask for the renewal e-mail, then try again.");
    if (code == "M_UNKNOWN_TOKEN"_L1 || code == "M_MISSING_TOKEN"_L1)
        return tr("The server has ended this session. Your messages are kept: sign in again.");
    if (code == "M_NOT_FOUND"_L1 && during == During::Inviting)
        return tr("Nobody has this address. Check it letter by letter.");
    if (code == "M_TOO_LARGE"_L1)
        return tr("This message is too long for the server. Shorten it and send it again.");
    if (code == "M_RESOURCE_LIMIT_EXCEEDED"_L1)
        return tr("The server has reached a limit of its own. Ask your administration.");
    if (code == "M_UNSUPPORTED_ROOM_VERSION"_L1 || code == "M_INCOMPATIBLE_ROOM_VERSION"_L1)
        return tr("This conversation is of a kind that the server does not know.");
    return {};
}

QString ErrorText::forKind(const Error &error, During during)
{
    switch (error.kind) {
    case ErrorKind::Network:
        return tr("The server does not answer. Check the network, then try again.");
    case ErrorKind::Timeout:
        return tr("The answer takes too long. Check the network, then try again.");
    case ErrorKind::Tls:
        return tr(
            "The server’s certificate cannot be trusted, so nothing was sent. Tell your administration.");
    case ErrorKind::Server:
        return tr("The server has a problem. Nothing of yours is lost; try again in a moment.");
    case ErrorKind::Protocol:
        return tr("The server’s answer makes no sense. Check its name, or tell your administration.");
    case ErrorKind::Auth:
        return during == During::Confirming ? tr("The password is not the right one. Type it again.")
            : during == During::SignIn
            ? tr("The server does not know this name or this password. Check both and try again.")
            : tr("The server asks who you are. Sign in again; your messages are kept.");
    case ErrorKind::Forbidden:
        return tr("You are not allowed to do this here.");
    case ErrorKind::NotFound:
        return during == During::Anything || during == During::Sending
            ? tr("The server does not know this, or no longer. Try again in a moment; if it stays so, tell "
                 "your administration.")
            : tr("This does not exist, or no longer. Check what you typed.");
    case ErrorKind::RateLimited:
        //: %n: how long the server asks to wait
        return error.retryAfterMs > 0
            ? tr("Too many attempts. Try again in %n second(s).", "", (error.retryAfterMs + 999) / 1000)
            : tr("Too many attempts. Wait a moment, then try again.");
    case ErrorKind::TooLarge:
        return tr("This is too large. Shorten it, then try again.");
    case ErrorKind::Storage:
        return tr("This computer’s disk cannot be written or read. What was there is kept.");
    case ErrorKind::Keychain:
        return tr("The system’s keychain does not give your key. Unlock it, then try again.");
    case ErrorKind::Crypto:
        return tr("A key is missing or does not fit, so this was not done.");
    case ErrorKind::Cancelled:
        return tr("This was stopped before its end.");
    case ErrorKind::Policy:
        return tr("Your administration does not allow this.");
    case ErrorKind::Usage:
        return tr("This cannot be done as it was asked. Check what you typed.");
    case ErrorKind::Bug:
        return tr("Parvis made a mistake. Nothing of yours is lost; please report it.");
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace parvis
