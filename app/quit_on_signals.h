// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace parvis {

/// SIGTERM, SIGINT and SIGHUP end the program as closing its window does: what is being written is written,
/// files are closed. Needs the application object.
void quitOnSignals();

} // namespace parvis
