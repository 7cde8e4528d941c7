// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Verifying devices and people: emoji, QR codes.
import { api, auto, b64, client, crypto, event, setAuto, until } from "./state.mjs";

const verifications = new Map(); // transaction id -> VerificationRequest
const sasOf = new Map(); // transaction id -> ShowSasCallbacks waiting for a decision
const qrOf = new Map(); // transaction id -> ShowQrCodeCallbacks: somebody read our code

export function watchVerification(req) {
    const id = req.transactionId;
    if (verifications.has(id)) return;
    verifications.set(id, req);
    let last, verifier;
    const look = async () => {
        const phase = api.VerificationPhase[req.phase];
        if (phase !== last) {
            last = phase;
            event("verification", {
                txn: id, phase, user: req.otherUserId, device: req.otherDeviceId, byMe: req.initiatedByMe,
                room: req.roomId, self: req.isSelfVerification, cancelCode: req.cancellationCode ?? undefined,
            });
        }
        if (req.phase === api.VerificationPhase.Requested && !req.initiatedByMe && auto.accept && !req.accepting)
            await req.accept();
        if (req.verifier && req.verifier !== verifier && !auto.hold) runVerifier(id, req, (verifier = req.verifier));
    };
    const safe = () => look().catch((e) => event("verificationError", { txn: id, error: String(e) }));
    req.on(api.VerificationRequestEvent.Change, safe);
    safe();
}

function runVerifier(id, req, verifier) {
    const showSas = (sas) => {
        sasOf.set(id, sas);
        event("sas", { txn: id, emoji: sas.sas.emoji?.map((e) => e[0]), names: sas.sas.emoji?.map((e) => e[1]), decimal: sas.sas.decimal });
        if (auto.confirm) sas.confirm().catch((e) => event("verificationError", { txn: id, error: String(e) }));
    };
    const showQr = (qr) => {
        qrOf.set(id, qr);
        event("qrScanned", { txn: id });
        if (auto.confirm) qr.confirm();
    };
    verifier.on(api.VerifierEvent.ShowSas, showSas);
    verifier.on(api.VerifierEvent.ShowReciprocateQr, showQr);
    verifier.on(api.VerifierEvent.Cancel, (e) => event("verificationCancelled", { txn: id, error: String(e?.message ?? e) }));
    if (verifier.getShowSasCallbacks()) showSas(verifier.getShowSasCallbacks());
    if (verifier.getReciprocateQrCodeCallbacks()) showQr(verifier.getReciprocateQrCodeCallbacks());
    verifier.verify().then(
        () => event("verified", { txn: id, user: req.otherUserId, device: req.otherDeviceId }),
        (e) => event("verificationError", { txn: id, error: String(e) }),
    );
}

// watchVerification() sees the new verifier through the request's Change event; this covers the
// case in which that event came before we looked.
function runVerifierOnce(txn, req, verifier) {
    req.emit(api.VerificationRequestEvent.Change);
    void verifier;
}

export const verificationCommands = {
    /** {accept, confirm, hold}: deal with verification requests and SAS by itself; `hold`: answer no start. */
    async autoVerify({ accept = true, confirm = true, hold = false }) { setAuto({ accept, confirm, hold }); return {}; },
    /** {user?, device?, room?}: asks for verification; own user without device asks all one's devices. */
    async requestVerification({ user, device, room: id }) {
        const c = crypto();
        // a fresh client may not have asked for these devices yet ("Not a known device")
        await until("the devices' keys", 10000, async () => {
            const m = (await c.getUserDeviceInfo([user ?? client.getUserId()], true)).get(user ?? client.getUserId());
            return device ? m?.has(device) : m?.size;
        });
        const req = id ? await c.requestVerificationDM(user, id)
            : device ? await c.requestDeviceVerification(user ?? client.getUserId(), device)
            : await c.requestOwnUserVerification();
        watchVerification(req);
        return { txn: req.transactionId };
    },
    async acceptVerification({ txn }) { await verifications.get(txn).accept(); return {}; },
    /** {txn}: once Ready, begin SAS. */
    async startSas({ txn, timeout = 15000 }) {
        const req = verifications.get(txn);
        await until("verification to be ready", timeout, () => req.phase === api.VerificationPhase.Ready || req.verifier);
        if (!req.verifier) runVerifierOnce(txn, req, await req.startVerification("m.sas.v1"));
        return {};
    },
    async waitSas({ txn, timeout = 15000 }) {
        const s = await until("emoji", timeout, () => sasOf.get(txn));
        return { emoji: s.sas.emoji.map((e) => e[0]), names: s.sas.emoji.map((e) => e[1]), decimal: s.sas.decimal };
    },
    async confirmSas({ txn }) { await sasOf.get(txn).confirm(); return {}; },
    /** {txn}, once the other device read our code: it says so, or it does not. */
    async confirmQr({ txn }) { qrOf.get(txn).confirm(); return {}; },
    async refuseQr({ txn }) { qrOf.get(txn).cancel(); return {}; },
    async mismatchSas({ txn }) { sasOf.get(txn).mismatch(); return {}; },
    async cancelVerification({ txn }) { await verifications.get(txn).cancel(); return {}; },
    async waitVerification({ txn, phase = "Done", timeout = 20000 }) {
        const req = await until("request", timeout, () => (txn ? verifications.get(txn) : [...verifications.values()].at(-1)));
        await until(`phase ${phase}`, timeout, () => req.phase >= api.VerificationPhase[phase]);
        return { txn: req.transactionId, phase: api.VerificationPhase[req.phase], user: req.otherUserId, device: req.otherDeviceId };
    },
    /** {txn}: the QR code this side would show, base64 of its bytes. */
    async showQr({ txn, timeout = 15000 }) {
        const req = verifications.get(txn);
        await until("verification to be ready", timeout, () => req.phase >= api.VerificationPhase.Ready);
        const q = await req.generateQRCode();
        return { data: q && b64(q) };
    },
    async scanQr({ txn, data }) {
        await verifications.get(txn).scanQRCode(new Uint8ClampedArray(Buffer.from(data, "base64")));
        return {};
    },
};
