// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/error_text.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QGuiApplication>
#include <QQuickStyle>

#include <cstdio>

#include "application.h"
#include "command_line.h"
#include "process_hardening.h"
#include "quit_on_signals.h"

using namespace Qt::StringLiterals;

namespace {

/// A profile that is in use has an exit code of its own, so that a launcher can tell.
constexpr int profileInUse = 4;
constexpr int cannotStart = 3;

} // namespace

int main(int argc, char *argv[])
{
    parvis::hardenProcess();
    QGuiApplication::setApplicationName(u"parvis"_s);
    QGuiApplication::setApplicationDisplayName(u"Parvis"_s);
    QGuiApplication::setApplicationVersion(QStringLiteral(PARVIS_VERSION));
    QGuiApplication::setDesktopFileName(u"org.parvis.Parvis"_s);
    QGuiApplication app(argc, argv);
    QQuickStyle::setStyle(u"Basic"_s);
    parvis::installFonts();
    parvis::installSecretFields();

    parvis::quitOnSignals();
    parvis::Application application(parvis::CommandLine::read());
    if (const auto opened = application.open(); !opened) {
        application.showProblem(opened.error());
        (void)std::fprintf(stderr, "parvis: %s\n", qPrintable(parvis::ErrorText::of(opened.error())));
        QGuiApplication::exec();
        return opened.error().code == "PARVIS_PROFILE_IN_USE"_L1 ? profileInUse : cannotStart;
    }
    return QGuiApplication::exec();
}
