"""Write en_syllables.txt: the words whose syllables the spelling rules of English miscount.

    python -m analysis.languages.make_syllables cmudict.dict

The truth is the CMU Pronouncing Dictionary (github.com/cmusphinx/cmudict, BSD; its notice stands
at the head of the file written): a syllable a vowel, which are the phones that carry a stress.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

from analysis.languages import EXCEPTIONS, language

_WORD = re.compile(r"[a-z]+")
_NOTICE = Path(__file__).with_name("cmudict_notice.txt")


def pronounced(path: Path) -> dict[str, list[int]]:
    """Syllables of each word's pronunciations, the usual one first."""
    counts: defaultdict[str, list[int]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *phones = line.partition("#")[0].split()
        vowels = sum(phone[-1].isdigit() for phone in phones)
        counts[re.sub(r"\(\d+\)$", "", word)].append(vowels)
    return dict(counts)


def exceptions(path: Path) -> dict[str, int]:
    """Words that the rules alone give a number of syllables which no pronunciation has."""
    rules = language("en").syllables
    return {
        word: counts[0]
        for word, counts in pronounced(path).items()
        if _WORD.fullmatch(word) and rules.by_rule(word) not in counts
    }


def main() -> None:
    """One line for each first letter and number of syllables."""
    lines: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for word, count in sorted(exceptions(Path(sys.argv[1])).items()):
        lines[word[0], count].append(word)
    notice = "".join(f"# {line}".rstrip() + "\n" for line in _NOTICE.read_text().splitlines())
    body = "".join(f"{count} {' '.join(words)}\n" for (_, count), words in sorted(lines.items()))
    EXCEPTIONS.write_text(notice + body, encoding="utf-8")


if __name__ == "__main__":
    main()
