#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""HTML, Markdown and links through the driver, against known answers and hostile input."""
import json
import os
import time
import unittest

from function_case import HERE, FunctionCase


def vectors(name):
    with open(f"{os.path.dirname(HERE)}/data/vectors/{name}.json", encoding="utf-8") as file:
        return json.load(file)


class Texts(FunctionCase):
    def test_html(self):
        for row in vectors("html-sanitiser"):
            with self.subTest(html=row["input"]):
                answer = self.evaluate("sanitise_html", html=row["input"])
                for part in row["must_contain"]:
                    self.assertIn(part, answer["html"])
                for part in row["must_not_contain"]:
                    self.assertNotIn(part, answer["html"])
                if row["visible_text"] is not None:
                    self.assertEqual(answer["text"], row["visible_text"])

    def test_html_that_is_kept_is_kept_again(self):
        for row in vectors("html-cases"):
            with self.subTest(html=row["html"]):
                answer = self.evaluate("sanitise_html", html=row["html"])
                self.assertEqual(answer, {"html": row["kept"], "text": row["text"]})
                self.assertEqual(self.evaluate("sanitise_html", html=answer["html"])["html"], answer["html"])
                self.assertEqual(self.evaluate("plain_text", html=row["html"])["text"],
                                 row.get("hidden", row["text"]))

    def test_hostile_html(self):
        for html in ("<b>" * 100_000 + "x", "<div>" * 50_000 + "x" + "</div>" * 50_000,
                     "<table>" + ("<tr>" + "<td>x" * 300) * 300, "x" + "\u0301" * 100_000, "<" * 100_000,
                     "x" * 1_000_000, "\0<b\0>x\0", "\u202ex\u2066"):
            begun = time.monotonic()
            answer = self.evaluate("sanitise_html", html=html)
            self.assertLess(time.monotonic() - begun, 10)
            self.assertLess(len(answer["html"]), 500_000)
            self.assertNotRegex(answer["text"], "[\0\u202e\u2066]")
            self.assertLessEqual(max(len(run) for run in answer["text"].split("x")), 100_000)

    def test_markdown(self):
        for typed, html in (("plain", None), ("a\nb", None), ("**b**", "<strong>b</strong>"), ("<script>x</script>", None),
                            ("~~s~~ <b>", "<del>s</del> &lt;b&gt;"), ("*a*\nb", "<em>a</em><br />\nb"),
                            ("[a](javascript:x)", None), ("> q", "<blockquote>\n<p>q</p>\n</blockquote>")):
            expected = {"body": typed} if html is None else {"body": typed, "html": html}
            self.assertEqual(self.evaluate("markdown", text=typed), expected)
        self.assertEqual(
            self.evaluate("markdown", text="Bonjour @Jean", mentions=[{"shown": "@Jean", "id": "@j:e.org"}])["html"],
            'Bonjour <a href="https://matrix.to/#/@j:e.org">@Jean</a>')
        self.assertNotIn("html", self.evaluate("markdown", text=">" * 50_000))

    def test_links(self):
        kinds = {"not_matrix_or_warn": "not_matrix", "user_or_ignore_authority": "user"}
        for row in vectors("matrix-uris"):
            with self.subTest(uri=row["uri"]):
                answer = self.evaluate("parse_link", uri=row["uri"])
                expected = {name: row[name] for name in ("kind", "id", "event", "via", "action") if name in row}
                expected["kind"] = kinds.get(row["kind"], row["kind"])
                answer.pop("problem", None)
                self.assertEqual(answer, expected)
        self.assertEqual(self.evaluate("parse_link", uri="matrix:u/%zz"), {"kind": "invalid", "problem": "bad_encoding"})
        self.assertEqual(self.evaluate("parse_link", uri="https://exemple.gouv/#/user/@a:e.org",
                                       permalink_prefix="https://exemple.gouv"), {"kind": "user", "id": "@a:e.org"})
        for uri in ("", "\0", "matrix:" + "a" * 100_000, "https://matrix.to/#/" + "%" * 10_000):
            self.assertIn(self.evaluate("parse_link", uri=uri)["kind"], ("invalid", "not_matrix"))


if __name__ == "__main__":
    unittest.main()
