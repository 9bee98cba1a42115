"""The grammar of register.yaml: which questions Enhetsregisteret answers, and with what."""

from __future__ import annotations

from .base import Id, Model
from .sector import IndustryCode, fitting


class SizeRule(Model):
    """Which option is suggested from so many employees on."""

    question: Id
    least: dict[Id, int]

    def option(self, employees: int) -> str:
        """The option for so many; empty when there are fewer than for any."""
        reached = [(least, option) for option, least in self.least.items() if least <= employees]
        return max(reached, default=(0, ""))[1]


class SectorRule(Model):
    """Which option is suggested by what an entity does and whose it is."""

    question: Id
    owners: list[Id]
    general: list[Id]
    forms: dict[str, Id]
    institutions: dict[str, Id]
    industry_codes: dict[Id, list[IndustryCode]]

    def doing(self, industry: str) -> str:
        """The option for an industry code that no file of sectors/ has; empty when there is none."""
        return fitting(((start, option) for option, starts in self.industry_codes.items() for start in starts), industry)

    def option(self, form: str, institution: str, does: str) -> str:
        """The option by what it does, its form and its institutional sector; empty when none of the three tells."""
        whose = self.forms.get(form) or self.institutions.get(institution, "")
        if does in self.owners:
            return whose
        return whose or does if does in self.general else does or whose

    @property
    def options(self) -> set[str]:
        """Every option named."""
        return {*self.owners, *self.general, *self.forms.values(), *self.institutions.values(), *self.industry_codes}


class RegisterRules(Model):
    """register.yaml: `name` and `number` are the questions that are answered, `size` and `sector` those for which something is suggested."""

    name: Id
    number: Id
    size: SizeRule
    sector: SectorRule
