// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A program has a source; this one is there for its precompiled headers alone.

int main()
{
    return 0;
}
