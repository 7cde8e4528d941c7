# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Parvis keeps in the keyring of the session, read and put back with secret-tool."""
import subprocess

COUNT = "-generation"  # how often the account was opened lies under this name: a number, no secret


def entries():
    """[{attribute: value, "secret": ...}], one for each entry."""
    told = subprocess.run(["secret-tool", "search", "--all", "--unlock", "server", "Parvis"],
                          capture_output=True, text=True, check=True)
    # The attributes come on another stream than the secrets: an entry's own are asked for by its name.
    users = [line.removeprefix("attribute.user = ") for line in (told.stdout + told.stderr).splitlines()
             if line.startswith("attribute.user = ")]
    return [_entry(user) for user in users]


def secrets():
    """The texts that open something."""
    return [entry["secret"] for entry in entries() if not entry["user"].endswith(COUNT)]


def clear():
    subprocess.run(["secret-tool", "clear", "server", "Parvis"], check=True)


def put_back(kept):
    for entry in kept:
        attributes = [word for name, value in entry.items() if name != "secret"
                      for word in (name, value)]
        subprocess.run(["secret-tool", "store", "--label", "Parvis", *attributes], check=True, text=True,
                       input=entry["secret"])


def _entry(user):
    told = subprocess.run(["secret-tool", "search", "server", "Parvis", "user", user], capture_output=True,
                          text=True, check=True)
    entry = {}
    for line in (told.stdout + "\n" + told.stderr).splitlines():
        name, _, value = line.partition(" = ")
        if name == "secret" or name.startswith("attribute."):
            entry[name.removeprefix("attribute.")] = value
        elif name == "schema":  # without it the entry is another one, beside the one that is written next
            entry["xdg:schema"] = value
    return entry
