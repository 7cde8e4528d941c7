# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one refusal is, in the lists of refusal_list.py."""
from dataclasses import dataclass

CRYPTO = "src/crypto/"


@dataclass(frozen=True)
class Refusal:
    name: str
    path: str
    find: str
    replace: str
    tests: tuple


def refusal(name, path, find, replace, *tests):
    return Refusal(name, path if "/" in path else CRYPTO + path, find, replace, tests)


def never(name, path, condition, *tests):
    """`if (condition)` never holds."""
    return refusal(name, path, f"if ({condition})", f"if (false && ({condition}))", *tests)
