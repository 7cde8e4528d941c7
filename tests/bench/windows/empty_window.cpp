// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The least that a program with a Qt Quick window does before its first frame, and afterwards.
//
//   empty_window [--poll SERVER]      with the long poll of a client
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>

#include <memory>
#include <optional>

#include "long_poll.h"
#include "window_watch.h"

namespace {

/// Nothing is in it.
class Empty final : public parvis::bench::WatchedScreen
{
public:
    [[nodiscard]] bool showsRooms() override { return false; }
    [[nodiscard]] int rooms() override { return 0; }
    [[nodiscard]] bool open(int /*row*/) override { return false; }
    [[nodiscard]] bool showsMessages() override { return false; }
    [[nodiscard]] QQuickItem *messages() override { return nullptr; }
    [[nodiscard]] bool hasMore() override { return false; }
};

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import QtQuick\nWindow { visible: true; width: 1280; height: 800 }", {});
    const std::unique_ptr<QObject> made(component.create());
    auto *window = qobject_cast<QQuickWindow *>(made.get());
    if (!window)
        return 1;
    Empty empty;
    const parvis::bench::WindowWatch watch(*window, empty);
    std::optional<parvis::bench::LongPoll> poll;
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--poll"))
        poll.emplace(arguments.at(2)).start();
    return QGuiApplication::exec();
}
