// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Simplified sliding sync (MSC4186). A position names what its connection has been given: rooms, and batches.
import { KEY_COUNTS, joinTexts } from "./classic_bodies.mjs";
import { ME } from "./people.mjs";

const KEPT_POSITIONS = 4; // a connection: the last answer may have been lost, older ones were not

/** What a connection has: for each room how long a timeline it was given, and how many batches came after. */
class Position {
    constructor(before = null) {
        this.rooms = new Map(before?.rooms);
        this.batch = before?.batch ?? 0;
        this.globals = before?.globals ?? false;
    }
}

function requiredState(room, required, events) {
    const lazy = required.some(([type, key]) => type === "m.room.member" && key === "$LAZY");
    const loaded = lazy ? room.lazyMembers(events) : new Set();
    const named = (event) => required.some(([type, key]) => (type === "*" || type === event.type)
        && (key === "*" || key === event.key || (key === "$ME" && event.key === ME)));
    return [...room.currentState()]
        .filter((event) => named(event) || (event.type === "m.room.member" && loaded.has(event.key)));
}

function roomText(room, required, limit, initial) {
    const events = room.timelineTexts.slice(-limit);
    const heroes = room.heroes.map((id) => {
        const { displayname, avatar_url } = JSON.parse(room.memberTexts.get(id).json).content;
        return { user_id: id, displayname, avatar_url };
    });
    return `{${room.name ? `"name":${JSON.stringify(room.name)},` : ""}${room.avatar ? `"avatar":"${room.avatar}",` : ""}` +
        `"heroes":${JSON.stringify(heroes)},"initial":${initial},"is_dm":${room.kind === "dm"}` +
        `,"required_state":[${joinTexts(requiredState(room, required, events))}],"timeline":[${joinTexts(events)}]` +
        `,"prev_batch":"${room.prevBatch}","limited":true,"num_live":0,"joined_count":${room.joined},"invited_count":0` +
        `,"notification_count":${room.unread},"highlight_count":${room.highlight},"bump_stamp":${room.lastTs}}`;
}

function batchText(part) {
    return `{"timeline":[${joinTexts(part.events)}],"required_state":[],"num_live":${part.events.length}` +
        `,"joined_count":${part.room.joined},"invited_count":0,"notification_count":${part.unread},"highlight_count":0` +
        `,"bump_stamp":${part.bump}}`;
}

export class SlidingSync {
    constructor(account, gate) {
        this.account = account;
        this.gate = gate;
        this.positions = new Map();
        this.connections = new Map(); // by conn_id: their last positions
        this.made = 0;
        this.texts = new Map(); // rooms as text, by what was asked of them: a second client gets the same bytes
    }

    answer(query, input, reply, response) {
        const pos = query.get("pos");
        const before = pos ? this.positions.get(pos) : null;
        if (pos && !before) return reply(400, Buffer.from('{"errcode":"M_UNKNOWN_POS","error":"unknown pos"}'));
        const position = new Position(before);
        if (Object.keys(input.lists ?? {}).length) this.gate.note(position.batch);
        const given = { rooms: [], lists: {}, accountData: [], receipts: [] };
        this.giveLists(input, position, given);
        if (!given.rooms.length && before) this.giveBatch(position, given);
        const finish = () => reply(200, this.body(input, position, given));
        // The batches that hold nothing for this connection were passed over: it waits as at a real server.
        if (given.rooms.length || !before) return finish();
        this.gate.wait(query, response, () => this.answer(query, input, reply, response), finish);
    }

    giveLists(input, position, given) {
        for (const [name, config] of Object.entries(input.lists ?? {})) {
            const list = [...this.account.invites, ...this.account.byRecency];
            given.lists[name] = { count: list.length };
            for (const [from, to] of config.ranges ?? [])
                for (const room of list.slice(from, to + 1)) this.giveRoom(room, config, position, given);
        }
        for (const [id, config] of Object.entries(input.room_subscriptions ?? {})) {
            const room = this.account.byId.get(id);
            if (room) this.giveRoom(room, config, position, given);
        }
    }

    giveRoom(room, config, position, given) {
        const limit = config.timeline_limit ?? 20, had = position.rooms.get(room.id);
        if (had !== undefined && had >= limit) return;
        position.rooms.set(room.id, limit);
        if (room.events) { // an invitation
            given.rooms.push(`"${room.id}":{"initial":true,"invite_state":${room.events},"bump_stamp":1}`);
            return;
        }
        const key = `${room.number} ${limit} ${had === undefined} ${JSON.stringify(config.required_state ?? [])}`;
        if (!this.texts.has(key))
            this.texts.set(key, roomText(room, config.required_state ?? [], limit, had === undefined));
        given.rooms.push(`"${room.id}":${this.texts.get(key)}`);
        given.accountData.push(`"${room.id}":[${room.accountData.join(",")}]`);
        given.receipts.push(`"${room.id}":${room.receipts}`);
    }

    giveBatch(position, given) {
        while (position.batch < this.gate.released && !given.rooms.length) {
            const parts = this.account.batches[position.batch++].filter((part) => position.rooms.has(part.room.id));
            given.rooms = parts.map((part) => `"${part.room.id}":${batchText(part)}`);
            given.receipts = parts.map((part) => `"${part.room.id}":${part.receipts}`);
        }
    }

    body(input, position, given) {
        const wanted = (name) => input.extensions?.[name]?.enabled;
        const extensions = [];
        if (wanted("to_device")) extensions.push(`"to_device":{"next_batch":"t${position.batch}","events":[]}`);
        if (wanted("e2ee")) extensions.push(`"e2ee":{${KEY_COUNTS},"device_lists":{"changed":[],"left":[]}}`);
        if (wanted("receipts")) extensions.push(`"receipts":{"rooms":{${given.receipts.join(",")}}}`);
        if (wanted("typing")) extensions.push('"typing":{"rooms":{}}');
        if (wanted("account_data")) {
            const globals = position.globals ? "" : this.account.accountData.join(",");
            extensions.push(`"account_data":{"global":[${globals}],"rooms":{${given.accountData.join(",")}}}`);
            position.globals = true;
        }
        const next = `c${++this.made}_b${position.batch}`;
        this.positions.set(next, position);
        const connection = input.conn_id ?? "";
        const kept = [...(this.connections.get(connection) ?? []), next];
        if (kept.length > KEPT_POSITIONS) this.positions.delete(kept.shift());
        this.connections.set(connection, kept);
        return Buffer.from(`{"pos":"${next}","lists":${JSON.stringify(given.lists)},"rooms":{${given.rooms.join(",")}}` +
            `,"extensions":{${extensions.join(",")}}}`);
    }
}
