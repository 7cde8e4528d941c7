# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests of the driver's pure functions share: one program, asked again and again."""
import base64
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

from driver import program
from json_lines import CommandError, JsonLines


def unpadded(data):
    return base64.b64encode(data).decode().rstrip("=")


def decoded(text):
    return base64.b64decode(text + "=" * (-len(text) % 4))


class FunctionCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="parvis-eval-")
        cls.lines = JsonLines([program(), "--profile", cls.folder.name, "--vault", "memory"],
                              name="parvis", nested=True)

    @classmethod
    def tearDownClass(cls):
        code = cls.lines.close()
        cls.folder.cleanup()
        assert code == 0, code

    def evaluate(self, what, **given):
        return self.lines.call("eval", what=what, input=given)

    def code(self, what, **given):
        """The code of the error that it answers."""
        with self.assertRaises(CommandError) as raised:
            self.evaluate(what, **given)
        return raised.exception.error["code"]
