"""What the learner said, in a transcript that may hold both sides."""

import re

# How clients label the learner's lines and the partner's, at the start of a line.
_LEARNER = {"user", "learner", "student", "me", "you", "human", "i"}
_PARTNER = {"assistant", "ai", "tutor", "teacher", "coach", "partner", "bot", "model", "agent"}
_LABELLED = re.compile(r"^\s*\W{0,2}([A-Za-z]{1,12})\W{0,2}\s*:\s*(.*)$")


def learners_words(transcription: str) -> str:
    """The learner's lines of a labelled transcript; all of it where nothing says who spoke."""
    lines: list[tuple[str, str]] = []
    speaker = ""
    for line in transcription.splitlines():
        labelled, text = _LABELLED.match(line), line
        if labelled and labelled[1].lower() in _LEARNER | _PARTNER:
            speaker, text = labelled[1].lower(), labelled[2]
        lines.append((speaker, text.strip()))
    if not {speaker for speaker, _ in lines} & _LEARNER:
        return transcription.strip()
    return "\n".join(text for speaker, text in lines if speaker in _LEARNER and text)
