// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/stage.h"

#include "models/icon_provider.h"

#include <QQuickItem>
#include <QTest>

using namespace Qt::StringLiterals;

namespace parvis {

Stage::Stage(const Look &look) : m_look(look)
{
    auto settings = world.settings.settings.get();
    settings.language.value = look.language;
    settings.theme.value = look.dark ? ThemeChoice::Dark : ThemeChoice::Light;
    settings.textScale.value = look.textScale;
    world.settings.settings.set(settings);
    // Nothing turns: a picture is the same each time.
    world.settings.look.set({.dark = look.dark, .reduceMotion = true});
    world.settings.window.width = look.size.width();
    world.settings.window.height = look.size.height();
}

QQuickWindow *Stage::open(const QString &module, const QString &type)
{
    m_app = std::make_unique<AppModel>(world.ports(), world.clock);
    m_engine = std::make_unique<QQmlApplicationEngine>();
    m_engine->addImageProvider(u"icon"_s, new IconProvider);
    m_engine->addImportPath(u"qrc:/qt/qml"_s);
    auto url = QUrl(u"qrc:/qt/qml/Parvis/%1/%2.qml"_s.arg(module, type));
    if (!m_look.importPath.isEmpty() && module != "Gallery"_L1) {
        m_engine->addImportPath(m_look.importPath);
        url = QUrl::fromLocalFile(u"%1/Parvis/%2/%3.qml"_s.arg(m_look.importPath, module, type));
    } else if (!m_look.importPath.isEmpty()) {
        m_engine->addImportPath(m_look.importPath);
    }
    m_language = std::make_unique<UiLanguage>(*m_app, *m_engine);
    m_engine->setInitialProperties({{u"app"_s, QVariant::fromValue(m_app.get())}});
    m_engine->load(url);
    if (m_engine->rootObjects().isEmpty())
        return nullptr;
    m_window = qobject_cast<QQuickWindow *>(m_engine->rootObjects().first());
    m_window->resize(m_look.size);
    m_window->requestActivate();
    settle();
    return m_window;
}

void Stage::settle()
{
    if (!QTest::qWaitForWindowActive(m_window, 2000))
        qWarning("The window did not become active");
    QTest::qWait(60); // a frame and what it asks for
}

void Stage::press(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_window, Qt::Key(key), modifiers);
    QTest::qWait(20);
}

void Stage::type(const QString &text)
{
    for (const auto c : text)
        QTest::sendKeyEvent(QTest::Click, m_window, Qt::Key_unknown, QString(c), Qt::NoModifier);
    QTest::qWait(20);
}

void Stage::goTo(const RoomId &room)
{
    press(Qt::Key_K, Qt::ControlModifier);
    type(world.timeline.conversation(room).header.get().name);
    press(Qt::Key_Return);
    settle();
}

void Stage::call(const QString &item, const char *function)
{
    QList<QQuickItem *> all{m_window->contentItem()};
    while (!all.isEmpty()) {
        auto *next = all.takeFirst();
        if (next->objectName() == item) {
            QMetaObject::invokeMethod(next, function);
            break;
        }
        all += next->childItems(); // QObject children miss what a Repeater made
    }
    settle();
}

} // namespace parvis
