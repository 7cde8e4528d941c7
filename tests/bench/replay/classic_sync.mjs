// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// GET /v3/sync: the token s<n> means that n batches were taken. Behind those that were made beforehand come as many as
// the stream has, each made when it is asked for.
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
    constructor(account, gate, stream = 0) {
        this.account = account;
        this.gate = gate;
        this.initial = { lazy: initialSync(account, true), full: initialSync(account, false) };
        this.batches = account.batches.map((batch, b) => incrementalSync(account, b, batch));
        this.last = this.batches.length + stream;
        this.made = { b: this.batches.length - 1, body: null }; // of the stream
    }

    answer(query, reply, response) {
        const since = query.get("since");
        if (!since) return reply(200, isLazy(query.get("filter")) ? this.initial.lazy : this.initial.full);
        const b = Number(since.slice(1));
        const body = b >= 0 && b <= this.last && b < this.gate.released ? this.body(b) : undefined;
        if (!(b >= 0 && b <= this.last) || body === null)
            return reply(400, Buffer.from('{"errcode":"M_INVALID_PARAM","error":"since"}'));
        this.gate.note(b);
        if (body) return reply(200, body);
        this.gate.wait(query, response, () => this.answer(query, reply, response), () => reply(200, quietSync(b)));
    }

    /** Null for one of the stream that is neither the last one nor the next. */
    body(b) {
        if (b < this.batches.length) return this.batches[b];
        if (b === this.made.b + 1) this.made = { b, body: incrementalSync(this.account, b, this.account.nextBatch()) };
        return b === this.made.b ? this.made.body : null;
    }
}
