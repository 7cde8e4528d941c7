# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who answers in the demo world: polite, a little late, and never twice the same way."""
import itertools
import re
import threading
import time

from json_lines import CommandError, Gone

# the first that fits is taken; each time the next of its answers
RULES = [(re.compile(pattern, re.IGNORECASE), itertools.cycle(answers)) for pattern, answers in (
    (r"\b(hello|good morning|good afternoon|thanks|thank you|please|could you)\b", (
        "Good to hear from you! I will look into it this afternoon.",
        "You are welcome. Shall we talk about it tomorrow morning?")),
    (r"\b(merci|parfait|super)\b", (
        "Avec plaisir !", "Je vous en prie. Bonne journée à vous.", "C'est tout naturel 🙂")),
    (r"\b(réunion|comité|demain|heures?|rendez-vous|\d{1,2} ?h)\b", (
        "Demain 10 h me convient. Je réserve la salle Ampère.",
        "Entendu, je vous envoie l'invitation dans un instant.",
        "Je suis prise jusqu'à 11 h, ensuite quand vous voulez.")),
    (r"\b(note|document|tableau|rapport|fichier)\b", (
        "Je le relis tout de suite et je vous fais un retour avant midi.",
        "Bien reçu. J'ai une remarque sur la deuxième page, je vous appelle.",
        "Le tableau est dans le dossier commun, à jour de ce matin.")),
    (r"\b(crue|niveau|saône|rhône|vigilance|relevé)", (
        "Le dernier relevé est à 3,90 m, la pente est faible. Prochain point à 14 h.",
        "La vigilance reste jaune pour l'instant, je vous préviens si elle change.")),
    (r"\b(bonjour|salut|bonsoir|coucou)\b", (
        "Bonjour Camille, comment allez-vous ?", "Bonjour ! Que puis-je faire pour vous ?")),
    (r"\?\s*$", (
        "Bonne question. Je vérifie et je reviens vers vous.",
        "Oui, de mon point de vue c'est possible.",
        "Je ne suis pas certaine, Julien doit le savoir.")),
    (r"", (
        "C'est noté.", "Bien reçu, merci pour l'information.",
        "D'accord avec vous. J'en parle au secrétariat général.")))]


def answer_to(text):
    return next(next(answers) for pattern, answers in RULES if pattern.search(text))


class Answerer(threading.Thread):
    """Reads, is seen to type, and answers what others write in the given rooms."""

    def __init__(self, peer, rooms):
        super().__init__(daemon=True)
        self._peer, self._rooms = peer, set(rooms)
        self._began = time.time() * 1000

    def run(self):
        try:
            self._peer.call("watch")
            while True:
                try:
                    message = self._peer.wait_event("message", timeout=3600, own=False)
                    self._answer(message)
                except (TimeoutError, CommandError):
                    continue
        except Gone:
            return

    def _answer(self, message):
        room = message["room"]
        if room not in self._rooms or message["ts"] < self._began or not message["body"]:
            return
        self._peer.call("read", room=room, event=message["eventId"])
        self._peer.call("typing", room=room, on=True)
        time.sleep(1.2)
        self._peer.call("typing", room=room, on=False)
        self._peer.send(room, answer_to(message["body"]))
