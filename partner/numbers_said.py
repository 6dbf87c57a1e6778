"""Numbers as they are said: digits or words, English and Spanish."""


def _counted(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: first + step * number for number, word in enumerate(words.split())}


_ENGLISH = {
    **_counted("zero one two three four five six seven eight nine ten"),
    **_counted("eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 11),
    **_counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    "couple": 2,
    "dozen": 12,
}
_SPANISH = {
    **_counted("cero uno dos tres cuatro cinco seis siete ocho nueve diez"),
    **_counted("once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve", 11),
    **_counted("veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis", 20),
    **_counted("veintisiete veintiocho veintinueve", 27),
    **_counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa cien", 30, 10),
    "un": 1,
    "una": 1,
    "veintiun": 21,
    "par": 2,
    "docena": 12,
    "veintiuna": 21,
    "ciento": 100,
    **_counted("doscientos trescientos cuatrocientos quinientos seiscientos", 200, 100),
    **_counted("setecientos ochocientos novecientos", 700, 100),
    **_counted("doscientas trescientas cuatrocientas quinientas seiscientas", 200, 100),
    **_counted("setecientas ochocientas novecientas", 700, 100),
}
_TIMES = {"hundred": 100, "thousand": 1000, "mil": 1000}
NUMBER_WORDS = frozenset({*_ENGLISH, *_SPANISH, *_TIMES})
# "One" and "un" are articles and pronouns far more often than amounts.
WEAK = frozenset(("one", "un", "una", "uno"))


def _value(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 7 else None
    return _ENGLISH.get(word, _SPANISH.get(word))


def _goes_on(before: str, word: str) -> bool:
    """Whether a number word belongs to the number the word before it began."""
    if word in _TIMES:
        return True
    value, first = _value(word), _value(before)
    if value is None:
        return False
    if before in _TIMES or (first is not None and first >= 100):
        return 0 < value < _TIMES.get(before, 100)
    return first is not None and first >= 20 and first % 10 == 0 and 0 < value < 10


def _sum(words: list[str]) -> int:
    total, part = 0, 0
    for word in words:
        if word in _TIMES:
            part = (part or 1) * _TIMES[word]
            if _TIMES[word] == 1000:
                total, part = total + part, 0
        else:
            part += _value(word) or 0
    return total + part


def numbers_in(words: list[str]) -> list[tuple[int, int, int]]:
    """Every number said ("two hundred and five") as (first word, past its last, value)."""
    found = []
    place = 0
    while place < len(words):
        if words[place] not in _TIMES and _value(words[place]) is None:
            place += 1
            continue
        row, end = [words[place]], place + 1
        while end < len(words):
            joined = words[end] in ("and", "y") and end + 1 < len(words)
            after = end + 1 if joined else end
            if not _goes_on(row[-1], words[after]):
                break
            row.append(words[after])
            end = after + 1
        found.append((place, end, _sum(row)))
        place = end
    return found
