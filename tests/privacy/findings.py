# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where on the disk a text is found that should be nowhere, and what of the keyring counts as one."""
import base64
import os

import keyring
from needles import forms


def content(path):
    if os.path.islink(path):
        return os.fsencode(os.readlink(path))
    if not os.path.isfile(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def everything_in(folders):
    return {os.path.join(root, name) for folder in folders for root, folders_in, files in os.walk(folder)
            for name in (*folders_in, *files)}


def findings(paths, needles, read=content):
    """{(path, needle, form)}; a file's name is searched like its content."""
    wanted = [(name, form, sought) for name, needle in needles.items() for form, sought in forms(needle).items()]
    found = set()
    for path in paths:
        data = os.fsencode(path) + b"\n" + read(path)
        found.update((path, name, form) for name, form, sought in wanted if sought in data)
    return found


def keyring_secrets():
    """{name: needle}: what Parvis keeps in the keyring, the key of all that it writes."""
    needles = {}
    for number, secret in enumerate(keyring.secrets()):
        needles[f"secret {number} of the keyring"] = secret
        needles[f"bytes of secret {number} of the keyring"] = base64.b64decode(secret)
    return needles
