// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/sample_world.h"
#include "models/ui_language.h"

#include <QQmlApplicationEngine>
#include <QQuickWindow>

namespace parvis {

/// How a page of the gallery is looked at.
struct Look {
    QString language = QStringLiteral("fr");
    bool dark = false;
    int textScale = 100;
    QSize size{1280, 800};
    QString importPath; ///< QML from a folder instead of what was compiled in, to see changes at once
};

/// The window over the sample world, as the application builds it over the core.
class Stage
{
public:
    explicit Stage(const Look &look);

    /// Opens the window; null if it does not load. What is prepared in the world comes before.
    QQuickWindow *open(const QString &module = QStringLiteral("Shell"),
                       const QString &type = QStringLiteral("Main"));
    /// Lets the window come to rest: layouts, focus, the first frame.
    void settle();
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString &text);
    /// Searches the room by its name and opens it, by keys.
    void goTo(const RoomId &room);
    /// Calls a function of the item with this object name, where keys would hide what is shown.
    void call(const QString &item, const char *function);

    SampleWorld world;

    [[nodiscard]] AppModel &app() { return *m_app; }
    [[nodiscard]] QQuickWindow *window() { return m_window; }

private:
    Look m_look;
    std::unique_ptr<AppModel> m_app;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    std::unique_ptr<UiLanguage> m_language;
    QQuickWindow *m_window = nullptr;
};

} // namespace parvis
