// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace parvis {

/// Gives password fields a name for screen readers: Qt 6.4 hides whatever name such a field was given. A
/// field says by its property "secretName" that it is one. Once, before the first window.
void installSecretFields();

} // namespace parvis
