// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Which of the batches may leave already, and the long polls that wait for the next.

const LONGEST_WAIT_MS = 60000;

export class Gate {
    constructor(released) {
        this.released = released;
        this.taken = 0;
        this.parked = new Set();
    }

    /** A client asked for what comes after the first @p count: it has those. */
    note(count) {
        this.taken = Math.max(this.taken, count);
    }

    release(count) {
        this.released = count;
        this.taken = Math.min(this.taken, count);
        for (const poll of [...this.parked]) {
            this.forget(poll);
            poll.retry();
        }
    }

    /** Calls @p retry once more was released, or @p expire after the time that the query allows. */
    wait(query, response, retry, expire) {
        const ms = Math.min(Number(query.get("timeout") ?? 0), LONGEST_WAIT_MS);
        if (!ms) return expire();
        const poll = { retry };
        poll.timer = setTimeout(() => {
            this.forget(poll);
            expire();
        }, ms);
        this.parked.add(poll);
        response.on("close", () => this.forget(poll));
    }

    forget(poll) {
        clearTimeout(poll.timer);
        this.parked.delete(poll);
    }
}
