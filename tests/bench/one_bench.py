# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a bench of one table runs from the command line."""
import json
import sys

from driver import program


def run(name, options, measure, report, mistakes=lambda result: ()):
    """Measures as `options` say, refuses a result with `mistakes`, keeps it where --json says, and reports it."""
    if not program():
        sys.exit(f"{name}: no parvis-driver (PARVIS_DRIVER)")
    result = measure(options)
    if wrong := mistakes(result):
        sys.exit(f"{name}: " + "\n".join(wrong))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(result, file)
    report(result)
