"""What the README tells people to type works as it stands there."""

import re
import shutil
import subprocess

import pytest

from tests.stack import PASSWORD, ROOT

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(180),
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
]


def test_api_example_of_the_readme_works(stack, spoken, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"tests/test_readme.py. -->\n```sh\n(.*?)```", readme, re.DOTALL)
    assert example
    script = (
        example[1]
        .replace("http://127.0.0.1:8000", stack.address)
        .replace("you@example.org", "alice@example.org")
        .replace("your password", PASSWORD)
    )
    (tmp_path / "talk.wav").write_bytes(spoken)

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert '"status":"pending"' in done.stdout.replace(" ", "")
    assert "'sessions': " in done.stdout
    assert '"ok":true' in done.stdout.replace(" ", "")


def test_readme_names_only_files_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert [name for name in named if not (ROOT / name).exists()] == []
