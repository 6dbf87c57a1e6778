"""The built scripts and styles of the pages: node_modules and static/dist, made when missing."""

from pathlib import Path

from packages import digest, environment_for
from progress import ROOT, run, say

MODULES = ROOT / "node_modules"
DIST = ROOT / "static" / "dist"
_SOURCES = ("static/src/**/*", "templates/**/*.html", "scripts/*.mjs", "package-lock.json")


def ensure_assets(node: str, npm: list[str], *, with_checks: bool) -> None:
    """Build what is missing or older than its sources.

    `with_checks` adds the packages that only linting and tests need (a browser among them).
    """
    _ensure_modules(node, npm, with_checks=with_checks)
    stamp = DIST / ".stamp"
    wanted = digest(
        *(file for pattern in _SOURCES for file in ROOT.glob(pattern) if file.is_file())
    )
    if not stamp.exists() or stamp.read_text() != wanted:
        say("Building the pages' scripts and styles")
        run(
            [node, "scripts/build_assets.mjs"],
            "Building the scripts and styles",
            env=environment_for(node),
        )
        stamp.write_text(wanted)


def _ensure_modules(node: str, npm: list[str], *, with_checks: bool) -> None:
    wanted = digest(ROOT / "package-lock.json")
    complete, for_build = (MODULES / name for name in (".stamp-checks", ".stamp-build"))
    if _is(complete, wanted) or (not with_checks and _is(for_build, wanted)):
        return
    say("Installing the packages of the pages' scripts, once")
    for stamp in (complete, for_build):
        stamp.unlink(missing_ok=True)
    # Not `npm ci`: that refuses a lock in which a package for some other platform is missing.
    run(
        [*npm, "install", "--no-save", *([] if with_checks else ["--omit=dev"])],
        "Installing the scripts' packages",
        env=environment_for(node),
    )
    (complete if with_checks else for_build).write_text(wanted)


def _is(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted
