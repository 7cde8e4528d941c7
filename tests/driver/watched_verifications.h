// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/verification_port.h"

#include <QObject>

#include <functional>

#include "line_protocol.h"

namespace parvis::driver {

/// The verifications as the window sees them: announces what changes, and lets commands wait. Main thread.
class WatchedVerifications : public QObject
{
    Q_OBJECT

public:
    WatchedVerifications(VerificationPort &port, LineProtocol &protocol);

    [[nodiscard]] const QList<VerificationInfo> &all() const { return m_all; }
    /// The newest one for which @p matches, now or later. PARVIS_NO_SUCH_VERIFICATION as soon as
    /// @p hopeless is true of it instead.
    using Test = std::function<bool(const VerificationInfo &)>;
    [[nodiscard]] Task<VerificationInfo> wait(Test matches, Test hopeless = {});

Q_SIGNALS:
    void changed();

private:
    void take(const QList<VerificationInfo> &now, LineProtocol &protocol);

    QList<VerificationInfo> m_all;
};

} // namespace parvis::driver
