// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QJsonObject>
#include <QString>

namespace parvis::driver {

/// What is wrong with the arguments of @p command, which exists: one of a wrong JSON type ("room: a string"),
/// one that the command does not take ("via: does not exist yet"), one that it needs ("room: missing"); empty
/// when all are right. A name means the same type in every command, and null means: not given.
[[nodiscard]] QString wrongArgument(const QString &command, const QJsonObject &args);

} // namespace parvis::driver
