// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "policy/policy.h"

#include <QNetworkProxy>
#include <QSslConfiguration>

namespace parvis {

/// How connections are made: what the administrator said, in Qt's terms.
struct NetworkRules {
    enum class ProxyKind { System, None, Manual };

    QSslConfiguration tls; ///< TLS 1.2 at least, the system's authorities and the extra file's
    ProxyKind proxyKind = ProxyKind::System;
    QNetworkProxy proxy; ///< with Manual
    /// Set where the policy's CA file cannot be read: then no request is sent, and each answers this.
    std::optional<Error> problem;

    NetworkRules();
    explicit NetworkRules(const policy::Policy &policy);
};

} // namespace parvis
