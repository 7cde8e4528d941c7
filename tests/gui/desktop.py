# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person at the screen, for tests: reads a program's window through AT-SPI, types through XTEST, takes pictures.

Needs a session such as cmake/dev/session.sh makes, and Debian's own Python (/usr/bin/python3 has gi).
Reading never acts: what is typed goes to whatever has the keyboard, as it would for a person.
"""
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib


class Element:
    """One thing of the window as a screen reader would know it, at the moment of reading."""

    def __init__(self, accessible):
        self.role = accessible.get_role_name()
        self.name = accessible.get_name() or ""
        states = accessible.get_state_set()
        self.focused = states.contains(Atspi.StateType.FOCUSED)
        self.focusable = states.contains(Atspi.StateType.FOCUSABLE)
        self.checked = states.contains(Atspi.StateType.CHECKED)
        self.enabled = states.contains(Atspi.StateType.ENABLED)
        self.text = ""
        if "Text" in accessible.get_interfaces():
            count = Atspi.Text.get_character_count(accessible)
            self.text = Atspi.Text.get_text(accessible, 0, count)

    def __repr__(self):
        return f"{self.role} '{self.name}'" + (f" = '{self.text}'" if self.text else "")


class Window:
    """The window of the program with this process id."""

    def __init__(self, pid):
        self.pid = pid
        self._shown = None

    def elements(self):
        """Everything in the window that a screen reader would find, in its order."""
        found = []
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application and application.get_process_id() == self.pid:
                application.clear_cache()
                self._walk(application, found)
        return found

    def _walk(self, accessible, found):
        for i in range(accessible.get_child_count()):
            child = accessible.get_child_at_index(i)
            if child is None:
                continue
            try:
                if not child.get_state_set().contains(Atspi.StateType.SHOWING):
                    continue  # nor is what is in it
                found.append(Element(child))
                self._walk(child, found)
            except GLib.Error:
                continue  # gone while it was being read

    def find(self, part=None, role=None, focused=None):
        for element in self.elements():
            if (part is None or part in element.name) and (role is None or element.role == role) \
                    and (focused is None or element.focused == focused):
                return element
        return None

    def wait(self, what, condition, seconds=30):
        """Until condition() gives something; reads again and again, since events may be missed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = condition()
                if found:
                    return found
            except GLib.Error:
                pass  # the program is not on the bus yet, or the tree changed meanwhile
            time.sleep(0.1)
        raise TimeoutError(f"{what}: not within {seconds} s. The window has:\n"
                           + "\n".join(f"  {element}" for element in self.elements()))

    def wait_for(self, part=None, role=None, focused=None, seconds=30):
        wanted = " ".join(str(word) for word in (role, part and repr(part), focused and "focused") if word)
        return self.wait(wanted, lambda: self.find(part, role, focused), seconds)

    def focused(self):
        """The innermost: what is around it says that it has the keyboard, too."""
        return next((element for element in reversed(self.elements()) if element.focused), None)

    def has_keyboard(self, name, role=None, seconds=30):
        """Waits until what has this name has the keyboard."""
        return self.wait(f"the keyboard at '{name}'", lambda: next(
            (element for element in self.elements() if element.focused and element.name == name
             and role in (None, element.role)), None), seconds)

    def tab_to(self, part, steps=40, key="Tab"):
        """Presses the key until something with this in its name has the keyboard."""
        for _ in range(steps):
            focused = self.focused()
            if focused and part in focused.name:
                return focused
            keys(key)
        raise AssertionError(f"{steps} times {key} do not lead to '{part}' but to {self.focused()}")

    def wait_shown(self, seconds=30):
        """Until the window is there and has the keyboard."""
        out = self.wait("a window", lambda: _xdotool("search", "--onlyvisible", "--pid", str(self.pid)), seconds)
        self._shown = out.split()[-1]
        _xdotool("windowactivate", "--sync", self._shown)

    def ground(self):
        """How light the window's last corner is, 0 to 255."""
        done = subprocess.run(["import", "-window", self._shown, "-gravity", "SouthEast", "-crop", "1x1+2+2",
                               "-format", "%[fx:round(255*intensity)]", "info:"], check=True, timeout=30,
                              capture_output=True, text=True)
        return int(done.stdout)

    def picture(self, path):
        _xdotool("mousemove", "9999", "9999")  # nothing is pointed at
        subprocess.run(["import", "-window", self._shown, str(path)], check=True, timeout=30)


def _xdotool(*arguments):
    done = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, timeout=30, check=False)
    return done.stdout.strip()


def wait_window(name, seconds=30):
    """Until a window of this class, of whatever program, is there and has the keyboard."""
    end = time.monotonic() + seconds
    while not (shown := _xdotool("search", "--onlyvisible", "--class", name).split()):
        if time.monotonic() > end:
            raise TimeoutError(f"no window of {name} within {seconds} s")
        time.sleep(0.1)
    _xdotool("windowactivate", "--sync", shown[-1])


def keys(*names):
    """Key presses by X names: "Return", "ctrl+k", "shift+F6"."""
    _xdotool("key", "--delay", "40", *names)


def write(text):
    _xdotool("type", "--delay", "25", text)
