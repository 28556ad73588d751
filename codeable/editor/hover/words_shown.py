"""What an editor shows of a word of the vocabulary."""

from codeable.editor.hover.markup import Markup, items, paragraphs
from codeable.editor.hover.words import FunctionWord, KindWord


def word_text(meaning: FunctionWord | KindWord, markup: Markup) -> str:
    """What a word means, as a text for an editor."""
    if isinstance(meaning, FunctionWord):
        arguments = [f"{markup.code(each.name)}: {prose(each.text, markup)}" for each in meaning.parameters]
        return paragraphs([markup.block(meaning.call), prose(meaning.text, markup), items(arguments)])
    attributes = ", ".join(
        f"{markup.code(name)}{f' {markup.text(_TYPES.get(kind, kind))}' if kind else ''}"
        for name, kind in meaning.attributes
    )
    text = f"{markup.code(meaning.name)} · {markup.text(meaning.what)}"
    return paragraphs([text, markup.text(meaning.text), f"values: {attributes}" if attributes else None])


def prose(text: str, markup: Markup) -> str:
    """A text of codeable itself, with identifiers between backticks."""
    return text.replace("`", "") if markup.plain else text


_TYPES = {"str": "text", "bool": "yes or no", "int": "number", "float": "number"}
