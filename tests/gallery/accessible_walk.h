// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QAccessible>
#include <QList>
#include <QRect>
#include <QString>

class QQuickWindow;

namespace parvis {

/// What a screen reader finds in a window.
struct AccessibleNode {
    QAccessible::Role role = QAccessible::NoRole;
    QString name;
    QString description;
    QAccessible::State state;
    QStringList actions;
    QRect rect;
    QString item;              ///< the QML type, to find it again
    QObject *object = nullptr; ///< the item itself; it may be gone after the next event

    [[nodiscard]] bool interactive() const;
    /// Something that a person changes or sets off, and not just a line that can be read.
    [[nodiscard]] bool control() const;
};

/// Every shown node of the window, in the order of the tree. Needs QAccessible::setActive before the window.
[[nodiscard]] QList<AccessibleNode> accessibleNodes(QQuickWindow &window);

/// What is wrong with them, as sentences; empty: nothing.
[[nodiscard]] QStringList accessibleFaults(const QList<AccessibleNode> &nodes);

} // namespace parvis
