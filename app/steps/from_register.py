"""What Enhetsregisteret says of an organisation, on the way from the page where it was chosen to the first page of its draft.

Name and number are answers at once: somebody chose them. What kind of workplace it is and how many work there are suggestions. They travel in the
address of the first page, signed, and are stored when somebody saves that page with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import Flask, abort, current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.config import Config
from app.pack.industry import sector_of
from app.pack.load import the_pack
from app.registers.enhetsregisteret import Enhetsregisteret
from app.registers.entity import Entity
from app.registers.names import as_written

EXTENSION = "enhetsregisteret"
SALT = "register offer"
UNDER_FIVE = 1  # what stands for one to four employees, whom the register does not count out


class Offer(NamedTuple):
    """Options that are suggested, by question, and the token by which an address carries them. Without a token nothing came from the register."""

    token: str = ""
    options: Mapping[str, str] = {}


NO_OFFER = Offer()


def init_app(app: Flask, config: Config) -> None:
    """Ask the register that the settings name; without one nobody is asked, and no page speaks of it."""
    app.extensions[EXTENSION] = Enhetsregisteret(config.enhetsregisteret) if config.enhetsregisteret else None
    app.config["ASKS_REGISTER"] = app.jinja_env.globals["asks_register"] = bool(config.enhetsregisteret)


def the_register() -> Enhetsregisteret:
    """The register; 404 where there is none."""
    register: Enhetsregisteret | None = current_app.extensions[EXTENSION]
    return register or abort(404)


def answers_of(entity: Entity) -> dict[str, str]:
    """The answers of a new draft for this organisation."""
    rules = the_pack().register_rules
    return {rules.name: as_written(entity.name), rules.number: entity.number}


def options_of(entity: Entity) -> dict[str, str]:
    """What is suggested for it, by question; what the register does not tell is left out."""
    rules = the_pack().register_rules
    size = rules.size.option(UNDER_FIVE if entity.is_under_five else entity.counted or 0)
    sector = sector_of(the_pack(), entity.form, entity.institution, entity.industry)
    return {id: option for id, option in ((rules.size.question, size), (rules.sector.question, sector)) if option}


def token_for(policy_id: str, entity: Entity) -> str:
    """What the address of the first page carries of it, good for this draft alone."""
    return _signer().dumps([policy_id, options_of(entity)])


def offer_in(policy_id: str, token: str) -> Offer:
    """What a token says; nothing when it is none of ours, or is for another draft."""
    try:
        draft, options = _signer().loads(token)
    except BadSignature:
        return NO_OFFER
    return Offer(token, options) if draft == policy_id else NO_OFFER


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
