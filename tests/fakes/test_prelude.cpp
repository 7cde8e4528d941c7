// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A library has a source; this one is there for its precompiled headers alone.
