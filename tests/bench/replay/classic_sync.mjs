// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// GET /v3/sync: the token s<n> means that n batches were taken.
import { incrementalSync, initialSync, quietSync } from "./classic_bodies.mjs";

function isLazy(filter) {
    if (filter === "lazy") return true; // as POST filter named it
    try {
        return Boolean(JSON.parse(filter).room.state.lazy_load_members);
    } catch {
        return false;
    }
}

export class ClassicSync {
    constructor(account, gate) {
        this.gate = gate;
        this.initial = { lazy: initialSync(account, true), full: initialSync(account, false) };
        this.batches = account.batches.map((_, b) => incrementalSync(account, b));
    }

    answer(query, reply, response) {
        const since = query.get("since");
        if (!since) return reply(200, isLazy(query.get("filter")) ? this.initial.lazy : this.initial.full);
        const b = Number(since.slice(1));
        if (!(b >= 0 && b <= this.batches.length))
            return reply(400, Buffer.from('{"errcode":"M_INVALID_PARAM","error":"since"}'));
        this.gate.note(b);
        if (b < this.gate.released) return reply(200, this.batches[b]);
        this.gate.wait(query, response, () => this.answer(query, reply, response), () => reply(200, quietSync(b)));
    }
}
