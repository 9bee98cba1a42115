"""Illustrations of our own: parts of a page, so that their lines follow its colours. They only adorn, and screen readers are spared them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup

DRAWN = Path(__file__).parents[1] / "templates" / "illustrations"


def init_app(app: Flask) -> None:
    """Let templates say `illustration("sent")`."""
    app.jinja_env.globals["illustration"] = illustration


@lru_cache(maxsize=128)
def illustration(name: str, size: str = "") -> Markup:
    """The drawing of this name, large or in another `size`: sm, md; nothing for no name. Raises FileNotFoundError when there is none."""
    if not name:
        return Markup()
    lines = Markup((DRAWN / f"{name}.svg").read_text("utf-8"))  # noqa: S704 – a file of ours
    sized = Markup(' data-size="{}"').format(size) if size else ""
    return Markup('<svg class="art"{} viewBox="0 0 96 72" aria-hidden="true" focusable="false">{}</svg>').format(sized, lines)
