// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The events of one room, oldest first: texts, formatted ones, answers, edits, reactions, threads, pictures, files,
// and in an encrypted room ciphertexts of the right structure for which no key exists.
import { NOW_MS, mediaAddress, sentence, words } from "./people.mjs";
import { BASE64_URL } from "./random.mjs";

const DAY_MS = 86400000;
const RELATABLE = 12; // people answer what they still see

function varint(value) {
    const out = [];
    while (value > 127) {
        out.push((value & 127) | 128);
        value >>>= 7;
    }
    out.push(value);
    return Buffer.from(out);
}

/** Version 3 | 0x08 index | 0x12 length ciphertext | MAC of 8 bytes | signature of 64. */
function megolmCiphertext(random, index, plainLength) {
    const padded = (plainLength + 16) & ~15;
    return Buffer.concat([Buffer.from([3, 8]), varint(index), Buffer.from([0x12]), varint(padded), random.bytes(padded + 72)])
        .toString("base64").replace(/=+$/, "");
}

export function memberContent(person) {
    const content = { membership: "join" };
    if (person.name) content.displayname = person.name;
    if (person.avatar) content.avatar_url = person.avatar;
    return content;
}

export class RoomWriter {
    constructor(room, random) {
        this.room = room;
        this.random = random;
        this.recent = []; // what an answer or a reaction may be to
        this.index = 0; // of the message in its Megolm session
    }

    event(type, sender, content, ts, stateKey) {
        const event = { type, sender, content, origin_server_ts: ts, event_id: "$" + this.random.chars(BASE64_URL, 43) };
        if (stateKey !== undefined) event.state_key = stateKey;
        event.unsigned = { age: NOW_MS - ts + DAY_MS };
        return event;
    }

    message(sender, ts) {
        const { random } = this;
        const kind = random.unit();
        const target = this.recent.length ? random.pick(this.recent) : null;
        const body = sentence(random);
        if (target && kind < 0.10) {
            const relation = { rel_type: "m.annotation", event_id: target.id, key: random.pick(words.emoji) };
            return this.event("m.reaction", sender.id, { "m.relates_to": relation }, ts);
        }
        const content = target && kind < 0.27 ? this.related(kind, target, sender, body) : this.alone(kind, body);
        const event = this.room.encrypted
            ? this.event("m.room.encrypted", sender.id, this.encrypted(sender, content), ts)
            : this.event("m.room.message", sender.id, content, ts);
        if (content["m.relates_to"]?.rel_type !== "m.replace") {
            this.recent.push({ id: event.event_id, sender: sender.id });
            if (this.recent.length > RELATABLE) this.recent.shift();
        }
        return event;
    }

    related(kind, target, sender, body) {
        const content = { msgtype: "m.text", body };
        if (kind < 0.18) {
            content["m.relates_to"] = { "m.in_reply_to": { event_id: target.id } };
            content["m.mentions"] = { user_ids: [target.sender] };
        } else if (kind < 0.22) {
            const own = this.recent.findLast((one) => one.sender === sender.id);
            return own ? this.edit(own, body) : content;
        } else {
            const root = this.threadRoot ?? (this.threadRoot = target);
            content["m.relates_to"] = { rel_type: "m.thread", event_id: root.id, is_falling_back: true,
                "m.in_reply_to": { event_id: target.id } };
        }
        return content;
    }

    edit(own, body) {
        return { msgtype: "m.text", body: `* ${body}`, "m.new_content": { msgtype: "m.text", body, "m.mentions": {} },
            "m.mentions": {}, "m.relates_to": { rel_type: "m.replace", event_id: own.id } };
    }

    alone(kind, body) {
        const { random } = this;
        if (kind < 0.32) return this.picture();
        if (kind < 0.34)
            return { msgtype: "m.file", body: `${words.file}-${random.below(400)}.pdf`, url: mediaAddress(random),
                info: { mimetype: "application/pdf", size: 30000 + random.below(2000000) } };
        if (kind < 0.36) return { msgtype: "m.notice", body };
        const content = { msgtype: "m.text", body };
        return kind < 0.46 ? this.formatted(content) : content;
    }

    picture() {
        const { random } = this;
        const w = 640 + random.below(2000), h = 480 + random.below(2000);
        return { msgtype: "m.image", body: `IMG_${2000 + random.below(7000)}.jpg`, url: mediaAddress(random),
            info: { w, h, mimetype: "image/jpeg", size: 90000 + random.below(3000000), thumbnail_url: mediaAddress(random),
                thumbnail_info: { w: 800, h: Math.round(800 * h / w), mimetype: "image/jpeg", size: 20000 + random.below(60000) },
                "xyz.amorgan.blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj" } };
    }

    formatted(content) {
        const { random } = this, { body } = content;
        const cut = body.indexOf(" ");
        content.format = "org.matrix.custom.html";
        content.formatted_body = cut > 0
            ? `<p><strong>${body.slice(0, cut)}</strong>${body.slice(cut)}</p><ul><li>${sentence(random)}</li>` +
                `<li><code>v${random.below(9)}.${random.below(20)}</code></li></ul>`
            : `<em>${body}</em>`;
        return content;
    }

    encrypted(sender, content) {
        this.index++;
        const outer = { algorithm: "m.megolm.v1.aes-sha2",
            ciphertext: megolmCiphertext(this.random, this.index, 120 + Buffer.byteLength(JSON.stringify(content))),
            device_id: sender.device, sender_key: sender.curve, session_id: this.room.sessionOf(sender) };
        if (content["m.relates_to"]) outer["m.relates_to"] = content["m.relates_to"];
        return outer;
    }
}
