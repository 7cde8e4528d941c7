# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs of a phase (phases.py): one that nobody disturbs, and others in which Parvis is killed, on a copy of one profile.

    profiles = Profiles(story, sliding=True, folder=...)
    run = Run(phase, profiles); run.undisturbed(); seen = run.look()
    run = Run(phase, profiles); run.disturbed(kills=3, dice=dice); run.look() == seen
"""
import os
import shutil
import statistics
import subprocess
import time

from driver import Driver, program
from story import ME
from story_server import StoryServer

USER = "claire"
PASSWORD = "sésame, ouvre-toi"
RULES = "parvis.store.debug=true;parvis.send.info=true"
NO_PROXY = {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
POLICY = {"encrypt_for": "all_devices", "search_history_days": 0}  # what is fetched, the phase fetches
SEARCHED = ("réunion", "budget", "alpha", "réseau -point", '"compte rendu"')
OLD_CACHE, OLD_KEYS = (1, 3), (11, 16)  # versions of the schemas: before the index; since the tables can be told apart
LONGEST = 60  # seconds of anything


def until(holds, what, pause=0.002):
    deadline = time.monotonic() + LONGEST
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(pause)


class Profiles:
    """Profiles of one account at one server, made when they are first asked for and copied ever after."""

    def __init__(self, story, sliding, folder):
        self.server = StoryServer(story, sliding).start()
        self._folder, self._made, self._copies = folder, {}, 0

    def driver(self, folder, policy=()):
        return Driver(USER, folder=folder, policy={"mandatory": {**POLICY, **dict(policy)}},
                      environment={**NO_PROXY, "QT_LOGGING_RULES": RULES})

    def copy(self, name, policy=()):
        if name not in self._made:
            self.server.slowness = 0.0
            self.server.begin_again()
            self._made[name] = getattr(self, f"_make_{name}")(f"{self._folder}/{name}")
        self._copies += 1
        copied = f"{self._folder}/copy-{self._copies}"
        shutil.copytree(self._made[name], copied)
        return self.driver(copied, policy)

    def _make_new(self, folder):
        """Signed in; nothing was synchronised."""
        driver = self.driver(folder)
        driver.launch()
        driver.call("login", server=self.server.base_url, user=USER, password=PASSWORD)
        driver.stop()
        return folder

    def _make_synced(self, folder):
        """The whole of the history is there as far as a first start brings it, and is indexed."""
        driver = self.driver(self._make_new(folder))
        driver.launch()
        driver.call("restore")
        driver.call("start")
        until(lambda: not self.server.behind, "the first synchronisation")
        until(lambda: is_indexed(driver), "the index")
        driver.stop()
        return folder

    def _make_unindexed(self, folder):
        """The whole of the history has come at once, and hardly any of it is in the index: killed where that was taken."""
        driver = self.driver(self._make_new(folder))
        self.server.generous = True
        driver.launch()
        driver.call("restore")
        driver.call("start")
        until(lambda: not self.server.behind, "the first synchronisation", 0.0005)
        driver.kill()
        self.server.generous = False
        return folder

    def _make_full(self, folder):
        """The whole of the history has come at once, and is indexed."""
        driver = self.driver(self._make_unindexed(folder))
        driver.launch()
        driver.call("restore")
        until(lambda: is_indexed(driver), "the index")
        driver.stop()
        return folder

    def _make_aged(self, folder):
        """As an older Parvis would have left it: its schemas, and no index."""
        driver = self.driver(self._make_unindexed(folder))
        dice = self.server.story.dice
        subprocess.run([f"{os.path.dirname(program())}/parvis-aged-profile", driver.profile, f"{folder}/vault", ME,
                        str(dice.randint(*OLD_CACHE)), str(dice.randint(*OLD_KEYS))], check=True)
        return folder

    def close(self):
        self.server.close()


def is_indexed(driver):
    return driver.call("index_status")["coverage"]["waiting"] == 0


class Run:
    """One profile from the beginning of a phase to its end. `took`: how long a whole phase takes here, in seconds."""

    def __init__(self, phase, profiles, took=()):
        self.phase, self.server = phase, profiles.server
        self.driver = profiles.copy(phase.begins_with, phase.policy(profiles.server))
        self.took, self.struck, self.counted, self.dead = list(took), 0, 0, None
        self.server.begin_again()
        self.server.slowness = phase.slowness
        phase.prepare(self)

    def _open(self):
        self.born = self.driver.log_size()
        self.driver.launch()
        if self.phase.opens:
            self.driver.call("restore")

    def _begin(self):
        self.asked_before = self.server.asked_for_news
        if self.phase.syncs:
            self.driver.call("start")
        self.phase.begin(self)
        until(lambda: self.phase.going(self), f"{self.phase.name} does not begin", 0.0005)
        return time.monotonic()

    def _work(self, seconds=None):
        """Goes on for so long, or to the end; answers whether it has come to the end."""
        began = self._begin()
        while not self.phase.over(self):
            if seconds is not None and time.monotonic() - began >= seconds:
                return False
            if time.monotonic() - began > LONGEST:
                raise TimeoutError(f"{self.phase.name} does not come to its end")
            self.phase.go_on(self)
            time.sleep(0.0005)
        self.took.append(time.monotonic() - began)
        return True

    def undisturbed(self):
        self._open()
        self._work()
        return self

    def disturbed(self, kills, dice, say):
        self._open()
        for _ in range(kills):
            if self._work(dice.uniform(0, statistics.median(self.took))):
                return self
            self._kill(say)
        self._work()
        return self

    def _kill(self, say):
        before = self.born
        self.dead = self.driver.kill()
        self._open()
        self.struck += 1
        hit = self.phase.in_the_middle(self, before)
        self.counted += hit
        say(f"{self.phase.name} kill {self.struck}" + ("" if hit else " (not counted)"))

    def look(self):
        """All that a person could see, as far as two runs can be compared: ids of this machine's making apart."""
        driver, self.server.slowness = self.driver, 0.0
        if not self.phase.syncs:
            driver.call("start")
        until(lambda: not self.server.behind, "what the server has")
        driver.wait_idle()
        until(lambda: is_indexed(driver), "the index")
        at_first = {"rooms": driver.call("rooms"), "unread": driver.call("unread"), "queue": driver.call("queue"),
                    "newest": self._timelines(newest=True)}
        at_last = {"timelines": self._timelines(newest=False)}
        driver.wait_idle()
        until(lambda: is_indexed(driver), "the index")
        return {**at_first, **at_last, "rooms with all": driver.call("rooms"), "unread of all": driver.call("unread"),
                "indexed": driver.call("index_status")["coverage"], "hits": {text: self._hits(text) for text in SEARCHED}}

    def _timelines(self, newest):
        """`newest`: the last line of each room alone, which is there without asking for more. Who does not read back finds
        all that is left by its words and counts it: an open conversation would fetch what is gone."""
        if not self.phase.reads_back:
            return {"events": self.driver.call("storage")["events"]}
        if newest:
            read = lambda room: self.driver.call("timeline", room=room, limit=1)
        else:
            read = self.driver.history
        return {room.id: [{key: value for key, value in item.items() if key != "txn_id"} for item in read(room.id)]
                for room in self.server.story.rooms}

    def _hits(self, text):
        hits, after = [], ""
        while True:
            page = self.driver.call("search", text=text, limit=200, **({"after": after} if after else {}))
            hits += page["hits"]
            if not page["more"]:
                return hits
            after = page["next"]

    def close(self):
        self.driver.close()
        shutil.rmtree(self.driver.folder, ignore_errors=True)
