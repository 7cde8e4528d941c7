// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "gallery/stage.h"

#include <functional>

namespace parvis {

/// A page of the window in one of its states.
struct GalleryPage {
    QString name;
    std::function<void(SampleWorld &)> prepare; ///< before the window opens
    std::function<void(Stage &)> act;           ///< in the window, by keys as far as that goes
    QSize size{1280, 800};
};

/// What most pages need to be prepared.
void signedIn(SampleWorld &world);

/// Opens the settings and presses a button there: by both languages' word for it, as only one is there.
[[nodiscard]] std::function<void(Stage &)> settingsAt(const QString &french, const QString &english);

/// Those about work on many keys, part of securityPages().
[[nodiscard]] QList<GalleryPage> keyWorkPages();
/// Those about keys, devices and identities.
[[nodiscard]] QList<GalleryPage> securityPages();

/// Those about what cannot be read, who can read, and one's own devices.
[[nodiscard]] QList<GalleryPage> encryptionPages();
/// Those about files that are joined, sent and saved.
[[nodiscard]] QList<GalleryPage> filePages();

/// Every page in every state, in the order of a person's first day.
[[nodiscard]] QList<GalleryPage> galleryPages();

/// Opens a page; null if it does not load.
QQuickWindow *show(Stage &stage, const GalleryPage &page);

} // namespace parvis
