"""Which container a file is, from its first bytes: a cheap check that decodes nothing.

The answer is the name of the one demuxer that may open the file. Playlists, archives, subtitles
and pictures have no name here, so no library ever gets to guess at them.
"""

from analysis.errors import AnalysisError

HEADER_BYTES = 4096

_PLAIN = (
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"#!AMR", "amr"),
    (b"caff", "caf"),
    (b".snd", "au"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (b"FLV\x01", "flv"),
    (b"\x00\x00\x01\xba", "mpeg"),
)
_RIFF = {b"WAVE": "wav", b"AVI ": "avi"}
_QUICKTIME_ATOMS = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_PICTURE_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1"}


def sniff(header: bytes) -> str:
    """Name of the container that `header`, the first 4096 bytes of a file, belongs to.

    Raises AnalysisError: `empty_file` or `not_audio`.
    """
    if not header:
        raise AnalysisError("empty_file", detail="The file is empty.")
    name = _by_magic(header)
    if name is None:
        raise AnalysisError(
            "not_audio", detail="The file does not begin like any audio or video format we read."
        )
    return name


def _by_magic(header: bytes) -> str | None:
    for magic, name in _PLAIN:
        if header.startswith(magic):
            return name
    if header[:4] in {b"RIFF", b"RF64", b"RIFX"}:
        return _RIFF.get(header[8:12])
    if header[:4] == b"FORM" and header[8:12] in {b"AIFF", b"AIFC"}:
        return "aiff"
    if header[4:8] == b"ftyp":
        return None if header[8:12] in _PICTURE_BRANDS else "mov"
    if header[4:8] in _QUICKTIME_ATOMS:
        return "mov"
    if _is_transport_stream(header):
        return "mpegts"
    return _mpeg_audio(header)


def _is_transport_stream(header: bytes) -> bool:
    return len(header) > 376 and all(header[at] == 0x47 for at in (0, 188, 376))


def _mpeg_audio(header: bytes) -> str | None:
    """MP3 or AAC by their frame headers, behind an ID3 tag where there is one."""
    if header[:3] == b"ID3" and len(header) >= 10:
        size = sum(
            (byte & 0x7F) << shift for byte, shift in zip(header[6:10], (21, 14, 7, 0), strict=True)
        )
        header = header[10 + size :]
        if header.startswith(b"fLaC"):
            return "flac"
        if len(header) < 2:
            return "mp3"
    if len(header) < 2 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    layer = header[1] & 0x06
    if layer == 0:
        return "aac" if header[1] & 0xF0 == 0xF0 else None
    return "mp3" if header[1] & 0x18 != 0x08 else None
