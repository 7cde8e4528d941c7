// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Who is in the account, and what people say. The words are data (words.json), in French as those of the users are.
import { readFileSync } from "node:fs";
import { ALPHANUMERIC, BASE64, DEVICE_LETTERS, Random } from "./random.mjs";

export const words = JSON.parse(readFileSync(new URL("words.json", import.meta.url), "utf8"));
export const SERVER = "perf.example";
export const ME = `@alice:${SERVER}`;
/** The account's own "now", which no clock changes. */
export const NOW_MS = 1760000000000;
/** How a sentence ends. */
const ENDS = [".", ".", ".", " ?", " !", "", "…"];
/** A quarter of the people are on the account's own server. */
const SERVERS = [SERVER, SERVER, SERVER, ...words.servers];

export const mediaAddress = (random) => `mxc://${SERVER}/${random.chars(ALPHANUMERIC, 24)}`;

export function sentence(random) {
    const count = Math.max(1, Math.min(120, Math.round(random.logNormal(9, 0.8))));
    let out = "";
    for (let i = 0; i < count; i++) out += (i ? " " : "") + words.words[random.zipf(words.words.length)];
    return out[0].toUpperCase() + out.slice(1) + random.pick(ENDS);
}

/** The first of them is the account's own person. */
export function makePeople(seed, count) {
    const random = new Random(seed, "users");
    const people = [];
    for (let i = 0; i < count; i++) {
        const first = random.pick(words.first), last = random.pick(words.last);
        const plain = `${first}.${last}`.normalize("NFD").replace(/[^A-Za-z.-]/g, "").toLowerCase();
        people.push({
            id: `@${plain}.${i.toString(36)}:${random.pick(SERVERS)}`,
            name: `${first} ${last}`,
            avatar: random.chance(0.7) ? mediaAddress(random) : null,
            curve: random.chars(BASE64, 43),
            device: random.chars(DEVICE_LETTERS, 10),
        });
    }
    people[0] = { ...people[0], id: ME, name: words.me };
    return people;
}
