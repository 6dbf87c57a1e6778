"""Which sound files a word may have, told by their first bytes."""

LARGEST_SOUND = 1024 * 1024
_TYPES = {
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "webm": "audio/webm",
    "mp4": "audio/mp4",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
}


def ending_of(head: bytes) -> str | None:
    """The ending of a file that begins with `head` (12 bytes or more); None where it is no sound.

    Only the container is looked at: whoever plays it decodes it in the browser's own sandbox.
    """
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "mp4"
    starts = {b"OggS": "ogg", b"\x1aE\xdf\xa3": "webm", b"ID3": "mp3", b"fLaC": "flac"}
    found = next((ending for start, ending in starts.items() if head.startswith(start)), None)
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return found or ("mp3" if is_frame else None)


def type_of(file_name: str) -> str:
    """The media type by the ending that `ending_of` gave."""
    return _TYPES.get(file_name.rpartition(".")[2], "application/octet-stream")
