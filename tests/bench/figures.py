# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Medians, spreads and exponents, and the table of them."""
import math
import statistics


class Series:
    """One figure, measured several times."""

    def __init__(self, values):
        self.values = sorted(values)

    @property
    def median(self):
        return statistics.median(self.values)

    def text(self, digits):
        low, high = (f"{value:.{digits}f}" for value in (self.values[0], self.values[-1]))
        middle = f"{self.median:.{digits}f}"
        return middle if low == high else f"{middle} ({low}–{high})"


def percentile(values, share):
    """What this share of the values does not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def exponent(points):
    """The slope of the best line through (rooms, seconds) on logarithmic scales; at least two of them."""
    x, y = ([math.log(value) for value in column] for column in zip(*points))
    return statistics.linear_regression(x, y).slope


def table(head, rows):
    """Markdown, with columns that are right in a terminal as well."""
    lines = [[str(cell) for cell in line] for line in [head, *rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    text = ["| " + " | ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                              for i, (cell, width) in enumerate(zip(line, widths))) + " |" for line in lines]
    rule = "|" + "|".join(("-" * (width + 1)) + ("-" if i == 0 else ":") for i, width in enumerate(widths)) + "|"
    return "\n".join([text[0], rule, *text[1:]])
