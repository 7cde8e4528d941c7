// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What the commands of this process share, and how events are described and looked for.
import { pathToFileURL } from "node:url";

// The SDK has many loggers, all of which end in the console, whose stdout is ours.
const LEVELS = ["trace", "debug", "log", "info", "warn", "error"];
const stderr = console.error.bind(console);
for (const k of LEVELS)
    console[k] = LEVELS.indexOf(k) >= LEVELS.indexOf(process.env.PEER_LOG ?? "error") ? (...a) => stderr(...a) : () => {};

// setup.sh put the packages into a cache; they are found from the node that runs us.
const cache = process.execPath.slice(0, process.execPath.lastIndexOf("/node_modules/"));
export const { sdk, api, wasm } = await import(pathToFileURL(`${cache}/modules.mjs`));

export const out = (o) => process.stdout.write(JSON.stringify(o) + "\n");
process.stdout.on("error", () => process.exit(0)); // whoever drove us is gone
export const event = (name, data) => out({ event: name, ...data });
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
export const b64 = (u8) => Buffer.from(u8).toString("base64");

export let client; // the MatrixClient of this process
export let password; // remembered for user-interactive auth
export let ssss; // [keyId, Uint8Array]: the secret-storage key in use
export let auto = { accept: false, confirm: false, hold: false }; // how verification requests are dealt with
export const setClient = (c) => (client = c);
export const setPassword = (p) => (password = p);
export const setSecretStorageKey = (k) => (ssss = k);
export const setAuto = (a) => (auto = a);

export const crypto = () => client.getCrypto();
export const room = (id) => {
    const r = client.getRoom(id);
    if (!r) throw new Error(`not in room ${id}`);
    return r;
};

/** Polls a condition until it is truthy, and returns what it gave. */
export async function until(what, timeoutMs, cond) {
    const end = Date.now() + timeoutMs;
    for (;;) {
        const v = await cond();
        if (v) return v;
        if (Date.now() > end) throw new Error(`timed out after ${timeoutMs} ms waiting for ${what}`);
        await sleep(20);
    }
}

/** User-interactive auth with the account's password. */
export const uia = async (makeRequest) => {
    try {
        return await makeRequest(null);
    } catch (e) {
        if (!e.data?.session) throw e;
        return makeRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user: client.getUserId() },
            password,
            session: e.data.session,
        });
    }
};

/** A plain description of an event, decrypted where that worked. */
export async function describe(ev) {
    const c = ev.getContent();
    const d = {
        room: ev.getRoomId(),
        eventId: ev.getId(),
        sender: ev.getSender(),
        ts: ev.getTs(),
        type: ev.getType(),
        wireType: ev.getWireType(),
        encrypted: ev.isEncrypted(),
        decryptionFailure: ev.isDecryptionFailure() ? (ev.decryptionFailureReason ?? "unknown") : undefined,
        content: c, // of the latest edit
        original: ev.replacingEvent() ? ev.getOriginalContent() : undefined,
        relatesTo: ev.getWireContent()["m.relates_to"],
        redacted: ev.isRedacted() || undefined,
    };
    if (ev.isEncrypted() && !ev.isDecryptionFailure() && crypto()) {
        const info = await crypto().getEncryptionInfoForEvent(ev);
        if (info)
            d.shield = {
                colour: api.EventShieldColour[info.shieldColour],
                reason: info.shieldReason === null ? null : api.EventShieldReason[info.shieldReason],
            };
    }
    return d;
}

export function matches(ev, q) {
    if (q.room && ev.getRoomId() !== q.room) return false;
    if (q.eventId && ev.getId() !== q.eventId) return false;
    if (q.sender && ev.getSender() !== q.sender) return false;
    if (q.type && ev.getType() !== q.type) return false;
    const c = ev.getContent();
    if (q.text !== undefined && c.body !== q.text && c["m.new_content"]?.body !== q.text) return false;
    if (q.key !== undefined && c["m.relates_to"]?.key !== q.key) return false;
    if (ev.isBeingDecrypted()) return false;
    if (!q.undecrypted && ev.isEncrypted() && (ev.getType() === "m.room.encrypted" || ev.isDecryptionFailure())) return false;
    if (q.undecrypted && !ev.isDecryptionFailure()) return false;
    return true;
}

/** Every event this client holds, threads and relations included. */
export function* known() {
    for (const r of client.getRooms()) {
        const seen = new Set();
        for (const set of [r.getUnfilteredTimelineSet(), ...r.getThreads().map((t) => t.timelineSet)])
            for (const tl of set.getTimelines())
                for (const ev of tl.getEvents()) {
                    if (seen.has(ev.getId())) continue;
                    seen.add(ev.getId());
                    yield ev;
                }
    }
}
