// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace parvis::driver {

/// What `eval` calls: the shipped code, with JSON around it.
using PureFunction = Result<QJsonValue> (*)(const QJsonObject &input);

/// The formats of encryption, by their names.
[[nodiscard]] const QHash<QString, PureFunction> &cryptoFunctions();
/// Key files and attachments, which are files elsewhere.
[[nodiscard]] const QHash<QString, PureFunction> &fileFunctions();

} // namespace parvis::driver
