// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/delay.h"

#include <QTimer>

namespace parvis {

void QtDelay::after(int ms, const QObject *context, std::function<void()> fn)
{
    QTimer::singleShot(ms, context, std::move(fn));
}

} // namespace parvis
