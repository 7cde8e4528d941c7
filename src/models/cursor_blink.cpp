// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/cursor_blink.h"

#include <QEvent>
#include <QGuiApplication>
#include <QStyleHints>

namespace parvis {

namespace {

constexpr int steady = 0; // milliseconds: it never goes

bool isSomebody(QEvent::Type type)
{
    return type == QEvent::KeyPress || type == QEvent::InputMethod || type == QEvent::MouseButtonPress
        || type == QEvent::TouchBegin || type == QEvent::FocusIn;
}

} // namespace

CursorBlink::CursorBlink(std::chrono::milliseconds blinksFor, QObject *parent)
    : QObject(parent), m_systems(QGuiApplication::styleHints()->cursorFlashTime())
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(blinksFor);
    connect(&m_rest, &QTimer::timeout, this,
            [] { QGuiApplication::styleHints()->setCursorFlashTime(steady); });
    qGuiApp->installEventFilter(this);
    wake();
}

CursorBlink::~CursorBlink()
{
    QGuiApplication::styleHints()->setCursorFlashTime(m_systems);
}

void CursorBlink::wake()
{
    QGuiApplication::styleHints()->setCursorFlashTime(m_systems);
    m_rest.start();
}

bool CursorBlink::eventFilter(QObject *watched, QEvent *event)
{
    // A window hears of it before its items do: once is enough.
    if (isSomebody(event->type()) && watched->isWindowType())
        wake();
    return QObject::eventFilter(watched, event);
}

} // namespace parvis
