import hashlib
import multiprocessing

import pytest

from engines.transcribers import TranscriberError, packaged_model
from engines.transcribers.packaged_model import PackagedModel, model_directory, prepare

PARTS = (b"one half and ", b"the other")


@pytest.fixture
def small_model(tmp_path, monkeypatch):
    """Two installed packages that hold a very small model in two parts."""
    for number, part in enumerate(PARTS, 1):
        data = tmp_path / "site" / f"part{number}_of_a_model" / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / f"model.bin.part{number}").write_bytes(part)
    (tmp_path / "site" / "part1_of_a_model" / "data" / "config.json").write_text("{}")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    model = PackagedModel(
        name="small",
        packages=("part1_of_a_model", "part2_of_a_model"),
        files=("config.json",),
        size=len(b"".join(PARTS)),
        sha256=hashlib.sha256(b"".join(PARTS)).hexdigest(),
    )
    monkeypatch.setattr(packaged_model, "MODELS", (model,))
    return tmp_path


def test_parts_are_joined_once_and_found_again(small_model):
    folder = prepare(small_model / "models")
    assert (folder / "model.bin").read_bytes() == b"".join(PARTS)
    assert (folder / "config.json").read_text() == "{}"
    before = (folder / "model.bin").stat().st_ino
    assert prepare(small_model / "models") == folder
    assert (folder / "model.bin").stat().st_ino == before
    assert [path.name for path in (small_model / "models").iterdir()] == ["small"]


def test_a_half_made_folder_is_made_again(small_model):
    left = small_model / "models" / "small"
    left.mkdir(parents=True)
    (left / "model.bin").write_bytes(b"one ha")
    assert (prepare(small_model / "models") / "model.bin").read_bytes() == b"".join(PARTS)


def test_a_damaged_part_is_refused_and_leaves_nothing(small_model):
    part = small_model / "site" / "part2_of_a_model" / "data" / "model.bin.part2"
    part.write_bytes(b"THE other")
    with pytest.raises(TranscriberError, match="damaged") as raised:
        prepare(small_model / "models")
    assert raised.value.permanent
    assert list((small_model / "models").iterdir()) == []


def test_missing_packages_are_named_as_such(monkeypatch, tmp_path):
    monkeypatch.setattr(packaged_model, "MODELS", ())
    with pytest.raises(TranscriberError, match="No packaged") as raised:
        prepare(tmp_path)
    assert raised.value.code == "engine_unavailable"


def test_processes_that_race_all_find_a_whole_model(small_model):
    context = multiprocessing.get_context("fork")
    with context.Pool(4) as pool:
        folders = pool.map(prepare, [small_model / "models"] * 16)
    assert len(set(folders)) == 1
    assert (folders[0] / "model.bin").read_bytes() == b"".join(PARTS)
    assert [path.name for path in (small_model / "models").iterdir()] == ["small"]


def test_the_folder_comes_from_the_option_then_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("VERBALCOACH_MODEL_DIR", str(tmp_path / "a"))
    assert model_directory() == tmp_path / "a"
    assert model_directory(tmp_path / "b") == tmp_path / "b"
    monkeypatch.delenv("VERBALCOACH_MODEL_DIR")
    assert model_directory().parts[-2:] == ("var", "models")


def test_the_installed_model_is_the_one_that_was_pinned():
    model = packaged_model.MODELS[0]
    folder = prepare()
    digest = hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    assert digest in {entry.sha256 for entry in packaged_model.MODELS}
    assert model.size > 100_000_000
