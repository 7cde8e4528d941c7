// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A made-up account. Everything in it follows from the seed and the number of rooms: two runs give the same bytes.
import { ME, NOW_MS, SERVER, makePeople, words } from "./people.mjs";
import { PUSH_RULES } from "./push_rules.mjs";
import { ROOM_LETTERS, Random } from "./random.mjs";
import { Room } from "./room.mjs";
import { RoomWriter } from "./room_writer.mjs";

const HISTORY_STEP_MS = 900000;

export class Account {
    constructor({ seed = "1", rooms = 1000, timeline = 20, batches = 100, batchEvents = 50, batchRooms = 8,
        history = 2000 } = {}) {
        this.seed = seed;
        this.historyEvents = history; // a room, before its first timeline
        this.people = makePeople(seed, Math.max(400, rooms * 4));
        this.rooms = [];
        for (let i = 0; i < rooms; i++) this.rooms.push(new Room(seed, i, this.people));
        this.fillSpaces();
        for (const room of this.rooms) room.makeTimeline(timeline, this.people);
        this.byId = new Map(this.rooms.map((room) => [room.id, room]));
        this.byRecency = [...this.rooms].sort((a, b) => b.lastTs - a.lastTs);
        this.makeGlobals();
        this.makeBatches(batches, batchEvents, batchRooms);
    }

    fillSpaces() {
        const random = new Random(this.seed, "spaces");
        const spaces = this.rooms.filter((room) => room.kind === "space");
        for (const room of this.rooms) {
            if (room.kind !== "group" || !spaces.length || random.chance(0.4)) continue;
            const space = random.pick(spaces), creator = space.members[1].id;
            const content = { via: [SERVER], ...(random.chance(0.1) ? { suggested: true } : {}) };
            space.state.push(space.writer.event("m.space.child", creator, content, space.lastTs, room.id));
        }
    }

    makeGlobals() {
        const random = new Random(this.seed, "globals");
        const direct = {};
        for (const room of this.rooms) if (room.kind === "dm") (direct[room.members[1].id] ??= []).push(room.id);
        this.accountData = [
            { type: "m.push_rules", content: PUSH_RULES },
            { type: "m.direct", content: direct },
            { type: "m.ignored_user_list", content: { ignored_users: { [this.people.at(-1).id]: {} } } },
            { type: "im.vector.setting.breadcrumbs",
                content: { recent_rooms: this.byRecency.slice(0, 20).map((room) => room.id) } },
        ].map((event) => JSON.stringify(event));
        this.presence = this.people.slice(1, 51).map((one) => JSON.stringify({ type: "m.presence", sender: one.id,
            content: { presence: random.pick(["online", "offline", "unavailable"]),
                last_active_ago: random.below(9000000), currently_active: false } }));
        this.invites = [];
        for (let i = 0; i < Math.ceil(this.rooms.length / 200); i++) this.invites.push(this.makeInvite(i, random));
    }

    makeInvite(i, random) {
        const from = this.people[5 + i];
        const event = (type, state_key, content) => ({ type, state_key, sender: from.id, content });
        const events = [
            event("m.room.create", "", { room_version: "10", creator: from.id }),
            event("m.room.join_rules", "", { join_rule: "invite" }),
            event("m.room.name", "", { name: `${words.invitation} ${i}` }),
            event("m.room.member", from.id, { membership: "join", displayname: from.name }),
            event("m.room.member", ME, { membership: "invite", displayname: words.me }),
        ];
        return { id: `!${random.chars(ROOM_LETTERS, 18)}:${SERVER}`, events: JSON.stringify(events) };
    }

    /** What comes afterwards: each batch is a list of rooms with their new events. */
    makeBatches(count, perBatch, perRooms) {
        this.talk = { random: new Random(this.seed, "batches"), ts: NOW_MS, perBatch, perRooms,
            rooms: this.byRecency.filter((room) => room.kind !== "space") };
        this.batches = Array.from({ length: count }, () => this.nextBatch());
        // The first answer counts what was unread before any of this came.
        for (const part of this.batches.flat()) part.room.unread -= part.events.length;
    }

    /** One more, behind all that were made. */
    nextBatch() {
        const { random, rooms: talking, perBatch, perRooms } = this.talk;
        const chosen = new Set();
        while (chosen.size < Math.min(perRooms, talking.length)) chosen.add(talking[random.zipf(talking.length)]);
        const rooms = [...chosen], parts = new Map();
        for (let i = 0; i < perBatch; i++) {
            const room = i < rooms.length ? rooms[i] : random.pick(rooms);
            this.talk.ts += 500 + random.below(4000);
            const event = room.writer.message(random.pick(room.speakers), this.talk.ts);
            if (!parts.has(room)) parts.set(room, []);
            parts.get(room).push({ id: event.event_id, sender: event.sender, ts: this.talk.ts, json: JSON.stringify(event) });
        }
        const batch = [...parts].map(([room, events]) => this.batchPart(room, events, random));
        for (const part of batch) part.bump = this.talk.ts;
        return batch;
    }

    batchPart(room, events, random) {
        const last = events.at(-1);
        room.unread += events.length;
        const reader = random.pick(room.speakers).id;
        const content = { [last.id]: { "m.read": { [reader]: { ts: last.ts + 1000 } } } };
        return { room, events, unread: room.unread, receipts: JSON.stringify({ type: "m.receipt", content }) };
    }

    /** A page of what was before the first timeline. */
    history(room, offset, limit) {
        const chunk = [];
        const end = Math.min(this.historyEvents, offset + limit);
        for (let n = offset; n < end; n++) {
            const writer = new RoomWriter(room, new Random(this.seed, "history", room.number, n));
            const event = writer.message(writer.random.pick(room.speakers), room.lastTs - HISTORY_STEP_MS * (n + 40));
            event.room_id = room.id;
            chunk.push(JSON.stringify(event));
        }
        const next = end < this.historyEvents ? `,"end":"p${room.number}_${end}"` : "";
        return Buffer.from(`{"chunk":[${chunk.join(",")}],"start":"p${room.number}_${offset}"${next},"state":[]}`);
    }
}
