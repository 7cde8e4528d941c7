# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The configuration of one test homeserver, written into its folder.

FOR TESTS ONLY: every secret is fixed, passwords are hashed cheaply, anybody may register.
"""
import base64
import hashlib
import json
import os
import subprocess

SHARED_SECRET = "parvis-test-registration-secret"
AS_TOKEN, HS_TOKEN = "parvis-test-as-token", "parvis-test-hs-token"
FREE = {"per_second": 1_000_000, "burst_count": 1_000_000}

LIFTED_LIMITS = {
    "rc_message": FREE, "rc_registration": FREE, "rc_registration_token_validity": FREE,
    "rc_login": {"address": FREE, "account": FREE, "failed_attempts": FREE},
    "rc_admin_redaction": FREE, "rc_joins": {"local": FREE, "remote": FREE},
    "rc_joins_per_room": FREE, "rc_key_requests": FREE, "rc_3pid_validation": FREE,
    "rc_invites": {"per_room": FREE, "per_user": FREE, "per_issuer": FREE},
    "rc_third_party_invite": FREE, "rc_media_create": FREE, "rc_presence": {"per_user": FREE},
    "rc_delayed_event_mgmt": FREE, "rc_room_creation": FREE, "rc_reports": FREE,
    "rc_user_directory": FREE,
    "rc_federation": {"window_size": 1, "sleep_limit": 1_000_000, "sleep_delay": 0,
                      "reject_limit": 1_000_000, "concurrent": 1000},
    "federation_rr_transactions_per_room_per_second": 1_000_000,
    "remote_media_download_per_second": "1000M", "remote_media_download_burst_count": "10000M",
}

# What Synapse can switch on without a Matrix Authentication Service. Sliding sync (MSC4186, which
# its configuration still calls 3575) is on unless msc3575_enabled is false.
EXPERIMENTAL = {
    name: True for name in (
        "msc1763_enabled", "msc2815_enabled", "msc3026_enabled", "msc3381_polls_enabled",
        "msc3391_enabled", "msc3664_enabled", "msc3720_enabled", "msc3773_enabled",
        "msc3814_enabled", "msc3848_enabled", "msc3874_enabled", "msc3881_enabled",
        "msc3890_enabled", "msc3912_enabled", "msc4028_push_encrypted_events",
        "msc4069_profile_inhibit_propagation", "msc4076_enabled", "msc4133_enabled",
        "msc4143_enabled", "msc4155_enabled", "msc4169_enabled", "msc4222_enabled",
        "msc4235_enabled", "msc4267_enabled", "msc4277_enabled", "msc4293_enabled",
        "msc4306_enabled", "msc4354_enabled", "msc4446_enabled", "msc4450_enabled",
        "msc4452_enabled", "msc4491_enabled", "msc4502_enabled")
}


def _openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdin=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def make_authority(folder):
    """A certificate authority of our own: folder/ca.crt and folder/ca.key."""
    os.makedirs(folder, exist_ok=True)
    _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.crt", "-days", "3650",
             "-subj", "/CN=Parvis test CA", "-addext", "basicConstraints=critical,CA:TRUE",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign")


def make_certificate(authority, folder, host):
    """folder/tls.crt and folder/tls.key for a host name, signed by the authority."""
    _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.csr", "-subj", f"/CN={host}")
    with open(f"{folder}/tls.ext", "w") as file:
        file.write(f"subjectAltName=DNS:{host},DNS:localhost,IP:127.0.0.1\n"
                   "extendedKeyUsage=serverAuth\n")
    _openssl("x509", "-req", "-in", f"{folder}/tls.csr", "-CA", f"{authority}/ca.crt",
             "-CAkey", f"{authority}/ca.key", "-set_serial",
             str(int.from_bytes(os.urandom(8), "big")), "-days", "3650",
             "-extfile", f"{folder}/tls.ext", "-out", f"{folder}/tls.crt")


def _write_json(path, value):
    with open(path, "w") as file:
        json.dump(value, file, indent=1)


def _write_side_files(folder, name, log_level):
    # A signing key that is a function of the name: the same data can be served again later.
    seed = hashlib.sha256(b"parvis-test " + name.encode()).digest()
    with open(f"{folder}/signing.key", "w") as file:
        file.write("ed25519 a_test " + base64.b64encode(seed).decode().rstrip("=") + "\n")
    _write_json(f"{folder}/appservice.yaml", {
        "id": "loader", "url": None, "as_token": AS_TOKEN, "hs_token": HS_TOKEN,
        "sender_localpart": "loader", "rate_limited": False,
        "namespaces": {"users": [{"exclusive": False, "regex": "@.*"}], "rooms": [],
                       "aliases": [{"exclusive": False, "regex": "#.*"}]}})
    _write_json(f"{folder}/log.yaml", {
        "version": 1, "disable_existing_loggers": False,
        "formatters": {"p": {"format": "%(asctime)s %(name)s:%(lineno)d %(levelname)s "
                                       "%(request)s %(message)s"}},
        "handlers": {"f": {"class": "logging.FileHandler", "formatter": "p",
                           "filename": f"{folder}/homeserver.log"}},
        "root": {"level": log_level, "handlers": ["f"]}})


def _base(folder, name, port, sliding):
    return {
        "server_name": name,
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "pid_file": f"{folder}/homeserver.pid",
        "log_config": f"{folder}/log.yaml",
        "listeners": [{"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": False,
                       "resources": [{"names": ["client"], "compress": True}]}],
        "database": {"name": "sqlite3", "args": {"database": f"{folder}/homeserver.db"}},
        "media_store_path": f"{folder}/media",
        "signing_key_path": f"{folder}/signing.key",
        "registration_shared_secret": SHARED_SECRET,
        "macaroon_secret_key": "parvis-test-macaroon", "form_secret": "parvis-test-form",
        "trusted_key_servers": [], "suppress_key_server_warning": True, "report_stats": False,
        "enable_registration": True, "enable_registration_without_verification": True,
        "allow_guest_access": True, "bcrypt_rounds": 4,
        "password_config": {"enabled": True, "policy": {"enabled": True, "minimum_length": 8}},
        "login_via_existing_session": {"enabled": True, "require_ui_auth": True,
                                       "token_timeout": "5m"},
        "ui_auth": {"session_timeout": "0s"},
        "refreshable_access_token_lifetime": "5m",
        "presence": {"enabled": True},
        "user_directory": {"enabled": True, "search_all_users": True, "prefer_local_users": True},
        "retention": {"enabled": True, "allowed_lifetime_min": "1s",
                      "allowed_lifetime_max": "3650d"},
        "enable_authenticated_media": True, "url_preview_enabled": False,
        "max_upload_size": "400M", "dynamic_thumbnails": True,
        "allow_public_rooms_over_federation": True, "allow_public_rooms_without_auth": True,
        "room_list_publication_rules": [{"action": "allow"}],
        "encryption_enabled_by_default_for_room_type": "off",
        "max_event_delay_duration": "24h",
        "push": {"include_content": True, "jitter_delay": 0},
        "ip_range_blacklist": [], "ip_range_whitelist": ["127.0.0.0/8", "::1/128"],
        "federation_ip_range_blacklist": [],
        "caches": {"global_factor": 2.0},
        "app_service_config_files": [f"{folder}/appservice.yaml"],
        "experimental_features": {**EXPERIMENTAL, "msc3575_enabled": sliding},
        "turn_uris": ["turn:127.0.0.1:3478?transport=udp"],
        "turn_shared_secret": "parvis-test-turn",
    }


def _federating(folder, authority, federation_port, proxy_port):
    return {
        "tls_certificate_path": f"{folder}/tls.crt", "tls_private_key_path": f"{folder}/tls.key",
        "federation_custom_ca_list": [f"{authority}/ca.crt"],
        "https_proxy": f"http://127.0.0.1:{proxy_port}",
        # "name:443", so that no SRV record is looked for
        "serve_server_wellknown": True,
        "federation": {"destination_min_retry_interval": "1s",
                       "destination_max_retry_interval": "5s", "max_short_retries": 1,
                       "client_timeout": "10s"},
        "listeners": [{"port": federation_port, "bind_addresses": ["127.0.0.1"], "type": "http",
                       "tls": True, "resources": [{"names": ["federation", "client"]}]}],
    }


def write(folder, *, name, port, sliding=True, limits="lifted", authority=None,
          federation_port=None, proxy_port=None, overrides=None, log_level="WARNING"):
    """Writes folder/homeserver.yaml (JSON, which is YAML) and what it names.

    overrides replace a top-level setting; where both are objects they are merged one level deep,
    and a value of None removes the setting.
    """
    os.makedirs(f"{folder}/media", exist_ok=True)
    _write_side_files(folder, name, log_level)
    config = _base(folder, name, port, sliding)
    if limits == "lifted":
        config.update(LIFTED_LIMITS)
    if federation_port:
        if not os.path.exists(f"{folder}/tls.crt"):
            make_certificate(authority, folder, name)
        federating = _federating(folder, authority, federation_port, proxy_port)
        config["listeners"] += federating.pop("listeners")
        config.update(federating)
    else:
        config["federation_domain_whitelist"] = []
    for key, value in (overrides or {}).items():
        if value is None:
            config.pop(key, None)
        elif isinstance(value, dict) and isinstance(config.get(key), dict):
            config[key] = {**config[key], **value}
        else:
            config[key] = value
    _write_json(f"{folder}/homeserver.yaml", config)
