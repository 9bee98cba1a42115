"""What is shown to somebody whose change meets a text that was signed for."""

from __future__ import annotations

from typing import Any

from app.values.vocabulary import PolicyState
from app.web.view_models import message


def locked_page(state: PolicyState, number: int | None, then: str, can: bool, has_typed: bool) -> dict[str, Any]:
    """What the change would undo in this `state`, and what `then` is about. Those who cannot open the text learn whom to ask."""
    is_file = then in ("logo", "template")  # which a browser does not send again
    ask = message("locked_ask_owner" if has_typed else "reopen_ask_owner")
    return {
        "lead": message(f"reopen_does_{state}", number="" if number is None else number),
        "about_file": message(f"locked_{then}") if is_file else None,
        "ask": None if can else ask,
        "button": message("locked_button_file" if is_file else "locked_button"),
        "leave": message("locked_keep" if can else "version_to_status"),
    }
