// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace parvis {

/// Makes Inter the font of the window, with colour emoji before the monochrome ones that fontconfig would
/// pick. Called once, after the application object is made.
void installFonts();

} // namespace parvis
