// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "window_watch.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QSocketNotifier>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parvis::bench {

namespace {

constexpr auto longest = 10s;

double clockMs(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double processMs()
{
    return clockMs(CLOCK_PROCESS_CPUTIME_ID);
}

} // namespace

QQuickItem *findItem(QQuickItem *item, const char *type, const char *property)
{
    if (item->inherits(type) && item->metaObject()->indexOfProperty(property) >= 0)
        return item;
    for (QQuickItem *child : item->childItems()) {
        if (QQuickItem *found = findItem(child, type, property))
            return found;
    }
    return nullptr;
}

bool showsRow(QQuickItem *list)
{
    if (!list || !list->isVisible() || list->property("count").toInt() == 0)
        return false;
    QQuickItem *row = nullptr;
    QMetaObject::invokeMethod(list, "itemAtIndex", Q_RETURN_ARG(QQuickItem *, row), Q_ARG(int, 0));
    return row && row->isVisible() && row->height() > 0;
}

WindowWatch::WindowWatch(QQuickWindow &window, WatchedScreen &screen) : m_window(window), m_screen(screen)
{
    connect(&window, &QQuickWindow::frameSwapped, this, &WindowWatch::swapped);
    auto *input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(input, &QSocketNotifier::activated, this, &WindowWatch::read);
    m_patience.setSingleShot(true);
    m_patience.setInterval(longest);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_onFrame = nullptr;
        tell("late");
    });
}

void WindowWatch::swapped()
{
    if (!m_framed) {
        m_framed = true;
        tell("frame", {{u"cpu"_s, processMs()}});
    }
    if (!m_listed && m_screen.showsRooms()) {
        m_listed = true;
        tell("list", {{u"cpu"_s, processMs()}});
    }
    if (m_onFrame)
        m_onFrame();
}

void WindowWatch::tell(const char *what, QJsonObject more)
{
    m_patience.stop();
    more["what"_L1] = QLatin1String(what);
    more["at"_L1] = clockMs(CLOCK_MONOTONIC) * 1e6;
    const QByteArray line = QJsonDocument(more).toJson(QJsonDocument::Compact) + '\n';
    (void)!::write(STDOUT_FILENO, line.constData(), size_t(line.size()));
}

void WindowWatch::read()
{
    char bytes[512];
    const auto count = ::read(STDIN_FILENO, bytes, sizeof(bytes));
    if (count <= 0) {
        QCoreApplication::quit();
        return;
    }
    m_typed += QByteArray(bytes, count);
    for (qsizetype end = m_typed.indexOf('\n'); end >= 0; end = m_typed.indexOf('\n')) {
        const QByteArray line = m_typed.first(end);
        m_typed.remove(0, end + 1);
        command(line);
    }
}

void WindowWatch::command(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.first() == "rooms")
        tell("rooms", {{u"count"_s, m_screen.rooms()}});
    else if (words.first() == "open" && words.size() == 2)
        open(words.at(1).toInt());
    else if (words.first() == "say" && words.size() == 2)
        say(QString::fromUtf8(words.at(1)));
    else if (words.first() == "scroll" && words.size() == 3)
        scroll(words.at(1).toInt(), words.at(2).toDouble() / 100);
    else if (const auto known = m_screen.answer(words))
        tell(words.first().constData(), *known);
    else
        tell("unknown");
}

void WindowWatch::begin(std::function<void()> onFrame)
{
    m_cpuBefore = processMs();
    m_uiBefore = threadMs();
    m_clockBefore = clockMs(CLOCK_MONOTONIC);
    m_onFrame = std::move(onFrame);
    m_patience.start();
}

void WindowWatch::finish(const char *what, QJsonObject more)
{
    more["cpu"_L1] = processMs() - m_cpuBefore;
    more["ui"_L1] = threadMs() - m_uiBefore;
    more["took"_L1] = clockMs(CLOCK_MONOTONIC) - m_clockBefore;
    m_onFrame = nullptr;
    tell(what, std::move(more));
}

void WindowWatch::open(int row)
{
    begin([this] {
        if (m_screen.showsMessages())
            finish("open", {{u"rows"_s, m_screen.messages()->property("count").toInt()}});
    });
    if (!m_screen.open(row))
        finish("late");
}

void WindowWatch::say(const QString &text)
{
    if (!m_screen.type(text)) {
        tell("late");
        return;
    }
    begin([this] {
        if (m_screen.showsTyped())
            finish("say");
    });
    // By way of the event queue, as from the keyboard.
    for (const auto kind : {QEvent::KeyPress, QEvent::KeyRelease})
        QCoreApplication::postEvent(&m_window, new QKeyEvent(kind, Qt::Key_Return, Qt::NoModifier));
}

void WindowWatch::scroll(int frames, double share)
{
    QQuickItem *list = m_screen.messages();
    if (!list || frames <= 0) {
        tell("unknown");
        return;
    }
    m_screen.leaveNewest();
    m_stepsLeft = frames;
    m_clockBefore = clockMs(CLOCK_MONOTONIC);
    m_step = list->height() * share;
    m_frames = {};
    m_moved = false;
    m_rows = list->property("count").toInt();
    m_uiBefore = threadMs();
    m_onFrame = [this] { stepDrawn(); };
    nextStep();
}

void WindowWatch::nextStep()
{
    QQuickItem *list = m_screen.messages();
    const double top = list->property("originY").toDouble();
    const double now = list->property("contentY").toDouble();
    if (now <= top && !m_screen.hasMore()) {
        finishScroll();
        return;
    }
    m_patience.start();
    if (now <= top) { // what was asked for is on its way, and this thread waits
        QTimer::singleShot(1ms, this, &WindowWatch::nextStep);
        return;
    }
    m_moved = true;
    list->setProperty("contentY", std::max(top, now - m_step));
    m_window.update();
}

void WindowWatch::stepDrawn()
{
    // From one frame to the next, whatever this thread did in between. A frame in which nothing moves and
    // nothing comes, as one of a spinner, is none of scrolling.
    const double now = threadMs();
    const int rows = m_screen.messages()->property("count").toInt();
    const bool moved = std::exchange(m_moved, false);
    if (moved || rows != m_rows) {
        m_frames.append(now - m_uiBefore);
        --m_stepsLeft;
    }
    m_rows = rows;
    m_uiBefore = now;
    if (m_stepsLeft <= 0)
        finishScroll();
    else if (moved)
        QTimer::singleShot(0, this, &WindowWatch::nextStep);
}

void WindowWatch::finishScroll()
{
    m_onFrame = nullptr;
    tell("scroll",
         {{u"frames"_s, m_frames},
          {u"took"_s, clockMs(CLOCK_MONOTONIC) - m_clockBefore},
          {u"rows"_s, m_screen.messages()->property("count").toInt()}});
}

} // namespace parvis::bench
