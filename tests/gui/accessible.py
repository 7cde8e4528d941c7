# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a screen reader needs of every element that can be used: a role, and a name that no other one has."""

CONTROLS = {"push button", "toggle button", "check box", "radio button", "combo box", "text", "entry",
            "password text", "slider", "menu item", "link", "button menu", "popup menu"}
NO_ROLE = {"", "unknown", "invalid", "filler"}


def interactive(element):
    return element.role in CONTROLS or (element.focusable and element.role not in ("frame", "application"))


def faults(elements):
    """As sentences; none: nothing is wrong."""
    found, taken = [], set()
    for element in filter(interactive, elements):
        if element.role in NO_ROLE:
            found.append(f"no role: {element}")
        if not element.name.strip():
            found.append(f"no name: {element}")
        if element.role in CONTROLS:
            if (element.role, element.name) in taken:
                found.append(f"the name is taken: {element}")
            taken.add((element.role, element.name))
    return found
