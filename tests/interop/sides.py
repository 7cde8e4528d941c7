# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two sides of a verification, with the same words for both clients."""
import time

PATIENCE = 30_000


class ParvisSide:
    """What a person does in a verification, on our side."""

    def __init__(self, driver):
        self.client, self.user, self.device = driver, driver.user_id, driver.device_id

    def request(self, other, room=None):
        self.knows(other)
        where = {"room": room} if room else {"device": other.device}
        return self.client.call("request_verification", user=other.user, timeout=PATIENCE, **where)["txn"]

    def knows(self, other):
        for _ in range(60):
            found = self.client.call("devices", user=other.user)
            if any(device["device_id"] == other.device and device.get("has_keys", True) for device in found):
                return
            self.client.wait_idle()
            time.sleep(0.25)
        raise AssertionError(f"no device {other.device} of {other.user}")

    def _reach(self, txn, state):
        return self.client.call("wait_verification", txn=txn, state=state, timeout=PATIENCE)

    def accept(self, txn):
        self._reach(txn, "requested")
        self.client.call("accept", txn=txn)

    def wait_ready(self, txn):
        return self._reach(txn, "ready")

    def start(self, txn):
        self.wait_ready(txn)
        self.client.call("start_sas", txn=txn)

    def sas(self, txn):
        shown = self.client.call("sas", txn=txn, timeout=PATIENCE)
        return [one["symbol"] for one in shown["emoji"]], shown["decimal"]

    def confirm(self, txn):
        self.client.call("confirm", txn=txn)

    def mismatch(self, txn):
        self.client.call("mismatch", txn=txn)

    def cancel(self, txn):
        self.client.call("cancel", txn=txn)

    def wait_end(self, txn):
        end = self.client.call("wait_verification", txn=txn, timeout=PATIENCE)
        return end["state"], end.get("code")

    def show(self, txn):
        self.wait_ready(txn)
        return self.client.call("qr", txn=txn)["data_base64"]

    def show_picture(self, txn):
        self.wait_ready(txn)
        return self.client.call("qr", txn=txn)["image_path"]

    def scan_picture(self, txn, path):
        self.wait_ready(txn)
        self.client.call("scan", txn=txn, image_path=path)

    def scan(self, txn, data):
        self.wait_ready(txn)
        self.client.call("scan", txn=txn, data_base64=data)

    def wait_scanned(self, txn):
        self._reach(txn, "scanned")

    def confirm_scanned(self, txn):
        self.wait_scanned(txn)
        self.client.call("confirm", txn=txn)

    def refuse_scanned(self, txn):
        """The other device does not say that it read our code."""
        self.wait_scanned(txn)
        self.client.call("mismatch", txn=txn)

    def starts_unheard(self, other, txn):
        """A start that the other side does not answer (yet)."""
        other.hold(True)
        self.start(txn)
        self._reach(txn, "started")
        other.client.call("waitVerification", txn=txn, phase="Started", timeout=PATIENCE)

    def hold(self, on):
        """While held, nothing of the server's is heard."""
        self.client.call("stop" if on else "start")

    def trusts(self, other):
        """The other's device is trusted here (and the person, where it is another one)."""
        devices = {one["device_id"]: one["trust"] for one in self.client.call("devices", user=other.user)}
        person = self.client.call("identity", user=other.user)["verified"]
        return devices.get(other.device) == "verified" and person

    def wait_trusts(self, other):
        for _ in range(60):
            self.client.wait_idle()
            if self.trusts(other):
                return
            time.sleep(0.5)
        raise AssertionError(self.client.call("devices", user=other.user),
                             self.client.call("identity", user=other.user),
                             self.client.call("crypto_status"))


class PeerSide:
    """The same on the other client."""

    def __init__(self, peer):
        self.client, self.user, self.device = peer, peer.user_id, peer.device_id

    def request(self, other, room=None):
        where = {"room": room} if room else {"device": other.device}
        return self.client.call("requestVerification", user=other.user, **where)["txn"]

    def knows(self, other):
        for _ in range(60):
            found = self.client.call("devices", user=other.user)["devices"]
            if any(device["id"] == other.device for device in found):
                return
            time.sleep(0.25)
        raise AssertionError(f"no device {other.device} of {other.user}")

    def accept(self, txn):
        self.client.call("waitVerification", txn=txn, phase="Requested", timeout=PATIENCE)
        self.client.call("acceptVerification", txn=txn)

    def wait_ready(self, txn):
        self.client.call("waitVerification", txn=txn, phase="Ready", timeout=PATIENCE)

    def start(self, txn):
        self.client.call("startSas", txn=txn)

    def sas(self, txn):
        shown = self.client.call("waitSas", txn=txn, timeout=PATIENCE)
        return shown["emoji"], shown["decimal"]

    def confirm(self, txn):
        self.client.call("confirmSas", txn=txn)

    def mismatch(self, txn):
        self.client.call("mismatchSas", txn=txn)

    def cancel(self, txn):
        self.client.call("cancelVerification", txn=txn)

    def wait_end(self, txn):
        # The phases are in an order, in which Done comes after Cancelled.
        end = self.client.call("waitVerification", txn=txn, phase="Cancelled", timeout=PATIENCE)
        seen = [one for one in self.client.events("verification") if one.get("txn") == txn]
        codes = [one["cancelCode"] for one in seen if one.get("cancelCode")]
        return end["phase"].lower(), codes[-1] if codes else None

    def show(self, txn):
        self.wait_ready(txn)
        return self.client.call("showQr", txn=txn)["data"]

    def scan(self, txn, data):
        self.wait_ready(txn)
        self.client.call("scanQr", txn=txn, data=data)

    def wait_scanned(self, txn):
        self.client.take_event("qrScanned", 30, txn=txn)

    def confirm_scanned(self, txn):
        self.wait_scanned(txn)
        self.client.call("confirmQr", txn=txn)

    def refuse_scanned(self, txn):
        self.wait_scanned(txn)
        self.client.call("refuseQr", txn=txn)

    def starts_unheard(self, other, txn):
        other.hold(True)
        self.start(txn)
        self.client.call("waitVerification", txn=txn, phase="Started", timeout=PATIENCE)

    def hold(self, on):
        """While held, a start is not answered."""
        self.client.call("autoVerify", accept=False, confirm=False, hold=on)

    def trusts(self, other):
        found = self.client.call("devices", user=other.user)
        return bool(found["verified"] and any(
            one["id"] == other.device and one["crossSigned"] for one in found["devices"]))

    def wait_trusts(self, other):
        self.client.call("waitTrusted", user=other.user, timeout=PATIENCE)
        self.client.call("waitTrusted", user=other.user, device=other.device, timeout=PATIENCE)
