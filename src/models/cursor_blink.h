// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace parvis {

/// Lets the text cursor blink while somebody is there, and stand still from some seconds after the last key
/// or click on, as GTK does: each time that it blinks, the window wakes twice and draws. UI thread; one a
/// program, after the QGuiApplication.
class CursorBlink : public QObject
{
public:
    static constexpr std::chrono::milliseconds usually{10'000};

    explicit CursorBlink(std::chrono::milliseconds blinksFor = usually, QObject *parent = nullptr);
    ~CursorBlink() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void wake();

    const int m_systems; ///< milliseconds from one appearance to the next, as the system has it
    QTimer m_rest;
};

} // namespace parvis
