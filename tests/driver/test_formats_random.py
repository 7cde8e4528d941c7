#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The formats against an independent implementation ($PARVIS_SHARED/tools/ref.py), on made-up inputs.

PARVIS_INPUTS inputs a format (10000), from the seed PARVIS_SEED, which is printed: what one side makes, the other must
read, and where nothing is left to chance, both must make the same.
"""
import json
import os
import random
import string
import sys
import unittest

from function_case import FunctionCase, decoded, unpadded

INPUTS = int(os.environ.get("PARVIS_INPUTS", "10000"))
SEED = int(os.environ.get("PARVIS_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
LETTERS = string.printable + "éß漢\u2028😀\x7f\0|\\\""


def reference():
    """ref.py, or None where it is not; Debian's library has no public_bytes_raw() yet."""
    tools = f"{os.environ.get('PARVIS_SHARED', '')}/tools"
    if not os.path.exists(f"{tools}/ref.py"):
        return None
    sys.path.insert(0, tools)
    sys.dont_write_bytecode = True
    import ref
    from cryptography.hazmat.primitives import serialization
    raw = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    ref.ed_pub = lambda seed: ref.Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(*raw)
    ref.x_pub = lambda key: ref.X25519PrivateKey.from_private_bytes(key).public_key().public_bytes(*raw)
    return ref


REF = reference()


@unittest.skipUnless(REF, "PARVIS_SHARED has no tools/ref.py")
class AgainstTheReference(FunctionCase):
    def inputs(self, name):
        """A generator of its own for each input, so that one can be repeated alone."""
        for number in range(INPUTS):
            yield random.Random(f"{SEED} {name} {number}")

    @staticmethod
    def text(chance, most=200):
        return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(most)))

    def value(self, chance, depth=3):
        kinds = [lambda: chance.randrange(-2**53 + 1, 2**53), lambda: self.text(chance, 20), lambda: None,
                 lambda: chance.random() < 0.5]
        if depth:
            kinds += [lambda: [self.value(chance, depth - 1) for _ in range(chance.randrange(4))],
                      lambda: self.member(chance, depth - 1)]
        return chance.choice(kinds)()

    def member(self, chance, depth=3):
        return {self.text(chance, 12): self.value(chance, depth) for _ in range(chance.randrange(5))}

    def test_canonical_json(self):
        for chance in self.inputs("canonical_json"):
            value = self.member(chance)
            written = json.dumps(value, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1)))
            self.assertEqual(self.evaluate("canonical_json", json=written)["text"], REF.cj(value).decode())

    def test_ed25519(self):
        for chance in self.inputs("ed25519"):
            seed, message = chance.randbytes(32), chance.randbytes(chance.randrange(100))
            signature = bytearray(REF.ed_sign(seed, message))
            altered = chance.random() < 0.5
            if altered:
                signature[chance.randrange(64)] ^= 1 << chance.randrange(8)
            answer = self.evaluate("ed25519_verify", public_key=unpadded(REF.ed_pub(seed)),
                                   message_base64=unpadded(message), signature=unpadded(bytes(signature)))
            self.assertEqual(answer, {"valid": not altered})

    def test_recovery_key(self):
        for chance in self.inputs("recovery_key"):
            key = chance.randbytes(32)
            text = self.evaluate("recovery_key_encode", key_base64=unpadded(key))["text"]
            self.assertEqual(text, REF.rk_enc(key))
            typed = list(text)
            for _ in range(chance.randrange(3)):
                typed[chance.randrange(len(typed))] = chance.choice(REF.A58 + " 0OIl")
            typed = "".join(typed)
            try:
                expected = REF.rk_dec(typed)
            except ValueError:
                self.assertRegex(self.code("recovery_key_decode", text=typed), "^PARVIS_RECOVERY_KEY_")
            else:
                self.assertEqual(decoded(self.evaluate("recovery_key_decode", text=typed)["key_base64"]), expected)

    def test_secret_storage(self):
        for chance in self.inputs("secret_storage"):
            key, name, secret = chance.randbytes(32), self.text(chance), self.text(chance)
            theirs = REF.s4_enc(key, name, secret.encode(), chance.randbytes(16))
            given = {"key_base64": unpadded(key), "name": name}
            self.assertEqual(self.evaluate("secret_decrypt", encrypted=theirs, **given), {"secret": secret})
            ours = self.evaluate("secret_encrypt", secret=secret, **given)
            self.assertEqual(REF.s4_dec(key, name, ours).decode(), secret)

    def test_backup(self):
        for chance in self.inputs("backup"):
            private, ephemeral, text = chance.randbytes(32), chance.randbytes(32), self.text(chance, 1000)
            public = REF.x_pub(private)
            theirs = REF.bk_enc(public, ephemeral, text.encode())
            self.assertEqual(self.evaluate("pk_encrypt", public_key=unpadded(public), plaintext=text,
                                           ephemeral_private=unpadded(ephemeral)), theirs)
            self.assertEqual(self.evaluate("pk_decrypt", private_key=unpadded(private), **theirs),
                             {"plaintext": text})
            ours = self.evaluate("pk_encrypt", public_key=unpadded(public), plaintext=text)
            self.assertEqual(REF.bk_dec(private, ours).decode(), text)

    def test_key_export(self):
        for chance in self.inputs("key_export"):
            sessions = [self.member(chance) for _ in range(chance.randrange(5))]
            passphrase, rounds = self.text(chance) + "x", chance.randrange(1, 20)
            iv = bytearray(chance.randbytes(16))
            theirs = REF.ke_enc(json.dumps(sessions, indent=chance.choice((None, 2))).encode(), passphrase,
                                chance.randbytes(16), bytes(iv), rounds)
            self.assertEqual(self.evaluate("key_export_decrypt", text=theirs, passphrase=passphrase),
                             {"sessions": sessions})
            ours = self.evaluate("key_export_encrypt", sessions=sessions, passphrase=passphrase, rounds=rounds)
            self.assertEqual(REF.ke_dec(ours["text"], passphrase), (sessions, rounds))

    def test_attachments(self):
        for chance in self.inputs("attachments"):
            data = chance.randbytes(chance.choice((0, 1, 15, 16, 17, chance.randrange(5000))))
            ciphertext, file = REF.att_enc(chance.randbytes(32), chance.randbytes(8), data)
            self.assertEqual(self.evaluate("attachment_decrypt", file=file, data_base64=unpadded(ciphertext)),
                             {"data_base64": unpadded(data)})
            ours = self.evaluate("attachment_encrypt", data_base64=unpadded(data))
            self.assertEqual(REF.att_dec(ours["file"], decoded(ours["data_base64"])), data)

    def device(self, chance, user):
        """A device and its key, of @p user and signed by itself."""
        name, seed = self.text(chance, 11) + "D", chance.randbytes(32)
        device = {**self.member(chance), "user_id": user, "device_id": name,
                  "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
                  "keys": {"curve25519:" + name: unpadded(REF.x_pub(chance.randbytes(32))),
                           "ed25519:" + name: unpadded(REF.ed_pub(seed))},
                  "unsigned": self.member(chance), "signatures": {}}
        return name, REF.sign_json(device, seed, user, name)

    def test_signed_json(self):
        """Devices with members that nobody knows, signed by themselves; one letter may be another afterwards."""
        for chance in self.inputs("signed_json"):
            user = "@" + "".join(chance.choices(string.ascii_lowercase, k=8)) + ":example.org"
            name, device = self.device(chance, user)
            public = decoded(device["keys"]["ed25519:" + name])
            kind = chance.randrange(4)
            if kind == 1:
                device["altered"] = self.value(chance, 1)
            elif kind == 2: # not covered by the signature
                device["unsigned"] = {"altered": self.value(chance, 1)}
            elif kind == 3:
                signature = bytearray(decoded(device["signatures"][user]["ed25519:" + name]))
                signature[chance.randrange(64)] ^= 1 << chance.randrange(8)
                device["signatures"][user]["ed25519:" + name] = unpadded(bytes(signature))
            good = REF.verify_json(device, public, user, name)
            self.assertEqual(good, kind in (0, 2))
            text = json.dumps({"device_keys": {user: {name: device}}}, ensure_ascii=chance.random() < 0.5)
            self.assertEqual(self.evaluate("verify_keys_query", response=text)["users"][user],
                             {"identity": "none", "devices": {name: "signed" if good else "rejected"}})

    def test_megolm(self):
        for chance in self.inputs("megolm"):
            seed, text = chance.randbytes(32), self.text(chance, 1000)
            start = chance.choice((0, 1, 255, 256, 65535, 2**24 - 1, chance.randrange(2**31)))
            ratchet = REF.Megolm(chance.randbytes(128), start)
            given = chance.choice((REF.mg_session_key(ratchet, seed), REF.mg_export(ratchet, REF.ed_pub(seed))))
            for _ in range(chance.randrange(4)):
                ratchet.adv()
            message = REF.mg_encrypt(ratchet, seed, text.encode())
            self.assertEqual(self.evaluate("megolm_read", session_key=given, ciphertext=message),
                             {"plaintext": text, "index": ratchet.i})
            altered = bytearray(decoded(message))
            altered[chance.randrange(len(altered))] ^= 1 << chance.randrange(8)
            self.assertRegex(self.code("megolm_read", session_key=given, ciphertext=unpadded(bytes(altered))),
                             "^PARVIS_MEGOLM_")

    def test_short_authentication_string(self):
        for chance in self.inputs("sas"):
            shared = chance.randbytes(32)
            starter, accepter = ({"user": "@" + self.text(chance, 30), "device": self.text(chance, 12),
                                  "public": unpadded(chance.randbytes(32))} for _ in range(2))
            flow = self.text(chance, 30)
            info = "|".join(["MATRIX_KEY_VERIFICATION_SAS", *starter.values(), *accepter.values(), flow])
            raw = REF.sas_bytes(shared, info, 6)
            shown = self.evaluate("sas_bytes", shared_secret_base64=unpadded(shared), starter=starter,
                                  accepter=accepter, transaction_id=flow)
            self.assertEqual(shown["decimal"], REF.sas_decimal(raw))
            self.assertEqual([one["index"] for one in shown["emoji"]], REF.sas_emoji(raw))

            keys = {"ed25519:" + self.text(chance, 10): unpadded(chance.randbytes(32)) for _ in range(3)}
            prefix = "MATRIX_KEY_VERIFICATION_MAC" + "".join(
                each[part] for each in (starter, accepter) for part in ("user", "device")) + flow
            macs = self.evaluate("sas_macs", shared_secret_base64=unpadded(shared), sender=starter,
                                 receiver=accepter, transaction_id=flow, keys=keys)
            self.assertEqual(macs["keys"], REF.sas_mac(shared, prefix + "KEY_IDS", ",".join(sorted(keys))))
            self.assertEqual(macs["mac"], {name: REF.sas_mac(shared, prefix + name, key)
                                           for name, key in keys.items()})


if __name__ == "__main__":
    print(f"seed {SEED}, {INPUTS} inputs a format", file=sys.stderr)
    unittest.main()
