// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/ui_fonts.h"

#include <QFont>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace parvis {

void installFonts()
{
    const QStringList others{u"Noto Color Emoji"_s, u"Noto Sans"_s};
    QFont::insertSubstitutions(u"Inter"_s, others);
    QFont font(QStringList{u"Inter"_s} + others);
    font.setPixelSize(14);
    font.setHintingPreference(QFont::PreferNoHinting);
    QGuiApplication::setFont(font);
}

} // namespace parvis
