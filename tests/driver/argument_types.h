// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QJsonObject>
#include <QString>

namespace parvis::driver {

/// The first argument of @p command that is of a wrong JSON type ("room: a string"); empty when all are
/// right. A name means the same type in every command, and null means: not given.
[[nodiscard]] QString wrongArgument(const QString &command, const QJsonObject &args);

} // namespace parvis::driver
