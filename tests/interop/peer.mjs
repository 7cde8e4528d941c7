// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// An independent Matrix client (matrix-js-sdk + its Rust crypto in WebAssembly), driven
// over stdin/stdout, for interop tests.
//
//   node peer.mjs            one JSON object a line on stdin:  {"id":1,"cmd":"login","baseUrl":...}
//                            one JSON object a line on stdout: {"id":1,"ok":true,"result":...}
//                                                          or  {"id":1,"ok":false,"error":"..."}
//                            and, unasked, events:             {"event":"message", ...}
//
// Commands run concurrently: a "waitMessage" may be pending while others run. Everything the SDK
// logs goes to stderr (PEER_LOG=trace|debug|log|info|warn|error, default error). Node 22 or newer.
// The crypto store is in memory: a process is one device, for its whole life.
import { createInterface } from "node:readline";
import { client, event, out } from "./peer/state.mjs";
import { historyCommands } from "./peer/history.mjs";
import { keyCommands } from "./peer/keys.mjs";
import { roomCommands } from "./peer/rooms.mjs";
import { sessionCommands } from "./peer/session.mjs";
import { verificationCommands } from "./peer/verification.mjs";

const commands = {
    ...sessionCommands, ...roomCommands, ...historyCommands, ...keyCommands, ...verificationCommands,
    /** {}: every command there is. */
    help: async () => Object.keys(commands),
    async quit() { client?.stopClient(); setTimeout(() => process.exit(0), 50); return {}; },
};

process.on("unhandledRejection", (e) => event("unhandled", { error: String(e?.stack ?? e) }));
createInterface({ input: process.stdin }).on("line", async (line) => {
    if (!line.trim()) return;
    let m;
    try {
        m = JSON.parse(line);
    } catch {
        return out({ ok: false, error: "not JSON" });
    }
    const f = commands[m.cmd];
    if (!f) return out({ id: m.id, ok: false, error: `no command ${m.cmd}` });
    try {
        const { id: _i, cmd: _c, ...args } = m;
        out({ id: m.id, ok: true, result: await f(args) });
    } catch (e) {
        out({ id: m.id, ok: false, error: String(e?.message ?? e), errcode: e?.errcode });
    }
}).on("close", () => commands.quit());
event("ready", { node: process.version });
