// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

#include <initializer_list>
#include <string_view>

namespace parvis {

/// Canonical JSON (specification, appendix "Canonical JSON"): what signatures are made over. Works on the
/// bytes as they came, because unknown members and exact integers are signed too.
///
/// PARVIS_BAD_JSON for what is no JSON, is not UTF-8, repeats a key, has half a surrogate pair, nests deeper
/// than 100, or has a number that is no integer in -(2^53)+1 .. 2^53-1. Any thread.
[[nodiscard]] Result<QByteArray> canonicalJson(QByteArrayView json);

/// The same without some members of the outermost object; PARVIS_BAD_JSON where it is no object.
[[nodiscard]] Result<QByteArray> canonicalJsonWithout(QByteArrayView json,
                                                      std::initializer_list<std::string_view> members);

/// For what we build ourselves. Fails where a number is no integer.
[[nodiscard]] Result<QByteArray> canonicalJson(const QJsonObject &object);

} // namespace parvis
