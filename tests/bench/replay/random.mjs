// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Chance that comes out the same in every run: each part of the account has a source of its own, named by labels.

export const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
export const BASE64_URL = BASE64.replace("+/", "-_");
const LETTERS = BASE64.slice(0, 52);
/** 64 signs each, as Random.chars() takes six bits for one: some come twice. */
export const ALPHANUMERIC = BASE64.slice(0, 62) + "xy";
export const ROOM_LETTERS = LETTERS + LETTERS.slice(0, 12);
export const DEVICE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".repeat(3).slice(0, 64);

function hash32(text) { // FNV-1a
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return hash >>> 0;
}

export class Random {
    constructor(...labels) { this.state = hash32(labels.join("/")) || 1; }

    u32() { // mulberry32
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let t = this.state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return (t ^ (t >>> 14)) >>> 0;
    }
    unit() { return this.u32() / 4294967296; }
    below(n) { return Math.floor(this.unit() * n); }
    chance(p) { return this.unit() < p; }
    pick(list) { return list[this.below(list.length)]; }
    normal() {
        const u = 1 - this.unit();
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.unit());
    }
    logNormal(median, sigma) { return median * Math.exp(sigma * this.normal()); }
    /** In [0, n), small ones more likely: as words of a language are, and rooms that people write in. */
    zipf(n) { return Math.min(n - 1, Math.floor(Math.exp(this.unit() * Math.log(n + 1))) - 1); }
    chars(alphabet, n) {
        let out = "";
        while (n > 0) {
            let word = this.u32();
            for (let k = 0; k < 5 && n > 0; k++, n--) {
                out += alphabet[word & 63];
                word >>>= 6;
            }
        }
        return out;
    }
    bytes(n) {
        const out = Buffer.allocUnsafe(n);
        for (let i = 0; i < n; i++) out[i] = this.u32() >>> 24;
        return out;
    }
}
