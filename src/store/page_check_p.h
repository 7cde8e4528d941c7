// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"

#include <QString>

namespace parvis::store {

/// True if the file is no whole number of pages, or the code of some page after the first fits the key: then
/// the key is the right one and the first page is what is wrong. Reads 64 pages at most.
[[nodiscard]] bool anyPageAuthenticates(const QString &path, const Secret &key);

} // namespace parvis::store
