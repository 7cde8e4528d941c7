// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "policy/policy.h"

#include <QByteArrayView>
#include <QJsonObject>

namespace parvis::policy {

inline constexpr char systemPolicyPath[] = "/etc/parvis/policy.json";

/// What came of a policy file: always a policy, never weaker than what it locks.
struct Reading {
    Policy policy;
    QList<Mistake> mistakes;
};

/// Reads the file's text. What cannot be read is named; a lock that cannot be read stays, at its safest
/// value.
[[nodiscard]] Reading readPolicy(QByteArrayView text);

/// Reads @p path; a file that is not there is an empty policy. One that cannot be read, or that anyone may
/// change, puts every sensitive key at its safest value.
[[nodiscard]] Reading readPolicyFile(const QString &path);

/// The answer of the driver's `eval policy_file`: {keys: {name: {value, source, locked}}, mistakes: [...]}.
[[nodiscard]] QJsonObject toJson(const Reading &reading);

} // namespace parvis::policy
