"""What a grammar server would have said otherwise, where the owner has set one up."""

import logging

from django.conf import settings

from engines.language_services import GrammarHit, LanguageServiceError, in_turn

logger = logging.getLogger(__name__)

# The learner waits for the answer meanwhile.
SECONDS = 2.0
# What a recogniser writes of speech has no punctuation, capitals or spelling of the learner's own.
_OF_WHAT_IS_SAID = {"grammar", "misuse", "inconsistency"}


def corrections_in(said: str, language: str) -> list[dict[str, str]]:
    """The first that has a better wording; none where no server is set up, or none answers."""
    if not settings.GRAMMAR_CHECKERS:
        return []
    try:
        told = in_turn.check_grammar(
            settings.GRAMMAR_CHECKERS, said, language=language, seconds=SECONDS
        )
    except LanguageServiceError as error:
        logger.warning("grammar was not checked: %s (%s)", error.code, error.detail)
        return []
    usable = (hit for hit in told.answer if hit.kind in _OF_WHAT_IS_SAID and hit.better)
    return [_correction(said, hit) for hit in usable][:1]


def _correction(said: str, hit: GrammarHit) -> dict[str, str]:
    wrong = said[hit.start : hit.end]
    return {"said": wrong, "better": hit.better[0], "why": hit.why, "rule": hit.rule}
