// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// Opens the page on which the server wants the person to agree, in the browser. It is the server's word:
/// only a page on the web is opened, and nothing that starts another program. False where it is none.
[[nodiscard]] bool openConsentPage(const QString &page);

} // namespace parvis
