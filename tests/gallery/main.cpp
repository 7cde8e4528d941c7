// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/pages.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QQuickStyle>

#include <algorithm>
#include <string_view>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

using namespace parvis;

constexpr int badUsage = 2;

Look lookOf(const QCommandLineParser &options)
{
    Look look;
    look.language = options.value(u"lang"_s);
    look.dark = options.value(u"theme"_s) == "dark"_L1;
    look.textScale = qRound(options.value(u"scale"_s).toDouble() * 100);
    look.importPath = options.value(u"import"_s);
    return look;
}

QSize sizeOf(const QString &words)
{
    const auto parts = words.split(u'x');
    return parts.size() == 2 ? QSize(parts.at(0).toInt(), parts.at(1).toInt()) : QSize();
}

/// What was given and means nothing; empty where all is well.
QString wrongOption(const QCommandLineParser &options)
{
    const auto pages = galleryPages();
    const auto wanted = options.value(u"page"_s);
    const auto scale = options.value(u"scale"_s).toDouble();
    const QStringList languages{u"fr"_s, u"en"_s}, themes{u"light"_s, u"dark"_s};
    if (!wanted.isEmpty()
        && std::none_of(pages.begin(), pages.end(), [&](const auto &page) { return page.name == wanted; }))
        return u"no page "_s + wanted + u" (--list names them)"_s;
    if (!languages.contains(options.value(u"lang"_s)))
        return u"--lang fr or en"_s;
    if (!themes.contains(options.value(u"theme"_s)))
        return u"--theme light or dark"_s;
    if (scale < 0.8 || scale > 2)
        return u"--scale 0.8 to 2"_s;
    if (options.isSet(u"size"_s) && sizeOf(options.value(u"size"_s)).isEmpty())
        return u"--size, for example 1280x800"_s;
    return {};
}

/// One page into one file, or onto the screen.
bool render(const GalleryPage &page, const QCommandLineParser &options, const QString &file)
{
    auto look = lookOf(options);
    look.size = options.isSet(u"size"_s) ? sizeOf(options.value(u"size"_s)) : page.size;
    Stage stage(look);
    auto *window = show(stage, page);
    if (!window)
        return false;
    if (file.isEmpty())
        return QGuiApplication::exec() == 0;
    return window->grabWindow().save(file);
}

/// Words and pictures into files need no display: without one Qt would end the program before it has said
/// anything.
void useNoDisplay(const std::vector<std::string_view> &arguments)
{
    const auto needsNone = [](std::string_view one) {
        return one == "--help" || one == "-h" || one == "--list" || one.starts_with("--screenshot");
    };
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (display || qEnvironmentVariableIsSet("QT_QPA_PLATFORM")
        || std::none_of(arguments.begin(), arguments.end(), needsNone))
        return;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
}

} // namespace

int main(int argc, char *argv[])
{
    useNoDisplay({argv + 1, argv + argc});
    QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationName(u"parvis-gallery"_s);
    QGuiApplication::setApplicationVersion(u"0.1.0"_s);
    QQuickStyle::setStyle(u"Basic"_s);
    installFonts();
    installSecretFields();

    QCommandLineParser options;
    options.setApplicationDescription(u"Every page of Parvis in every state, on made-up data."_s);
    options.addHelpOption();
    options.addOptions({
        {u"list"_s, u"Name the pages."_s},
        {u"page"_s, u"One page; without it, all of them."_s, u"name"_s},
        {u"theme"_s, u"light or dark."_s, u"theme"_s, u"light"_s},
        {u"lang"_s, u"fr or en."_s, u"language"_s, u"fr"_s},
        {u"scale"_s, u"Text scale, 0.8 to 2."_s, u"factor"_s, u"1"_s},
        {u"size"_s, u"Window size, for example 1280x800."_s, u"size"_s},
        {u"screenshot"_s, u"Write a picture there; a folder where all pages are rendered."_s, u"path"_s},
        {u"import"_s, u"Take QML modules from this folder first."_s, u"folder"_s},
    });
    options.process(app);

    if (const QString wrong = wrongOption(options); !wrong.isEmpty()) {
        QTextStream(stderr) << "parvis-gallery: " << wrong << '\n';
        return badUsage;
    }
    bool good = true;
    const auto wanted = options.value(u"page"_s);
    const auto target = options.value(u"screenshot"_s);
    for (const auto &page : galleryPages()) {
        if (options.isSet(u"list"_s)) {
            QTextStream(stdout) << page.name << '\n';
            continue;
        }
        if (!wanted.isEmpty() && page.name != wanted)
            continue;
        const auto file =
            wanted.isEmpty() && !target.isEmpty() ? QDir(target).filePath(page.name + u".png"_s) : target;
        good = render(page, options, file) && good;
    }
    return good ? 0 : 1;
}
