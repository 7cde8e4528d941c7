// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

#include <functional>

namespace parvis {

/// What the desktop shows beside its own windows: one conversation's news. All plain text.
struct DesktopNotice {
    QString key; ///< one with the same key takes its place
    QString title;
    QString body;
    QString readText; ///< the word for having read it; empty: nothing to be read

    bool operator==(const DesktopNotice &) const = default;
};

/// The desktop's own way to tell somebody who looks elsewhere. UI thread; nothing here waits.
class DesktopPort
{
public:
    enum class Act {
        Open,
        MarkRead,
        Gone, ///< nobody did anything with it: it was swept away, or its time was over
    };
    using Sink = std::function<void(const QString &key, Act act)>;

    virtual ~DesktopPort() = default;

    /// What somebody did with a notice, until the port dies.
    virtual void onAct(Sink sink) = 0;
    virtual void show(const DesktopNotice &notice) = 0;
    /// Takes it from the screen, and from where the desktop collects what was missed.
    virtual void close(const QString &key) = 0;
};

} // namespace parvis
