// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What a client asks beside the synchronisation. Each row: method, path behind /_matrix/client/<version> or
// /_matrix/media/<version>, and a function of (parts of the path, query, body).
import { ME, SERVER, words } from "./people.mjs";
import { pictureOf } from "./pictures.mjs";
import { PUSH_RULES } from "./push_rules.mjs";
import { BASE64_URL, Random } from "./random.mjs";

const DEVICE = "PERFDEVICE";
const MOST_PER_PAGE = 1000;

const bytes = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const ok = (value) => ({ status: 200, body: Buffer.isBuffer(value) ? value : bytes(value) });
export const refused = (status, errcode) => ({ status, body: bytes({ errcode, error: errcode }) });
const withRoom = (json, room) => `${json.slice(0, -1)},"room_id":"${room}"}`;

export class Endpoints {
    /** @p sliding: whether the server says that it has sliding sync. */
    constructor(account, sliding) {
        this.account = account;
        this.people = new Map(account.people.map((one) => [one.id, one]));
        this.events = new Map();
        for (const room of account.rooms) for (const event of room.timelineTexts) this.events.set(event.id, event);
        for (const part of account.batches.flat()) for (const event of part.events) this.events.set(event.id, event);
        this.ownKeys = null;
        this.sent = 0;
        this.routes = [...this.sessionRoutes(sliding), ...this.keyRoutes(), ...this.roomRoutes(), ...this.otherRoutes()];
    }

    /** What to answer; 404 where no route fits. */
    answer(method, path, query, body) {
        for (const [verb, pattern, handler] of this.routes) {
            const found = verb === method && pattern.exec(path);
            if (found) return handler(found.map((part) => part === undefined ? part : decodeURIComponent(part)), query, body);
        }
        return refused(404, "M_UNRECOGNIZED");
    }

    sessionRoutes(sliding) {
        const versions = { versions: Array.from({ length: 15 }, (_, i) => `v1.${i + 1}`),
            unstable_features: sliding ? { "org.matrix.simplified_msc3575": true } : {} };
        return [
            ["GET", /^\/versions$/, () => ok(versions)],
            ["GET", /^\/login$/, () => ok({ flows: [{ type: "m.login.password" }] })],
            ["POST", /^\/login$/, (_, q, body) => ok({ user_id: ME, access_token: "perf-token",
                device_id: body.device_id ?? DEVICE, home_server: SERVER })],
            ["POST", /^\/logout/, () => ok({})],
            ["GET", /^\/account\/whoami$/, () => ok({ user_id: ME, device_id: DEVICE, is_guest: false })],
            ["GET", /^\/capabilities$/, () => ok({ capabilities: { "m.change_password": { enabled: true },
                "m.room_versions": { default: "10", available: { 10: "stable" } } } })],
            ["GET", /^\/devices$/, () => ok({ devices: [{ device_id: DEVICE, display_name: "bench" }] })],
            ["GET", /^\/devices\/([^/]+)$/, (m) => ok({ device_id: m[1], display_name: "bench" })],
        ];
    }

    keyRoutes() {
        const keysOf = (user) => user === ME && this.ownKeys ? { [this.ownKeys.device_id]: this.ownKeys } : {};
        return [
            ["POST", /^\/keys\/upload/, (_, q, body) => {
                this.ownKeys = body.device_keys ?? this.ownKeys;
                return ok({ one_time_key_counts: { signed_curve25519: 50 } });
            }],
            ["POST", /^\/keys\/query$/, (_, q, body) => ok({ failures: {}, master_keys: {}, self_signing_keys: {},
                user_signing_keys: {}, device_keys: Object.fromEntries(
                    Object.keys(body.device_keys ?? {}).map((user) => [user, keysOf(user)])) })],
            ["POST", /^\/keys\/claim$/, () => ok({ one_time_keys: {}, failures: {} })],
            ["GET", /^\/keys\/changes$/, () => ok({ changed: [], left: [] })],
            ["POST", /^\/keys\//, () => ok({ failures: {} })],
            ["GET", /^\/room_keys\/version/, () => refused(404, "M_NOT_FOUND")],
        ];
    }

    roomRoutes() {
        const inRoom = (answer) => (m, query) => {
            const room = this.account.byId.get(m[1]);
            return room ? answer(room, m, query) : refused(403, "M_FORBIDDEN");
        };
        const stateOf = (room, wanted) =>
            [...room.currentState()].filter(wanted).map((event) => withRoom(event.json, room.id)).join(",");
        return [
            ["GET", /^\/rooms\/([^/]+)\/messages$/, inRoom((room, m, query) => {
                const from = /^p\d+_(\d+)$/.exec(query.get("from") ?? "");
                const limit = Math.min(Number(query.get("limit") ?? 10), MOST_PER_PAGE);
                return ok(this.account.history(room, from ? Number(from[1]) : 0, limit));
            })],
            ["GET", /^\/rooms\/([^/]+)\/members$/, inRoom((room) =>
                ok(`{"chunk":[${stateOf(room, (event) => event.type === "m.room.member")}]}`))],
            ["GET", /^\/rooms\/([^/]+)\/joined_members$/, inRoom((room) => ok({ joined: Object.fromEntries(
                room.members.map((one) => [one.id, { display_name: one.name, avatar_url: one.avatar }])) }))],
            ["GET", /^\/rooms\/([^/]+)\/state$/, inRoom((room) => ok(`[${stateOf(room, () => true)}]`))],
            ["GET", /^\/rooms\/([^/]+)\/state\/([^/]+)(?:\/(.*))?$/, inRoom((room, m) => {
                const found = [...room.currentState()].find((event) => event.type === m[2] && event.key === (m[3] ?? ""));
                return found ? ok(JSON.parse(found.json).content) : refused(404, "M_NOT_FOUND");
            })],
            ["GET", /^\/rooms\/([^/]+)\/event\/([^/]+)$/, inRoom((room, m) => {
                const event = this.events.get(m[2]);
                return event ? ok(withRoom(event.json, room.id)) : refused(404, "M_NOT_FOUND");
            })],
            ["GET", /^\/rooms\/([^/]+)\/context\/([^/]+)$/, inRoom((room, m) => {
                const event = this.events.get(m[2]);
                return event ? ok(`{"event":${withRoom(event.json, room.id)},"events_before":[],"events_after":[]` +
                    `,"state":[],"start":"${room.prevBatch}","end":"${room.prevBatch}"}`) : refused(404, "M_NOT_FOUND");
            })],
            ["GET", /^\/rooms\/[^/]+\/(relations|threads|hierarchy|aliases)/,
                () => ok({ chunk: [], rooms: [], aliases: [] })],
            ["PUT", /^\/rooms\/[^/]+\/(send|state|redact)\//,
                () => ok({ event_id: "$" + new Random("sent", ++this.sent).chars(BASE64_URL, 43) })],
            ["POST", /^\/rooms\/[^/]+\/(receipt|read_markers)/, () => ok({})],
            ["GET", /^\/joined_rooms$/, () => ok({ joined_rooms: this.account.rooms.map((room) => room.id) })],
        ];
    }

    otherRoutes() {
        return [
            ["GET", /^\/pushrules\/?/, () => ok(PUSH_RULES)],
            ["GET", /^\/pushers$/, () => ok({ pushers: [] })],
            ["GET", /^\/profile\/([^/]+)$/, (m) => {
                const one = this.people.get(m[1]);
                return one ? ok({ displayname: one.id === ME ? words.me : one.name,
                    ...(one.avatar ? { avatar_url: one.avatar } : {}) }) : refused(404, "M_NOT_FOUND");
            }],
            ["POST", /^\/user\/[^/]+\/filter$/, (_, q, body) =>
                ok({ filter_id: body.room?.state?.lazy_load_members ? "lazy" : "full" })],
            ["GET", /^\/user\/[^/]+\/(?:rooms\/[^/]+\/)?account_data\//, () => refused(404, "M_NOT_FOUND")],
            ["GET", /^\/presence\//, () => ok({ presence: "online", currently_active: true })],
            ["GET", /^\/(media\/)?config$/, () => ok({ "m.upload.size": 104857600 })],
            ["GET", /^\/(?:media\/)?(?:download|thumbnail)\/[^/]+\/([^/]+)/,
                (m) => ({ status: 200, type: "image/png", body: pictureOf(m[1]) })],
            ["PUT", /./, () => ok({})], // account data, typing, presence, tags, profile
        ];
    }
}
