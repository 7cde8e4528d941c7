// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"

#include <QQuickItem>

#include <algorithm>

namespace parvis {

namespace {

template <typename Fn>
bool pressIn(QAccessibleInterface *node, Fn matches)
{
    if (!node || node->state().invisible)
        return false;
    if (node->actionInterface() && matches(node->text(QAccessible::Name))
        && node->role() != QAccessible::StaticText) {
        node->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        return true;
    }
    for (int i = 0; i < node->childCount(); ++i) {
        if (pressIn(node->child(i), matches))
            return true;
    }
    return false;
}

} // namespace

QString spokenName(QQuickItem *item)
{
    auto *found = item ? QAccessible::queryAccessibleInterface(item) : nullptr;
    return found ? found->text(QAccessible::Name) : QString();
}

QString focusName(Stage &stage)
{
    return spokenName(stage.window()->activeFocusItem());
}

bool says(Stage &stage, const QString &text)
{
    const auto nodes = accessibleNodes(*stage.window());
    return std::any_of(nodes.cbegin(), nodes.cend(), [&](const auto &n) { return n.name.contains(text); });
}

std::optional<AccessibleNode> usable(Stage &stage, const QString &name)
{
    const auto nodes = accessibleNodes(*stage.window());
    const auto found = std::find_if(nodes.cbegin(), nodes.cend(),
                                    [&](const auto &n) { return n.interactive() && n.name == name; });
    return found == nodes.cend() ? std::nullopt : std::optional(*found);
}

bool pressByEar(Stage &stage, const QString &name)
{
    auto *window = QAccessible::queryAccessibleInterface(stage.window());
    const bool pressed = pressIn(window, [&](const QString &one) { return one == name; })
        || pressIn(window, [&](const QString &one) { return one.startsWith(name); });
    stage.settle();
    return pressed;
}

} // namespace parvis
