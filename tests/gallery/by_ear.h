// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "gallery/accessible_walk.h"
#include "gallery/stage.h"

#include <optional>

class QQuickItem;

namespace parvis {

/// What a screen reader calls this item; empty: nothing.
[[nodiscard]] QString spokenName(QQuickItem *item);

/// What it calls the one that has the keyboard.
[[nodiscard]] QString focusName(Stage &stage);

/// Somewhere in the window stands @p text.
[[nodiscard]] bool says(Stage &stage, const QString &text);

/// The first thing that can be used and has this name.
[[nodiscard]] std::optional<AccessibleNode> usable(Stage &stage, const QString &name);

/// Presses the first thing with this name, or that begins like it, as a screen reader does; false: there is
/// none.
[[nodiscard]] bool pressByEar(Stage &stage, const QString &name);

} // namespace parvis
