"""Which passages of a code the guide quotes, and how.

The choice is a rule, and no judgement: each source gets its turn; of one source, passages come first that
show best what the code means, as in the codebook, and of these those that the chapter has not quoted yet.
"""

from collections import defaultdict
from collections.abc import Container
from typing import Any

from codeable.coded.coded_study import Code, CodedStudy, place_of
from codeable.notes.code_chain import CodePassage
from codeable.notes.quotation import line_range
from codeable.reports.example_passages import cut, plain, rank_of, words_of
from codeable.reports.guide.records import GuideQuote
from codeable.reports.report_table import shown_cell

_LONGEST = 600
"""Characters of a passage that is quoted whole."""


class Quoting:
    """Chooses and quotes passages of one study.

    Args:
        study: The study.
        most: How many passages of a code are quoted at most.
    """

    def __init__(self, study: CodedStudy, most: int) -> None:
        self._study = study
        self._most = most
        self._plain = {
            place_of(each.passage): (plain(each.passage.text), len(each.codes)) for each in study.passages
        }

    def quotes(self, code: Code, before: Container[str] = ()) -> list[GuideQuote]:
        """The quotations of a code, in the order of the study.

        Args:
            code: The code.
            before: The texts that the chapter has quoted already.
        """
        words = words_of(code.title)
        by_source: defaultdict[str, dict[str, CodePassage]] = defaultdict(dict)
        for passage in code.passages:
            # What several coders quoted counts once here.
            by_source[passage.source].setdefault(passage.text, passage)

        def rank(passage: CodePassage) -> tuple[Any, ...]:
            text, codes = self._plain[place_of(passage)]
            is_other, said, *rest = rank_of(passage, text, words, codes)
            return is_other, said, quoted_text(passage) in before, *rest

        turns = [
            (turn, position, passage)
            for position, found in enumerate(by_source.values())
            for turn, passage in enumerate(sorted(found.values(), key=rank))
        ]
        turns.sort(key=lambda each: each[:2])
        kept = {id(passage) for *_, passage in turns[: self._most]}
        return [self._quote(passage) for passage in code.passages if id(passage) in kept]

    def _quote(self, passage: CodePassage) -> GuideQuote:
        lines = line_range(passage.line, passage.end_line)
        parts = [f"{self._study.file_of(passage.path)}:{lines}"]
        parts += [f"said by {passage.speaker}"] if passage.speaker else []
        parts += [f"coded by {passage.coder}"] if passage.coder else []
        return GuideQuote(quoted_text(passage), passage.source, ", ".join(parts))


def quoted_text(passage: CodePassage) -> str:
    """The text of a passage as the guide quotes it."""
    return cut(str(shown_cell(passage.text.strip(), "quotation")), _LONGEST)
