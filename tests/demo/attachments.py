# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures and files of the demo world, drawn on the spot: nothing binary in the repository."""
import struct
import zlib

WHITE, INK, PETROL, SAND = (250, 251, 252), (60, 72, 80), (21, 94, 117), (214, 190, 138)


class Canvas:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self._rows = [bytearray(WHITE * width) for _ in range(height)]

    def box(self, left, top, width, height, colour):
        left, top = max(0, left), max(0, top)
        width = min(width, self.width - left)
        for row in self._rows[top:top + height]:
            row[3 * left:3 * (left + width)] = bytes(colour) * width

    def png(self):
        def chunk(kind, data):
            check = zlib.crc32(kind + data)
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in self._rows), 9)
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels)
                + chunk(b"IEND", b""))


def bars():
    """Spending by month, against a line of what was planned."""
    canvas = Canvas(640, 360)
    for index, share in enumerate((0.31, 0.42, 0.38, 0.55, 0.61, 0.58, 0.72, 0.80)):
        height = int(share * 280)
        canvas.box(60 + index * 68, 320 - height, 44, height, PETROL)
    canvas.box(40, 320, 570, 2, INK)
    canvas.box(40, 30, 2, 290, INK)
    canvas.box(40, 140, 570, 2, SAND)
    return canvas


def rooms():
    """A plan: four groups of tables in a room with one door."""
    canvas = Canvas(640, 420)
    for left, top, width, height in ((20, 20, 600, 4), (20, 396, 600, 4), (20, 20, 4, 380),
                                     (616, 20, 4, 300)):
        canvas.box(left, top, width, height, INK)
    for left in (110, 370):
        for top in (80, 240):
            canvas.box(left, top, 160, 90, PETROL)
            for seat in range(4):
                canvas.box(left + 10 + seat * 38, top - 22, 24, 16, SAND)
                canvas.box(left + 10 + seat * 38, top + 96, 24, 16, SAND)
    return canvas


BUDGET = """poste;prévu;engagé
salle;1200;1200
repas;1750;1690
car;620;620
impressions et fleurs;400;60
"""


def attachment(name):
    """(bytes, MIME type, size in pixels or None)"""
    if name.endswith(".csv"):
        return BUDGET.encode(), "text/csv", None
    canvas = {"execution.png": bars, "plan-de-salle.png": rooms}[name]()
    return canvas.png(), "image/png", (canvas.width, canvas.height)
