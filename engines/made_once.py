"""What is made of options once a process: engines with their connections, and their bounds."""

import importlib
import threading
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from engines.errors import EngineError

Options = TypeVar("Options", bound=Hashable)
Made = TypeVar("Made")


class OfProvider(Protocol):
    """Options that name who is asked."""

    @property
    def provider(self) -> str:
        """The name of a provider."""
        ...


class MadeOnce(Generic[Options, Made]):
    """Makes one for equal options, whichever thread asks first; the others wait for it."""

    def __init__(self, make: Callable[[Options], Made]) -> None:
        self._make = make
        self._made: dict[Options, Made] = {}
        self._lock = threading.Lock()

    def __call__(self, options: Options) -> Made:
        """The one for these options. Raises what making it raises, each time."""
        with self._lock:
            if options not in self._made:
                self._made[options] = self._make(options)
            return self._made[options]


def loader(
    modules: Mapping[str, str], kind: type[EngineError], what: str
) -> Callable[[OfProvider], Any]:
    """What loads the provider that options name by its module's `load`; raises `kind`.

    The module is imported then and not before: its libraries take seconds to load, and a process
    that only names its options must not pay for them.
    """

    def load(options: OfProvider) -> Any:
        if options.provider not in modules:
            detail = f"There is no {what} called {options.provider!r}."
            raise kind("engine_unavailable", permanent=True, detail=detail)
        return importlib.import_module(modules[options.provider]).load(options)

    return load
