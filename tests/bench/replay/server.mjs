// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A homeserver that plays a made-up account (account.mjs) over plain HTTP on 127.0.0.1, always the same one. Needs
// nothing but Node 20. Large answers are made before the port opens: to serve one is to write it.
//
//   node server.mjs --sync classic|sliding [--port 0] [--rooms 1000] [--timeline 20] [--seed 1]
//                   [--batches 100] [--batch-events 50] [--stream 0] [--history 2000] [--hold]
//                   [--dump DIR]
//
// It says {"port":…,"rooms":…} on a line of its own once it listens, and ends with its standard input.
// --hold keeps the batches back; --dump writes the answers of /v3/sync as files first.
//
//   GET /_bench/info                what it plays, and how much processor time it has taken
//   GET /_bench/log?from=N          the requests that came: method, path, status, bytes
//   GET /_bench/release?n=K         lets the first K batches out; 0 holds all of them back for the next client
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Account } from "./account.mjs";
import { ClassicSync } from "./classic_sync.mjs";
import { Endpoints } from "./endpoints.mjs";
import { Gate } from "./gate.mjs";
import { SlidingSync } from "./sliding_sync.mjs";

const { values: options } = parseArgs({ options: {
    sync: { type: "string", default: "sliding" }, port: { type: "string", default: "0" },
    rooms: { type: "string", default: "1000" }, timeline: { type: "string", default: "20" },
    seed: { type: "string", default: "1" }, batches: { type: "string", default: "100" },
    "batch-events": { type: "string", default: "50" }, hold: { type: "boolean", default: false },
    history: { type: "string", default: "2000" }, stream: { type: "string", default: "0" }, dump: { type: "string" },
} });
const sliding = options.sync === "sliding";
const account = new Account({ seed: options.seed, rooms: Number(options.rooms), timeline: Number(options.timeline),
    batches: Number(options.batches), batchEvents: Number(options["batch-events"]), history: Number(options.history) });
const gate = new Gate(options.hold ? 0 : account.batches.length);
const classicSync = new ClassicSync(account, gate, Number(options.stream));
const slidingSync = new SlidingSync(account, gate);
const endpoints = new Endpoints(account, sliding);
const log = [];

if (options.dump) {
    mkdirSync(options.dump, { recursive: true });
    for (const [kind, body] of Object.entries(classicSync.initial)) writeFileSync(`${options.dump}/initial-${kind}.json`, body);
    classicSync.batches.forEach((body, b) => writeFileSync(`${options.dump}/batch-${String(b).padStart(3, "0")}.json`, body));
}

function steer(url) {
    const query = url.searchParams;
    switch (url.pathname) {
    case "/_bench/info":
        return { rooms: account.rooms.length, invites: account.invites.length, batches: account.batches.length, taken: gate.taken,
            bytes: { full: classicSync.initial.full.length, lazy: classicSync.initial.lazy.length },
            cpu: Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1e6 };
    case "/_bench/log":
        return log.slice(Number(query.get("from") ?? 0));
    case "/_bench/release":
        gate.release(Math.min(classicSync.last, Number(query.get("n"))));
        return { released: gate.released };
    default:
        return null;
    }
}

function serve(request, response, text) {
    const url = new URL(request.url, "http://127.0.0.1");
    const entry = { method: request.method, path: url.pathname };
    const reply = (status, body, type = "application/json") => {
        Object.assign(entry, { status, bytes: body.length });
        response.writeHead(status, { "Content-Type": type, "Content-Length": body.length });
        response.end(body);
    };
    if (url.pathname.startsWith("/_bench/")) {
        const told = steer(url);
        return reply(told ? 200 : 404, Buffer.from(JSON.stringify(told)));
    }
    log.push(entry);
    let input = {};
    try {
        input = JSON.parse(text);
    } catch {
        // an upload, or nothing
    }
    const unstable = String.raw`(?:\/org\.matrix\.(?:simplified_)?msc\d+)?`;
    const known = new RegExp(String.raw`^\/_matrix\/(?:client|media)(?:\/(?:r0|v1|v3|v4|unstable))?${unstable}(\/.*)$`).exec(url.pathname);
    const path = known?.[1];
    if (path === "/sync" && request.method === "GET") return classicSync.answer(url.searchParams, reply, response);
    if (path === "/sync" && sliding) return slidingSync.answer(url.searchParams, input, reply, response);
    const { status, body, type } = endpoints.answer(request.method, path ?? url.pathname, url.searchParams, input);
    reply(status, body, type);
}

const server = createServer((request, response) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => serve(request, response, Buffer.concat(pieces).toString()));
});
server.keepAliveTimeout = 120000;
server.requestTimeout = 0;
server.listen(Number(options.port), "127.0.0.1", () => {
    console.log(JSON.stringify({ port: server.address().port, rooms: account.rooms.length }));
});
process.stdin.on("end", () => process.exit(0)).resume();
