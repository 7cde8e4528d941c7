// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace parvis {

/// Closes what the environment could open: folders that plugins and QML are loaded from, core dumps, and
/// (in release builds) other processes of the same person reading our memory. First thing in main().
void hardenProcess();

} // namespace parvis
