"""What all shapes of the content share: ids, conditions, and strictness."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)?$")]
When = dict[Key, list[Id]]
RESERVED = frozenset({"given", "blank", "undecided", "complete", "incomplete"})


class Model(BaseModel):
    """Strict, frozen, and no key that the format does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
