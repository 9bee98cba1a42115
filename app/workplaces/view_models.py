"""What the pages of a workplace show, as plain values."""

from __future__ import annotations

from app.web.view_models import AddressOf, Link, message


def log_ways(page: int, pages: int, id: str, chosen: str | None, address: AddressOf) -> dict[str, Link | None]:
    """The ways to the pages of the log beside this one, of `pages`; about the policy that was `chosen`, if one was."""

    def at(number: int) -> str:
        return address("workplaces.log", id=id, policy=chosen, page=number)

    return {
        "newer": Link(message("workplaces_log_newer"), at(page - 1)) if page > 1 else None,
        "older": Link(message("workplaces_log_older"), at(page + 1)) if page < pages else None,
    }
