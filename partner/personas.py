"""Who plays the partner: how patient, how contrary, how fast. Format: data/README.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .data_files import DATA, Table, read

MANNERS = ("warm", "brisk", "formal")


@dataclass(frozen=True)
class Persona:
    """`patience_factor` times the learner's patience; `pushback`: 0 never, 1 once, 2 often."""

    slug: str
    name: str
    description: str
    patience_factor: float
    pushback: int
    speed: float
    manner: str


class UnknownPersona(LookupError):
    """No persona has this slug."""


def _persona(slug: str, table: Table) -> Persona:
    persona = Persona(
        slug=slug,
        name=table.text("name"),
        description=table.text("description"),
        patience_factor=table.number("patience_factor", 0.5, 2),
        pushback=table.whole("pushback", 0, 2),
        speed=table.number("speed", 0.7, 1.3),
        manner=table.one_of("manner", MANNERS),
    )
    table.close()
    return persona


@cache
def _personas() -> Mapping[str, Persona]:
    file = read(DATA / "personas.toml")
    tables = file.table("personas").each()
    file.close()
    return MappingProxyType({slug: _persona(slug, table) for slug, table in tables.items()})


def all_personas() -> tuple[Persona, ...]:
    """Every persona in the file's order; the first is the one to begin with."""
    return tuple(_personas().values())


def persona(slug: str) -> Persona:
    """One persona; raises UnknownPersona."""
    try:
        return _personas()[slug]
    except KeyError:
        raise UnknownPersona(slug) from None
