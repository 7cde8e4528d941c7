# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A test run that cannot hang: after so many seconds it says where it is and dies.

What it had started dies with it (standard input of each server and peer closes).
"""
import faulthandler


def arm(seconds):
    faulthandler.dump_traceback_later(seconds, exit=True)
