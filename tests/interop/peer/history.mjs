// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Many messages: sending them, listing them, hearing of them, waiting for keys that come late.
import { client, crypto, event, known, sdk, until } from "./state.mjs";

let watching = false;
const told = new Set(); // ids of events that were reported
const failed = new Set(); // ids of events that could not be decrypted at some time

const isMessage = (ev) => ev.getType() === "m.room.message" || ev.getType() === "m.room.encrypted";
const isEdit = (ev) => ev.getWireContent()["m.relates_to"]?.rel_type === "m.replace";
const unreadable = (ev) => ev.isEncrypted() && (ev.isDecryptionFailure() || ev.getType() === "m.room.encrypted");

/** A message in short; body is null while it cannot be read. */
const brief = (ev) => ({
    eventId: ev.getId(), sender: ev.getSender(), ts: ev.getTs(), encrypted: ev.isEncrypted(),
    body: unreadable(ev) || ev.isRedacted() ? null : ev.getContent().body,
    reason: ev.isDecryptionFailure() ? (ev.decryptionFailureReason ?? "unknown") : undefined,
    edited: ev.replacingEvent() ? true : undefined,
    session: ev.getWireContent().session_id,
});

/** Called once for each client: remembers failures and reports messages. */
export function watchMessages() {
    const look = (ev) => {
        if (ev.isDecryptionFailure()) failed.add(ev.getId());
        if (!watching || told.has(ev.getId()) || !ev.getId()?.startsWith("$")) return;
        if (!isMessage(ev) || isEdit(ev) || ev.isRedacted() || ev.isBeingDecrypted() || unreadable(ev)) return;
        told.add(ev.getId());
        event("message", { room: ev.getRoomId(), ...brief(ev), own: ev.getSender() === client.getUserId() });
    };
    client.on(sdk.RoomEvent.Timeline, (ev) => look(ev));
    client.on(sdk.MatrixEventEvent.Decrypted, (ev) => look(ev));
}

/** Pages backwards until the start of the room is known, also across gaps that a sync left. */
async function fillHistory(room) {
    let timeline = room.getLiveTimeline();
    for (let page = 0; page < 1000; page++) {
        for (let older; (older = timeline.getNeighbouringTimeline(sdk.EventTimeline.BACKWARDS)); ) timeline = older;
        if (!(await client.paginateEventTimeline(timeline, { backwards: true, limit: 100 }))) {
            if (!timeline.getNeighbouringTimeline(sdk.EventTimeline.BACKWARDS)) return;
        }
    }
}

/** What a bad line loses is asked for again: of many pages one always is. */
async function patiently(ask, tries = 8) {
    for (let attempt = 1; ; attempt++) {
        try {
            return await ask();
        } catch (error) {
            if (attempt === tries) throw error;
            await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
        }
    }
}

/**
 * All events that the server has of the room. Its pages are read by themselves: timelines that are joined over several gaps
 * can be paged for ever without coming nearer to the start.
 */
async function allOf(room) {
    const events = new Map([...known()].filter((ev) => ev.getRoomId() === room).map((ev) => [ev.getId(), ev]));
    const toEvent = client.getEventMapper();
    for (let from = null, page; ; from = page.end) {
        page = await patiently(() => client.createMessagesRequest(room, from, 100, sdk.EventTimeline.BACKWARDS));
        for (const raw of page.chunk) if (!events.has(raw.event_id)) events.set(raw.event_id, toEvent(raw));
        if (!page.end || page.end === from) return [...events.values()];
    }
}

export const historyCommands = {
    /** {on?}: reports every readable message once, as event "message" (older ones too, as they appear). */
    async watch({ on = true }) { watching = on; return {}; },

    /** {room, count, prefix?, start?=1, delay?}: sends "prefix 1", "prefix 2", ... in order. */
    async sendMany({ room, count, prefix = "message", start = 1, delay = 0 }) {
        const sent = [];
        for (let n = start; n < start + count; n++) {
            const text = `${prefix} ${n}`;
            sent.push({ body: text, eventId: (await client.sendMessage(room, { msgtype: "m.text", body: text })).event_id });
            if (delay) await new Promise((r) => setTimeout(r, delay));
        }
        return { sent };
    },

    /**
     * {room, sender?, prefix?, full?, everything?}: the room's messages, oldest first; full fetches all of the history into the
     * timelines, everything reads it past them.
     */
    async bodies({ room, sender, prefix, full = false, everything = false }) {
        if (full) await fillHistory(client.getRoom(room));
        const all = everything ? await allOf(room) : [...known()].filter((ev) => ev.getRoomId() === room);
        const events = all.filter((ev) => isMessage(ev) && !isEdit(ev));
        await Promise.all(events.map((ev) => client.decryptEventIfNeeded(ev)));
        return events.map(brief)
            .filter((m) => (!sender || m.sender === sender) && (!prefix || m.body?.startsWith(prefix)))
            .sort((a, b) => a.ts - b.ts);
    },

    /** {room, count, sender?, prefix?, timeout?}: until that many different bodies can be read. */
    async waitBodies({ room, count, sender, prefix, timeout = 30000 }) {
        const seen = () => new Set([...known()].filter((ev) => ev.getRoomId() === room && isMessage(ev) && !isEdit(ev) && !unreadable(ev))
            .map(brief).filter((m) => m.body && (!sender || m.sender === sender) && (!prefix || m.body.startsWith(prefix))).map((m) => m.body));
        const bodies = await until(`${count} messages`, timeout, () => { const s = seen(); return s.size >= count && s; });
        return { count: bodies.size };
    },

    /** {room?, eventId?, timeout?}: until nothing (or that event) that once failed to decrypt still does. */
    async waitUtdRecovered({ room, eventId, timeout = 30000 }) {
        const mine = () => [...known()].filter((ev) => (!room || ev.getRoomId() === room) && (!eventId || ev.getId() === eventId));
        await until("keys that come late", timeout, () => {
            const events = mine();
            return (!eventId || events.length) && !events.some((ev) => ev.isBeingDecrypted() || unreadable(ev));
        });
        return { recovered: mine().filter((ev) => failed.has(ev.getId())).length };
    },

    /** {user, count?=1, exactly?, timeout?}: until the server told us of that many devices of somebody, or more unless `exactly`. */
    async waitDevices({ user, count = 1, exactly = false, timeout = 15000 }) {
        const devices = await until(`${count} devices of ${user}`, timeout, async () => {
            const map = (await crypto().getUserDeviceInfo([user], true)).get(user);
            return (exactly ? map?.size === count : map?.size >= count) && map;
        });
        return { devices: [...devices.keys()] };
    },
};
