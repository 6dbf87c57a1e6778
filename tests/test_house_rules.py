"""The rules of the house that a machine can check."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from celery import current_app

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
VAGUE = re.compile(r"(^|/)(utils?|helpers?|common|misc|core)(\.\w+)?(/|$)")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")


def tracked(*suffixes: str) -> list[Path]:
    """The files of the project, without what was built or installed."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        ROOT / name
        for name in listed.stdout.splitlines()
        if name.endswith(suffixes) and (ROOT / name).is_file()
    ]


def sources() -> list[Path]:
    return [
        file
        for file in tracked(".py", ".ts", ".css", ".html", ".mjs")
        if "/migrations/" not in str(file)
    ]


def functions(file: Path) -> list[tuple[str, int]]:
    """Every function's name and length in lines."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        (node.name, (node.end_lineno or 0) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_longer_than_400_lines():
    long = {
        str(file.relative_to(ROOT)): count
        for file in sources()
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_60_lines():
    long = {
        f"{file.relative_to(ROOT)}: {name}": length
        for file in tracked(".py")
        for name, length in functions(file)
        if length > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_file_has_a_name_that_hides_its_subject():
    assert [name for file in tracked("") if VAGUE.search(name := str(file.relative_to(ROOT)))] == []


def test_nothing_is_left_unfinished():
    own = Path(__file__)
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sources()
        if file != own
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_no_setting_or_code_names_a_folder_of_one_machine():
    place = str(ROOT.parent) + "/"
    found = [
        str(file.relative_to(ROOT)) for file in tracked("") if place.encode() in file.read_bytes()
    ]
    assert found == []


def test_every_task_takes_ids_only():
    current_app.loader.import_default_modules()
    ours = {
        name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")
    }
    assert ours
    for name, task in ours.items():
        for parameter, kind in task.run.__annotations__.items():
            is_id = parameter == "return" or (parameter.endswith("_id") and kind is int)
            assert is_id, f"{name} takes {parameter}"


def test_engines_need_neither_django_nor_the_apps():
    # All in one process: what they import of other packages takes longest.
    code = (
        "import importlib, pkgutil, sys, analysis, engines, partner\n"
        "for package in (analysis, engines, partner):\n"
        "    for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        if '.tests' not in found.name and '__main__' not in found.name:\n"
        "            importlib.import_module(found.name)\n"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('django', 'rest_framework', 'celery', 'channels', 'verbalcoach', 'accounts',"
        " 'contract', 'speech_sessions')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
