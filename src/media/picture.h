// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QImage>
#include <QSize>

class QIODevice;

/// Pictures from strangers: the bytes say what they are, never a name or a type, and only four formats are
/// ever handed to a decoder. SVG is a program, and is none of them. Any thread.
namespace parvis {

/// More is not decoded.
constexpr qint64 maxPicturePixels = 40'000'000;

/// "png", "jpeg", "gif" or "webp" by the first bytes; empty for anything else.
[[nodiscard]] QByteArray pictureFormat(QByteArrayView firstBytes);

/// As it is shown, that is turned where the picture says so; reads the head alone. Empty where @p file is no
/// picture of these formats. From where @p file stands, which is left somewhere else.
[[nodiscard]] QSize pictureSize(QIODevice &file);

/// The first frame, turned and scaled down to fit @p most. Null for what is no picture, is damaged or has
/// over maxPicturePixels.
[[nodiscard]] QImage decodePicture(const QByteArray &bytes, QSize most);

} // namespace parvis
