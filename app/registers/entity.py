"""An organisation as Enhetsregisteret tells of it: the documented fields that we use, read defensively. Everything else is passed over."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.pack.answer_parsing import TEXT_MAX
from app.pack.text import clean_text
from app.values.orgnr import is_orgnr


def _number(digits: str) -> str:
    if not is_orgnr(digits):
        raise ValueError("not an organisation number")
    return digits


def _name(words: str) -> str:
    name = " ".join(clean_text(words).split())
    if not name:
        raise ValueError("no name")
    return name


def _code(told: Any) -> Any:
    """The code of `{"kode": …, "beskrivelse": …}`."""
    return told.get("kode") or "" if isinstance(told, dict) else ""


def _place(told: Any) -> Any:
    """The municipality of an address."""
    found = told.get("kommune") if isinstance(told, dict) else None
    return " ".join(clean_text(found).split()) if isinstance(found, str) else ""


Number = Annotated[str, AfterValidator(_number)]
Code = Annotated[str, BeforeValidator(_code), Field(max_length=20)]
Place = Annotated[str, BeforeValidator(_place), Field(max_length=100)]


class Entity(BaseModel):
    """A main entity, or a sub-entity: a place of work of one, with a number of its own."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: Number = Field(validation_alias="organisasjonsnummer")
    name: Annotated[str, Field(max_length=TEXT_MAX), AfterValidator(_name)] = Field(validation_alias="navn")
    form: Code = Field("", validation_alias="organisasjonsform")
    industry: Code = Field("", validation_alias="naeringskode1")
    institution: Code = Field("", validation_alias="institusjonellSektorkode")
    counted: Annotated[int | None, Field(ge=0)] = Field(None, validation_alias="antallAnsatte")
    has_counted: bool | None = Field(None, validation_alias="harRegistrertAntallAnsatte")
    seat: Place = Field("", validation_alias="forretningsadresse")
    located: Place = Field("", validation_alias="beliggenhetsadresse")
    post: Place = Field("", validation_alias="postadresse")
    deleted: date | None = Field(None, validation_alias="slettedato")
    parent: str | None = Field(None, validation_alias="overordnetEnhet")
    is_sub_entity: bool = False

    @property
    def municipality(self) -> str:
        """Where it is."""
        return self.seat or self.located or self.post

    @property
    def is_under_five(self) -> bool:
        """Whether it has one to four employees: the register says then that there are some, and not how many."""
        return bool(self.has_counted) and self.counted is None
