// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/icon_provider.h"

#include <QFile>
#include <QLoggingCategory>
#include <QPainter>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace parvis {

IconProvider::IconProvider() : QQuickImageProvider(QQuickImageProvider::Pixmap) {}

QPixmap IconProvider::requestPixmap(const QString &id, QSize *size, const QSize &requestedSize)
{
    const auto parts = id.split(u'/');
    QFile file(u":/icons/"_s + parts.value(0) + u".svg"_s);
    const auto wanted = requestedSize.isEmpty() ? QSize(24, 24) : requestedSize;
    *size = wanted;
    QPixmap pixmap(wanted);
    pixmap.fill(Qt::transparent);
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("No icon of the name %s", qUtf8Printable(parts.value(0)));
        return pixmap;
    }
    auto svg = file.readAll();
    svg.replace("currentColor", "#" + parts.value(1, u"000000"_s).toLatin1());
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF({0, 0}, QSizeF(wanted)));
    return pixmap;
}

} // namespace parvis
