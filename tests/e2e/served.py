"""The app as a browser meets it: on the server of `rusoff run`, in a process of its own. Run by conftest.py; prints its address when it listens."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from flask import Flask, abort

from app import create_app
from app.config import Config
from app.mail.worker import OutboxWorker
from app.server.listener import HttpServer
from app.server.serve import migrate
from tests.e2e import invited, signed
from tests.register import serving
from tests.unlimited import UNLIMITED

BUSY = {**UNLIMITED, "starts_per_hour": 1, "saves_per_minute": 1}


def main(folder: str, kind: str) -> None:
    with serving() as register:
        serve(folder, BUSY if kind == "busy" else UNLIMITED, register.base if kind == "register" else "")


def serve(folder: str, limits: dict[str, int], register: str) -> None:
    app = create_app(Config(instance=Path(folder), show_letters=True, enhetsregisteret=register, **limits))
    fail_on_demand(app)
    invited.on_demand(app)
    signed.on_demand(app)
    migrate(app)
    threading.Thread(target=OutboxWorker(app).work, daemon=True).start()
    server = HttpServer(app, "127.0.0.1", 0, threads=8)
    print(f"http://127.0.0.1:{server.bound.effective_port}", flush=True)
    server.run()


def fail_on_demand(app: Flask) -> None:
    """Put the pages for failures that a sound app seldom shows within a browser's reach."""

    @app.get("/<language:language>/fail/<int:code>", endpoint="fail")
    def fail(code: int) -> str:
        if code == 500:
            raise RuntimeError("on demand")
        return abort(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
