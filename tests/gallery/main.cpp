// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/pages.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <QQuickStyle>

using namespace Qt::StringLiterals;

namespace {

using namespace parvis;

Look lookOf(const QCommandLineParser &options)
{
    Look look;
    look.language = options.value(u"lang"_s);
    look.dark = options.value(u"theme"_s) == "dark"_L1;
    look.textScale = qRound(options.value(u"scale"_s).toDouble() * 100);
    look.importPath = options.value(u"import"_s);
    return look;
}

/// One page into one file, or onto the screen.
bool render(const GalleryPage &page, const QCommandLineParser &options, const QString &file)
{
    auto look = lookOf(options);
    const auto size = options.value(u"size"_s).split(u'x');
    look.size = size.size() == 2 ? QSize(size.at(0).toInt(), size.at(1).toInt()) : page.size;
    Stage stage(look);
    auto *window = show(stage, page);
    if (!window)
        return false;
    if (file.isEmpty())
        return QGuiApplication::exec() == 0;
    return window->grabWindow().save(file);
}

} // namespace

int main(int argc, char *argv[])
{
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
