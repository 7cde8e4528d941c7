// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTimer>

#include <functional>
#include <optional>

#include "numbers.h"

namespace parvis::bench {

/// What a window that is measured can show, whichever program it belongs to.
class WatchedScreen
{
public:
    virtual ~WatchedScreen() = default;

    /// The list of rooms is on the screen, with rooms in it.
    [[nodiscard]] virtual bool showsRooms() = 0;
    [[nodiscard]] virtual int rooms() = 0;
    /// Begins to show the conversation in that row of the list; false: there is none.
    [[nodiscard]] virtual bool open(int row) = 0;
    /// Messages of the conversation that was opened last are on the screen.
    [[nodiscard]] virtual bool showsMessages() = 0;
    /// The ListView of the messages, drawn from the bottom up; null: there is none yet.
    [[nodiscard]] virtual QQuickItem *messages() = 0;
    /// Somebody scrolls up: what comes must not bring them back.
    virtual void leaveNewest() {}
    /// Asks for what lies further up than the messages that are there; false: nothing does.
    [[nodiscard]] virtual bool hasMore() = 0;
    /// Puts a message into the field of the open conversation; the key that sends it comes from outside.
    /// False: there is no such field.
    [[nodiscard]] virtual bool type(const QString & /*text*/) { return false; }
    /// What was typed last is the newest line on the screen.
    [[nodiscard]] virtual bool showsTyped() { return false; }
    /// A command that only this program knows; nothing: it does not.
    [[nodiscard]] virtual std::optional<QJsonObject> answer(const QList<QByteArray> & /*words*/)
    {
        return std::nullopt;
    }
};

inline constexpr const char *listView = "QQuickListView";

/// The first item of this class of Qt, below @p item, that has a property of this name.
[[nodiscard]] QQuickItem *findItem(QQuickItem *item, const char *type, const char *property);
/// A row of @p list is on the screen.
[[nodiscard]] bool showsRow(QQuickItem *list);

/// Says what frames of a window cost, one JSON object a line on standard output. By itself: `frame` for the
/// first one, and `list` for the first one with rooms in it. On a line of standard input: `rooms`; `open
/// ROW`; `say WORD`, with the key that sends it; `scroll FRAMES PERCENT`, up the conversation by so much of
/// its height a frame; or what WatchedScreen::answer() knows. `late`: what was asked for did not come. It
/// ends with standard input.
///
/// `cpu` is the milliseconds of processor time of the whole process, `ui` of this thread alone, `took` by
/// the clock, and `at` the moment in nanoseconds of the monotonic clock.
class WindowWatch : public QObject
{
public:
    WindowWatch(QQuickWindow &window, WatchedScreen &screen);

private:
    void swapped();
    void read();
    void command(const QByteArray &line);
    void open(int row);
    void say(const QString &text);
    void begin(std::function<void()> onFrame);
    void finish(const char *what, QJsonObject more = {});
    void scroll(int frames, double share);
    void nextStep();
    void stepDrawn();
    void finishScroll();
    void tell(const char *what, QJsonObject more = {});

    QQuickWindow &m_window;
    WatchedScreen &m_screen;
    QByteArray m_typed;
    bool m_framed = false;
    bool m_listed = false;
    QTimer m_patience;               ///< what was asked for does not come
    std::function<void()> m_onFrame; ///< what is waited for, looked at after each frame
    double m_cpuBefore = 0;
    double m_uiBefore = 0;
    double m_clockBefore = 0;
    // Of scrolling
    int m_stepsLeft = 0;
    int m_rows = 0;
    bool m_moved = false; ///< since the last frame
    double m_step = 0;
    QJsonArray m_frames;
};

} // namespace parvis::bench
