// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/desktop_port.h"

#include <QMap>

namespace parvis {

/// A desktop whose notices can be looked at, and clicked.
class FakeDesktopPort : public DesktopPort
{
public:
    void onAct(Sink sink) override { act = std::move(sink); }
    void show(const DesktopNotice &notice) override
    {
        ++shows;
        shown[notice.key] = notice;
    }
    void close(const QString &key) override { shown.remove(key); }

    Sink act;
    QMap<QString, DesktopNotice> shown;
    int shows = 0;
};

} // namespace parvis
