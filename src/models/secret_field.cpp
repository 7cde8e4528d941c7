// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/secret_field.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QQuickItem>
#include <QQuickWindow>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr const char *nameProperty = "secretName";

/// What assistive technology learns of a secret: its name, its place and whether it has the keyboard; of the
/// text, nothing.
class SecretField final : public QAccessibleObject, public QAccessibleActionInterface
{
public:
    explicit SecretField(QQuickItem *item) : QAccessibleObject(item) {}

    [[nodiscard]] QWindow *window() const override { return item() ? item()->window() : nullptr; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::EditableText; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }

    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        for (auto *above = item() ? item()->parentItem() : nullptr; above; above = above->parentItem()) {
            if (auto *found = QAccessible::queryAccessibleInterface(above))
                return found;
        }
        return window() ? QAccessible::queryAccessibleInterface(window()) : nullptr;
    }

    [[nodiscard]] QRect rect() const override
    {
        if (!item())
            return {};
        const QPointF corner = item()->mapToGlobal(QPointF(0, 0));
        return QRectF(corner, item()->size()).toRect();
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invisible = !item() || !item()->isVisible();
        state.disabled = item() && !item()->isEnabled();
        state.focusable = true;
        state.focused = item() && item()->hasActiveFocus();
        state.editable = true;
        state.passwordEdit = true;
        return state;
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (object() && kind == QAccessible::Name)
            return object()->property(nameProperty).toString();
        return object() && kind == QAccessible::Description ? object()->property("secretHint").toString()
                                                            : QString();
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override { return {setFocusAction()}; }
    [[nodiscard]] QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &name) override
    {
        if (name == setFocusAction() && item())
            item()->forceActiveFocus();
    }

private:
    [[nodiscard]] QQuickItem *item() const { return qobject_cast<QQuickItem *>(object()); }
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    // By the property, not by its value: this is asked before the value is there.
    auto *item = qobject_cast<QQuickItem *>(object);
    return item && item->metaObject()->indexOfProperty(nameProperty) >= 0 ? new SecretField(item) : nullptr;
}

} // namespace

void installSecretFields()
{
    QAccessible::installFactory(make);
}

} // namespace parvis
