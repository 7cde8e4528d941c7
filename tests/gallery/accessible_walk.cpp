// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/accessible_walk.h"

#include <QHash>
#include <QMetaObject>
#include <QQuickWindow>
#include <QSet>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

bool isControl(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::EditableText:
    case QAccessible::Slider:
    case QAccessible::MenuItem:
    case QAccessible::Link:
        return true;
    default:
        return false;
    }
}

bool isPressed(QAccessible::Role role)
{
    return role == QAccessible::Button || role == QAccessible::ButtonMenu || role == QAccessible::CheckBox
        || role == QAccessible::RadioButton || role == QAccessible::MenuItem;
}

void collect(QAccessibleInterface *node, QList<AccessibleNode> &all)
{
    if (!node || !node->isValid() || node->state().invisible)
        return;
    AccessibleNode found;
    found.role = node->role();
    found.name = node->text(QAccessible::Name);
    found.description = node->text(QAccessible::Description);
    found.state = node->state();
    found.rect = node->rect();
    if (auto *actions = node->actionInterface())
        found.actions = actions->actionNames();
    found.object = node->object();
    if (node->object())
        found.item = QString::fromLatin1(node->object()->metaObject()->className()).section(u"_QML"_s, 0, 0);
    all += found;
    for (int i = 0; i < node->childCount(); ++i)
        collect(node->child(i), all);
}

/// What a screen reader must call our controls: Qt overwrites the role of some when accessibility wakes up.
QAccessible::Role dueRole(const AccessibleNode &node)
{
    static const QHash<QString, QAccessible::Role> roles{
        {u"IconButton"_s, QAccessible::Button},      {u"NewestButton"_s, QAccessible::Button},
        {u"PrimaryButton"_s, QAccessible::Button},   {u"SecondaryButton"_s, QAccessible::Button},
        {u"DangerButton"_s, QAccessible::Button},    {u"LinkButton"_s, QAccessible::Button},
        {u"HomeButton"_s, QAccessible::Button},      {u"AccountButton"_s, QAccessible::Button},
        {u"FilterPill"_s, QAccessible::RadioButton}, {u"ChoiceRow"_s, QAccessible::RadioButton},
        {u"Toggle"_s, QAccessible::CheckBox},        {u"TextScaleSlider"_s, QAccessible::Slider},
        {u"MenuRow"_s, QAccessible::MenuItem},       {u"SearchEntry"_s, QAccessible::EditableText},
    };
    return roles.value(node.item, node.role);
}

QString described(const AccessibleNode &node)
{
    return u"%1 “%2” at %3,%4 (%5)"_s.arg(QString::number(node.role), node.name)
        .arg(node.rect.x())
        .arg(node.rect.y())
        .arg(node.item);
}

} // namespace

bool AccessibleNode::control() const
{
    return isControl(role);
}

bool AccessibleNode::interactive() const
{
    return isControl(role)
        || (state.focusable && role != QAccessible::Window && role != QAccessible::Application);
}

QList<AccessibleNode> accessibleNodes(QQuickWindow &window)
{
    QList<AccessibleNode> all;
    collect(QAccessible::queryAccessibleInterface(&window), all);
    return all;
}

QStringList accessibleFaults(const QList<AccessibleNode> &nodes)
{
    QStringList faults;
    QSet<QString> seen;
    for (const auto &node : nodes) {
        if (!node.interactive())
            continue;
        if (node.role == QAccessible::NoRole || node.role == QAccessible::Client)
            faults += u"no role: "_s + described(node);
        if (node.role != dueRole(node))
            faults += u"another role than %1: "_s.arg(dueRole(node)) + described(node);
        if (node.name.trimmed().isEmpty())
            faults += u"no name: "_s + described(node);
        if (isPressed(node.role) && !node.actions.contains(QAccessibleActionInterface::pressAction()))
            faults += u"no press action: "_s + described(node);
        if (!isControl(node.role))
            continue;
        const auto key = QString::number(node.role) + node.name;
        if (seen.contains(key))
            faults += u"the name is taken: "_s + described(node);
        seen += key;
    }
    return faults;
}

} // namespace parvis
