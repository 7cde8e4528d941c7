// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QQuickImageProvider>

namespace parvis {

/// image://icon/<name>/<rrggbb>: a symbolic icon in one colour, drawn at the size that is asked for.
/// The software renderer has no shader effects, so the colour is put into the SVG itself.
class IconProvider : public QQuickImageProvider
{
public:
    IconProvider();

    QPixmap requestPixmap(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace parvis
