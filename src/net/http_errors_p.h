// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"

#include <QList>
#include <QNetworkReply>
#include <QSslError>

/// \file
/// What went wrong, in the words of this program.
namespace parvis {

/// @p error is not NoError, and there is no HTTP status. @p tlsErrors: what was wrong with the certificate.
[[nodiscard]] Error networkError(QNetworkReply::NetworkError error, const QList<QSslError> &tlsErrors);

/// True where the certificate is good but for its dates: then our own clock may be what is wrong.
[[nodiscard]] bool onlyDatesAreWrong(const QList<QSslError> &tlsErrors);

} // namespace parvis
