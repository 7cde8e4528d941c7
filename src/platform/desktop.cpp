// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "platform/desktop.h"

#include <QtGlobal>

#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
#include "platform/freedesktop_notices.h"
#endif

namespace parvis {

std::unique_ptr<DesktopPort> makeDesktop()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return std::make_unique<FreedesktopNotices>();
#else
    return nullptr;
#endif
}

} // namespace parvis
