"""The form that asks, before something is deleted for good, to write out what it is called and to say that decided versions go with it."""

from __future__ import annotations

from collections.abc import Sized
from typing import Self

from .fields import Line, Tick
from .forms import Form

LONGEST = 1000


class PartingForm(Form):
    """What somebody wrote to say that they mean it."""

    confirm = Line("workplaces_confirm", LONGEST)
    meant = Tick("workplaces_lasting_meant")

    @classmethod
    def to_delete(cls, name: str) -> Self:
        """The form about what is called `name`."""
        form = cls.here()
        form.confirm.names("workplaces_confirm", name=name)
        return form

    def is_meant(self, name: str, lasting: Sized) -> bool:
        """Whether `name` is written out, and said that the decided versions are `lasting` no longer."""
        self.confirms(name)
        self.means(lasting)
        return self.validate()

    def confirms(self, name: str, fault: str = "workplaces_error_confirm") -> None:
        """Look whether `name` was written out as it stands."""
        if self.confirm.data.casefold() != " ".join(name.split()).casefold():
            self.confirm.wrong(fault)

    def means(self, lasting: Sized) -> None:
        """Look whether it was ticked that decided versions go too, where there are any."""
        if lasting and not self.meant.data:
            self.meant.wrong("workplaces_error_meant")
