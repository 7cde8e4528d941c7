// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QImage>
#include <QString>

/// \file
/// QR codes as pictures: pure functions, any thread. What is read comes from strangers: sizes are bounded
/// before anything is decoded, and of pictures only those kinds are opened that a camera or a screen makes.
namespace parvis::qr {

/// Larger files are not opened, in bytes.
inline constexpr qint64 maxFileSize = 32 * 1024 * 1024;
/// Larger pictures are not decoded, in pixels.
inline constexpr qint64 maxPixels = 50'000'000;
/// What a code can hold at the level of error correction that we use, in bytes.
inline constexpr qsizetype maxBytes = 2331;

/// Draws @p bytes, which are no text, as one segment in byte mode: black on white, one pixel a module, with
/// the quiet border of four. To be enlarged without smoothing. PARVIS_QR_TOO_LONG; an empty code cannot be
/// read by anybody and fails alike.
[[nodiscard]] Result<QImage> draw(const QByteArray &bytes);

/// The bytes of the code in a picture. PARVIS_QR_NO_CODE; PARVIS_QR_TOO_LARGE.
[[nodiscard]] Result<QByteArray> read(const QImage &picture);

/// The same of a picture file (PNG, JPEG, WebP, BMP, GIF). PARVIS_QR_NO_PICTURE where it cannot be opened as
/// one.
[[nodiscard]] Result<QByteArray> readFile(const QString &path);

} // namespace parvis::qr
