#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The formats of encryption through the driver, against known answers; what is made must open again."""
import json
import os
import unittest

from function_case import HERE, FunctionCase, decoded, unpadded


def vectors(name):
    with open(f"{os.path.dirname(HERE)}/data/vectors/{name}.json", encoding="utf-8") as file:
        return json.load(file)


def of_hex(text):
    return unpadded(bytes.fromhex(text))


class Formats(FunctionCase):
    def test_recovery_key(self):
        for row in vectors("recovery-key"):
            key = of_hex(row["key_hex"])
            self.assertEqual(self.evaluate("recovery_key_encode", key_base64=key), {"text": row["text"]})
            for typed in (row["text"], row["text"].replace(" ", ""), "\u00a0" + row["text"] + "\n"):
                self.assertEqual(self.evaluate("recovery_key_decode", text=typed), {"key_base64": key})
        good = vectors("recovery-key")[0]["text"]
        for typed, code in (("", "LENGTH"), (good[:-1], "LENGTH"), (good[:-1] + "0", "LETTER"),
                            (good[:-1] + "e", "TYPO"), ("D" + good[1:], "KIND")):
            self.assertEqual(self.code("recovery_key_decode", text=typed), "PARVIS_RECOVERY_KEY_" + code)
        self.assertEqual(self.code("recovery_key_encode", key_base64="AAAA"), "PARVIS_BAD_KEY_SIZE")
        self.assertEqual(self.code("recovery_key_encode", key_base64="*"), "PARVIS_BAD_BASE64")

    def test_key_export(self):
        known = vectors("key-export")
        opened = self.evaluate("key_export_decrypt", text=known["same_with_crlf_and_76_columns"],
                               passphrase=known["passphrase"])
        self.assertEqual(opened, {"sessions": known["sessions"]})
        for row in known["must_fail"]:
            with self.subTest(why=row["why"]):
                self.assertRegex(self.code("key_export_decrypt", text=row["text"],
                                           passphrase=known["passphrase"]), "^PARVIS_KEY_EXPORT_")
        for given in ({}, {"rounds": 2}):
            made = self.evaluate("key_export_encrypt", sessions=known["sessions"], passphrase="mot", **given)
            self.assertTrue(made["text"].startswith("-----BEGIN MEGOLM SESSION DATA-----\n"))
            self.assertEqual(self.evaluate("key_export_decrypt", passphrase="mot", **made),
                             {"sessions": known["sessions"]})
            self.assertEqual(self.code("key_export_decrypt", passphrase="Mot", **made),
                             "PARVIS_KEY_EXPORT_PASSPHRASE")
        for rounds in (0, -1, 10_000_001, 2**32 + 1):
            self.assertEqual(self.code("key_export_encrypt", sessions=[], passphrase="mot", rounds=rounds),
                             "PARVIS_KEY_EXPORT_ROUNDS")
        self.assertEqual(self.code("key_export_encrypt", sessions=[]), "PARVIS_PASSPHRASE_NEEDED")

    def test_attachments(self):
        known = vectors("attachments")
        for row in known["valid"]:
            opened = self.evaluate("attachment_decrypt", file=row["file"], data_base64=row["ciphertext_b64"])
            self.assertEqual(decoded(opened["data_base64"]).hex(), row["plaintext_hex"])
        for row in known["must_fail"]:
            with self.subTest(why=row["why"]):
                self.assertRegex(self.code("attachment_decrypt", file=row["file"],
                                           data_base64=row["ciphertext_b64"]), "^PARVIS_ATTACHMENT_")
        for size in (0, 1, 16, 100_000):
            data = unpadded(os.urandom(size))
            made = self.evaluate("attachment_encrypt", data_base64=data)
            self.assertEqual(made["file"]["v"], "v2")
            self.assertEqual(self.evaluate("attachment_decrypt", **made), {"data_base64": data})
        self.assertEqual(self.code("attachment_encrypt", data_base64="*"), "PARVIS_BAD_BASE64")

    def test_public_key_encryption(self):
        known = vectors("backup")
        private = of_hex(known["private_key_hex"])
        self.assertEqual(self.evaluate("pk_decrypt", private_key=private, **known["session_data"]),
                         {"plaintext": known["plaintext"]})
        self.assertEqual(self.evaluate("pk_encrypt", public_key=known["public_key"], plaintext=known["plaintext"],
                                       ephemeral_private=of_hex(known["ephemeral_private_hex"])),
                         known["session_data"])
        made = self.evaluate("pk_encrypt", public_key=known["public_key"], plaintext="é")
        self.assertEqual(self.evaluate("pk_decrypt", private_key=private, **made), {"plaintext": "é"})
        self.assertEqual(self.code("pk_decrypt", private_key=unpadded(os.urandom(32)), **made),
                         "PARVIS_BACKUP_OTHER_KEY")
        for row in vectors("x25519-low-order"):
            self.assertEqual(self.code("pk_encrypt", public_key=row["public_b64"], plaintext="x"),
                             "PARVIS_UNSAFE_KEY")
            self.assertEqual(self.code("pk_decrypt", private_key=private, **{**made, "ephemeral": row["public_b64"]}),
                             "PARVIS_UNSAFE_KEY")

    def test_short_authentication_string(self):
        known = vectors("sas")
        shared = of_hex(known["shared_secret_hex"])
        parts = {name: known[name] for name in ("starter", "accepter", "transaction_id")}
        for given in (parts, {"info": known["sas_info"]}):
            shown = self.evaluate("sas_bytes", shared_secret_base64=shared, **given)
            self.assertEqual(shown["decimal"], known["decimal"])
            self.assertEqual([one["name"] for one in shown["emoji"]], known["emoji"])
            self.assertEqual([one["index"] for one in shown["emoji"]], known["emoji_indices"])
        for sender, receiver in (("starter", "accepter"), ("accepter", "starter")):
            macs = self.evaluate("sas_macs", shared_secret_base64=shared, sender=known[sender],
                                 receiver=known[receiver], transaction_id=known["transaction_id"],
                                 keys=known[sender]["keys"])
            self.assertEqual(macs, {part: known[f"mac_from_{sender}"][part] for part in ("mac", "keys")})

    def test_keys_query(self):
        alice, accepted = "@alice:example.org", {"identity": "accepted", "devices": {"ALICEDEV": "cross_signed"}}
        unsigned = {"identity": "rejected", "devices": {"ALICEDEV": "signed"}}
        refused = {"identity": "accepted", "devices": {"ALICEDEV": "rejected"}}
        expected = {
            "good": accepted,
            # It says itself whose it is; the identity of the user whom it is put upon is not in the answer.
            "map key differs from inner user_id": {"identity": "none", "devices": {"ALICEDEV": "rejected"}},
            "only the SSK signature, no self-signature": refused,
            "SSK not signed by MSK": unsigned,
            "MSK key id is a device id (id != value)": unsigned,
            "extra signed field injected": refused,
        }
        for case in vectors("keys-query-cases")["cases"]:
            with self.subTest(case=case["name"]):
                users = self.evaluate("verify_keys_query", response=case["response"])["users"]
                if case["name"] in expected:
                    self.assertEqual(users[max(users)], expected[case["name"]])
                else: # a device under the name of the master key
                    self.assertIn("CVE-2022-39250", case["name"])
                    self.assertEqual(users[alice]["identity"], "accepted")
                    named = next(iter(case["response"]["master_keys"][alice]["keys"].values()))
                    self.assertEqual(users[alice]["devices"][named], "rejected")
                text = json.dumps(case["response"])
                self.assertEqual(self.evaluate("verify_keys_query", response=text)["users"], users)
        self.assertEqual(self.evaluate("verify_keys_query", response="{}"), {"users": {}})
        self.assertEqual(self.code("verify_keys_query", response="["), "PARVIS_BAD_JSON")

    def test_megolm(self):
        known = vectors("megolm")
        for row in known["messages"]:
            with self.subTest(index=row["index"]):
                read = {"plaintext": row["plaintext"], "index": row["index"]}
                for key in (known["session_key"], known["export_at_0"], row["export_at_index"]):
                    self.assertEqual(self.evaluate("megolm_read", session_key=key,
                                                   ciphertext=row["ciphertext"]), read)
        self.assertEqual(self.code("megolm_read", session_key=known["session_key"], ciphertext="AwgA"),
                         "PARVIS_MEGOLM_BAD_MESSAGE")
        self.assertEqual(self.code("megolm_read", session_key="AwgA", ciphertext="AwgA"),
                         "PARVIS_MEGOLM_BAD_KEY")

    def test_secret_storage(self):
        known = vectors("secret-storage")
        given = {"key_base64": of_hex(known["key_hex"]), "name": known["secret_name"]}
        self.assertEqual(self.evaluate("secret_decrypt", encrypted=known["encrypted"], **given),
                         {"secret": known["secret"]})
        made = self.evaluate("secret_encrypt", secret="geheim", **given)
        self.assertEqual(self.evaluate("secret_decrypt", encrypted=made, **given), {"secret": "geheim"})
        for row in known["must_fail"]:
            self.assertEqual(self.code("secret_decrypt", key_base64=given["key_base64"], name=row["name"],
                                       encrypted=row["encrypted"]), "PARVIS_RECOVERY_DAMAGED")


if __name__ == "__main__":
    unittest.main()
