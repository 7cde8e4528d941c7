// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/consent_page.h"

#include <QDesktopServices>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parvis {

bool openConsentPage(const QString &page)
{
    const QUrl address(page, QUrl::StrictMode);
    if (!address.isValid() || address.host().isEmpty() || address.scheme() != "https"_L1)
        return false;
    QDesktopServices::openUrl(address);
    return true;
}

} // namespace parvis
