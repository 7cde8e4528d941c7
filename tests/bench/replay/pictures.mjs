// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Avatars of some kB, as people have them: a gradient with a little noise.
import { deflateSync } from "node:zlib";
import { Random } from "./random.mjs";

const SIDE = 64, COUNT = 32;

const CRC = Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
});

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type), data]);
    let crc = 0xffffffff;
    for (const byte of body) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
    const length = Buffer.alloc(4), check = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    check.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, body, check]);
}

function png(number) {
    const random = new Random("png", number);
    const base = [random.below(200), random.below(200), random.below(200)];
    const rows = [];
    for (let y = 0; y < SIDE; y++) {
        rows.push(0); // no filter
        for (let x = 0; x < SIDE; x++)
            rows.push(base[0] + (x >> 2) + random.below(4), base[1] + (y >> 2) + random.below(4), base[2] + random.below(4));
    }
    const head = Buffer.from([0, 0, 0, SIDE, 0, 0, 0, SIDE, 8, 2, 0, 0, 0]);
    const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
    return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.from(rows))),
        chunk("IEND", Buffer.alloc(0))]);
}

const pictures = Array.from({ length: COUNT }, (_, number) => png(number));

/** Always the same for one media id. */
export const pictureOf = (mediaId) => pictures[new Random(mediaId).below(COUNT)];
