"""`python -m analysis FILE…`: reports on the command line, one after the other.

A readable report of each file, or with --json one line of JSON a file, in the order given. A file
that fails gives {"file", "error"} there and a line on the standard error otherwise; the exit status
is then 1. How far a long file is stands on the standard error.
"""

import argparse
import contextlib
import json
import shutil
import sys
from pathlib import Path

from analysis.console import WIDTH, written
from analysis.engine import measure_file
from analysis.errors import AnalysisError
from analysis.options import KINDS, AnalysisOptions
from analysis.progress import Progress
from engines.transcribers import TranscriberOptions


def main() -> int:
    """Analyse every file; 1 when one of them failed."""
    arguments = _parser().parse_args()
    options = AnalysisOptions(
        language=arguments.language,
        kind=arguments.kind or ("read_aloud" if arguments.reference else "talk"),
        reference=arguments.reference,
        transcriber=TranscriberOptions(model=arguments.model),
    )
    failed = [
        path for path in arguments.files if not _analyse(path, options, as_json=arguments.json)
    ]
    return int(bool(failed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--language", help="code such as en; found out when left out")
    parser.add_argument(
        "--kind", choices=KINDS, help="chooses the usual ranges; talk when left out"
    )
    parser.add_argument(
        "--reference",
        type=_text,
        metavar="TEXTFILE",
        help="what was to be read aloud (kind read_aloud): accuracy and completeness too",
    )
    parser.add_argument("--model", help="folder or name of another Whisper model")
    parser.add_argument("--json", action="store_true", help="one line of JSON a file")
    return parser


def _text(name: str) -> str:
    """The contents of a text file. Raises ArgumentTypeError where there are none."""
    try:
        text = Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise argparse.ArgumentTypeError(f"{name} cannot be read as text: {error}") from error
    if not text:
        raise argparse.ArgumentTypeError(f"{name} is empty")
    return text


def _analyse(path: Path, options: AnalysisOptions, *, as_json: bool) -> bool:
    """Print the report of one file, or why there is none. Whether there is one."""
    try:
        with contextlib.closing(Progress(path.name, sys.stderr)) as progress:
            report = measure_file(path, options, progress)
    except (AnalysisError, OSError) as error:
        _fail(path, error, as_json=as_json)
        return False
    width = min(WIDTH, shutil.get_terminal_size().columns)
    print(json.dumps(report.to_json()) if as_json else f"{written(path, report, width)}\n")
    sys.stdout.flush()
    return True


def _fail(path: Path, error: AnalysisError | OSError, *, as_json: bool) -> None:
    code = error.code if isinstance(error, AnalysisError) else "unreadable_file"
    if as_json:
        print(json.dumps({"file": str(path), "error": code}), flush=True)
    else:
        print(f"{path}: {code}: {error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
