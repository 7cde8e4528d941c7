// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// One room: who is in it, its state, its last messages, who has read what. Once made, its events are kept as text.
import { ME, NOW_MS, SERVER, mediaAddress, sentence, words } from "./people.mjs";
import { BASE64, ROOM_LETTERS, Random } from "./random.mjs";
import { RoomWriter, memberContent } from "./room_writer.mjs";

const HOUR_MS = 3600000, DAY_MS = 24 * HOUR_MS;
const LARGEST = 5000;
const SPACE_EVERY = 50;

const asText = (event) => ({ type: event.type, key: event.state_key, id: event.event_id, sender: event.sender,
    ts: event.origin_server_ts, json: JSON.stringify(event) });
const placeOf = (event) => `${event.type}\0${event.key}`;

export class Room {
    constructor(seed, number, people) {
        const random = new Random(seed, "room", number);
        this.number = number;
        this.seed = seed;
        this.id = `!${random.chars(ROOM_LETTERS, 18)}:${SERVER}`;
        const kind = random.unit();
        this.kind = number % SPACE_EVERY === 7 ? "space" : kind < 0.4 ? "dm" : "group";
        this.encrypted = this.kind !== "space" && random.chance(this.kind === "dm" ? 0.5 : 0.17); // about 30 % in all
        this.sessions = new Map();
        this.chooseMembers(random, people);
        const creator = this.members[this.kind === "dm" ? random.below(2) : 1];
        // From an hour to 700 days ago.
        this.lastTs = NOW_MS - Math.round(HOUR_MS * Math.exp(random.unit() * Math.log(24 * 700)));
        const born = this.lastTs - DAY_MS * (30 + random.below(900));
        this.writer = new RoomWriter(this, random);
        this.state = [];
        this.makeState(creator, born);
        this.memberEvents = new Map();
        for (const [n, one] of this.members.entries()) {
            const ts = one === creator ? born + 1 : born + 1000 * (n + 20);
            this.memberEvents.set(one.id, this.writer.event("m.room.member", one.id, memberContent(one), ts, one.id));
        }
        this.chooseSpeakers(random, people[0]);
    }

    chooseMembers(random, people) {
        const size = this.kind === "dm" ? 2
            : Math.max(3, Math.min(LARGEST, people.length, Math.round(random.logNormal(12, 1.6))));
        const chosen = new Map([[people[0].id, people[0]]]);
        while (chosen.size < size) {
            const one = people[1 + random.below(people.length - 1)];
            chosen.set(one.id, one);
        }
        this.members = [...chosen.values()];
    }

    /** A few of the members, the most talkative first. */
    chooseSpeakers(random, me) {
        const others = this.members.filter((one) => one !== me).slice(0, 40);
        const count = this.kind === "dm" ? 1 : Math.min(others.length, 2 + random.below(6));
        const withMe = random.chance(0.5) || this.kind === "dm";
        this.speakers = [...(withMe ? [me] : []), ...others.slice(0, count)];
    }

    makeState(creator, born) {
        const random = this.writer.random, direct = this.kind === "dm";
        const put = (type, content, ts, key = "") =>
            this.state.push(this.writer.event(type, creator.id, content, ts, key));
        const create = { room_version: "10", creator: creator.id };
        if (this.kind === "space") create.type = "m.space";
        put("m.room.create", create, born);
        put("m.room.power_levels", this.powerLevels(creator, random), born + 2);
        put("m.room.join_rules", { join_rule: direct || random.chance(0.5) ? "invite" : "public" }, born + 3);
        put("m.room.history_visibility", { history_visibility: random.chance(0.8) ? "shared" : "joined" }, born + 4);
        put("m.room.guest_access", { guest_access: random.chance(0.5) ? "can_join" : "forbidden" }, born + 5);
        if (this.encrypted)
            put("m.room.encryption", { algorithm: "m.megolm.v1.aes-sha2", rotation_period_ms: 604800000,
                rotation_period_msgs: 100 }, born + 6);
        if (direct) return;
        this.name = `${random.pick(words.topics)} ${random.pick(words.kinds)} ${random.pick(words.last)} ${this.number}`;
        put("m.room.name", { name: this.name }, born + 7);
        if (random.chance(0.6)) put("m.room.topic", { topic: sentence(random) }, born + 8);
        if (random.chance(0.6)) {
            this.avatar = mediaAddress(random);
            put("m.room.avatar", { url: this.avatar }, born + 9);
        }
        if (random.chance(0.3))
            put("m.room.canonical_alias", { alias: `#${words.alias}-${this.number}:${SERVER}` }, born + 10);
    }

    powerLevels(creator, random) {
        const mine = this.kind !== "dm" && random.chance(0.3) ? { [ME]: 50 } : {};
        return {
            users: this.kind === "dm" ? Object.fromEntries(this.members.map((one) => [one.id, 100]))
                : { [creator.id]: 100, ...mine },
            users_default: 0,
            events: { "m.room.name": 50, "m.room.power_levels": 100, "m.room.history_visibility": 100,
                "m.room.canonical_alias": 50, "m.room.avatar": 50, "m.room.tombstone": 100, "m.room.server_acl": 100,
                "m.room.encryption": 100 },
            events_default: this.kind === "space" ? 50 : 0,
            state_default: 50, ban: 50, kick: 50, redact: 50, invite: 0, historical: 100,
        };
    }

    sessionOf(person) {
        let session = this.sessions.get(person.id);
        if (!session) {
            session = new Random(this.seed, this.id, person.id).chars(BASE64, 43);
            this.sessions.set(person.id, session);
        }
        return session;
    }

    /** The last @p count events; then the room is text, and what made it is let go. */
    makeTimeline(count, people) {
        const random = this.writer.random;
        const gap = Math.max(1000, Math.round(random.logNormal(600000, 1.2)));
        let ts = this.lastTs - gap * count;
        this.timeline = [];
        for (let i = 0; i < count; i++) {
            ts += Math.round(gap * (0.2 + 1.6 * random.unit()));
            const aboutMembers = this.kind === "space" || (this.kind !== "dm" && random.chance(0.05));
            this.timeline.push(aboutMembers ? this.memberChange(i, ts, people)
                : this.writer.message(random.pick(this.speakers), ts));
        }
        this.lastTs = ts;
        this.serialise();
        this.makeReceipts(random);
        this.makeAccountData(random);
    }

    memberChange(i, ts, people) {
        const { writer } = this, { random } = writer;
        const one = this.kind === "space" ? this.members[1 + (i % (this.members.length - 1))]
            : random.pick(this.members.slice(1));
        if (random.unit() < 0.5) {
            const before = this.memberEvents.get(one.id) ?? this.timeline.findLast((event) => event.state_key === one.id);
            const renamed = { ...memberContent(one), displayname: `${one.name} (${random.pick(words.suffixes)})` };
            const event = writer.event("m.room.member", one.id, renamed, ts, one.id);
            if (before) {
                event.unsigned.prev_content = before.content;
                event.unsigned.replaces_state = before.event_id;
            }
            return event;
        }
        const newcomer = people[1 + random.below(people.length - 1)];
        if (this.memberEvents.has(newcomer.id) || this.timeline.some((event) => event.state_key === newcomer.id))
            return writer.message(random.pick(this.speakers), ts);
        this.members.push(newcomer);
        return writer.event("m.room.member", newcomer.id, memberContent(newcomer), ts, newcomer.id);
    }

    serialise() {
        this.stateTexts = this.state.map(asText);
        this.memberTexts = new Map([...this.memberEvents].map(([id, event]) => [id, asText(event)]));
        this.timelineTexts = this.timeline.map(asText);
        this.heroes = [...this.memberTexts.keys()].filter((id) => id !== ME).slice(0, 5);
        this.joined = this.members.length;
        this.state = this.timeline = this.memberEvents = null;
    }

    makeReceipts(random) {
        const last = this.timelineTexts.at(-1), content = {};
        const read = (event, user, receipt) => { ((content[event.id] ??= {})["m.read"] ??= {})[user] = receipt; };
        for (const one of this.speakers.slice(0, 6)) {
            const event = random.chance(0.7) ? last : random.pick(this.timelineTexts);
            read(event, one.id, { ts: event.ts + 60000, thread_id: "main" });
        }
        const unread = random.chance(0.2) ? 1 + random.below(19) : 0;
        const mine = this.timelineTexts[Math.max(0, this.timelineTexts.length - 1 - unread)];
        read(mine, ME, { ts: mine.ts + 60000 });
        this.receipts = JSON.stringify({ type: "m.receipt", content });
        this.unread = unread;
        this.highlight = unread && random.chance(0.2) ? 1 : 0;
        this.readUpTo = mine.id;
    }

    makeAccountData(random) {
        this.accountData = [JSON.stringify({ type: "m.fully_read", content: { event_id: this.readUpTo } })];
        if (!random.chance(0.1)) return;
        const tag = random.chance(0.6) ? "m.favourite" : "m.lowpriority";
        const order = Math.round(random.unit() * 1000) / 1000;
        this.accountData.push(JSON.stringify({ type: "m.tag", content: { tags: { [tag]: { order } } } }));
    }

    get prevBatch() { return `p${this.number}_0`; }

    /** Whose member events a client that loads them lazily is given with these events. */
    lazyMembers(events) {
        return new Set([ME, ...this.heroes, ...events.filter((e) => e.type !== "m.room.member").map((e) => e.sender)]);
    }

    /** The state before the timeline, and what the timeline changed of it. */
    *currentState() {
        const changed = new Map();
        for (const event of this.timelineTexts) if (event.key !== undefined) changed.set(placeOf(event), event);
        const seen = new Set();
        for (const event of [...this.stateTexts, ...this.memberTexts.values()]) {
            seen.add(placeOf(event));
            yield changed.get(placeOf(event)) ?? event;
        }
        for (const [place, event] of changed) if (!seen.has(place)) yield event;
    }
}
