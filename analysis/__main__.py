"""`python -m analysis FILE…`: reports on the command line, one after the other."""

import argparse
import json
import sys
from pathlib import Path

from analysis.engine import measure_file, pacing_paragraph
from analysis.errors import AnalysisError
from analysis.messages import clock
from analysis.options import KINDS, AnalysisOptions
from analysis.report import Report
from engines.transcribers import TranscriberOptions


def main() -> int:
    """Analyse every file; 1 when one of them failed."""
    arguments = _parser().parse_args()
    options = AnalysisOptions(
        language=arguments.language,
        kind=arguments.kind,
        transcriber=TranscriberOptions(model=arguments.model),
    )
    failed = 0
    for path in arguments.files:
        try:
            report = measure_file(path, options)
        except (AnalysisError, OSError) as error:
            failed = 1
            _fail(path, error, as_json=arguments.json)
        else:
            print(json.dumps(report.to_json()) if arguments.json else _readable(path, report))
    return failed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--language", help="code such as en; found out when left out")
    parser.add_argument("--kind", choices=KINDS, default="talk")
    parser.add_argument("--model", help="folder or name of another Whisper model")
    parser.add_argument("--json", action="store_true", help="one line of JSON a file")
    return parser


def _fail(path: Path, error: AnalysisError | OSError, *, as_json: bool) -> None:
    code = error.code if isinstance(error, AnalysisError) else "unreadable_file"
    if as_json:
        print(json.dumps({"file": str(path), "error": code}))
    else:
        print(f"{path}: {code}: {error}", file=sys.stderr)


def _readable(path: Path, report: Report) -> str:
    lines = [f"{path}  {clock(report.duration_seconds)}  {report.language}", "", report.text, ""]
    lines += [notice.text for notice in report.notices if notice not in report.pacing]
    lines += [
        f"{measure.name:22} {'–' if measure.value is None else measure.value:>9}  "
        f"{measure.unit:14} {measure.reliability.level}"
        for measure in report.measures
    ]
    said = report.feedback
    spoken = (said.focus, said.why, said.drill, said.goal, said.strength)
    lines += ["", pacing_paragraph(report), "", *(message.text for message in spoken if message)]
    return "\n".join(lines).strip()


if __name__ == "__main__":
    sys.exit(main())
