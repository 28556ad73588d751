r"""Texts of a bibliography written in LaTeX, as plain texts: accents, signs, quotation marks, dashes.

Nothing is run, and nothing is lost: a command that is not known stays as it is written. The names of signs
come from pylatexenc; its own converter drops unknown commands, and all that follows on a percent sign.
"""

import contextlib
import re
import unicodedata
from functools import cache

from codeable.exchange.readers.input_file import not_installed

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)\*?\s*|\\(?P<sign>.)|(?P<ligature>---?|``|''|\?`|!`)|(?P<other>[{}~$])|[^\\{}~$\-`'?!]+|.",
    re.DOTALL,
)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_MATH_ACCENTS = {
    "grave": "\u0300", "acute": "\u0301", "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304",
    "breve": "\u0306", "dot": "\u0307", "ddot": "\u0308", "mathring": "\u030a", "check": "\u030c",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
_BLANKS = frozenset(" ,;:\\\n\t~")
_NOTHING = frozenset("!/-@")
_STYLES = frozenset((
    "em", "it", "bf", "sc", "tt", "rm", "sf", "sl", "bfseries", "itshape", "scshape", "ttfamily",
    "rmfamily", "sffamily", "normalfont", "upshape", "mdseries", "tiny", "small", "large", "Large",
    "protect", "relax", "displaystyle", "textstyle", "null",
))  # fmt: skip
"""Commands without an argument that change how a text looks."""
_TRANSPARENT = frozenset((
    "emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsf", "textsl", "textup", "textmd",
    "textnormal", "text", "mbox", "hbox", "fbox", "underline", "uppercase", "lowercase",
    "MakeUppercase", "MakeLowercase", "mkbibemph", "mkbibbold", "mkbibitalic", "mkbibacro", "acronym",
    "mathrm", "mathit", "mathbf", "mathsf", "mathtt", "mathcal", "mathbb", "mathnormal", "operatorname",
    "nocase", "titlecase", "textsuperscript", "textsubscript", "NoCaseChange", "IeC", "ul", "hl",
))  # fmt: skip
"""Commands that show their argument."""
_QUOTES = {
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
}
_HIDDEN = frozenset((
    "noopsort", "printfirst", "label", "index", "vspace", "hspace",
))  # fmt: skip
"""Commands that show nothing of their argument; the first is of BibTeX's own styles, to sort entries."""
_VERBATIM = frozenset({"url", "path", "nolinkurl", "doi"})
_SIGNS = {
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textbackslash": "\\",
    "backslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textbar": "|", "textunderscore": "_", "textdollar": "$", "textquotedbl": '"', "textquotesingle": "'",
    "textasciigrave": "`", "dots": "…", "ldots": "…", "textellipsis": "…", "space": " ", "quad": " ",
    "qquad": " ", "enspace": " ", "thinspace": " ", "nobreakspace": " ", "slash": "/", "And": "&",
    "hyphen": "-", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "i": "ı", "j": "ȷ",
    "allowbreak": "", "newline": " ", "guillemotleft": "«", "guillemotright": "»", "textnumero": "№",
    "textmu": "µ", "Im": "ℑ", "Re": "ℜ", "hbar": "ℏ", "models": "⊨", "triangle": "△", "spadesuit": "♠",
    "heartsuit": "♡", "diamondsuit": "♢", "clubsuit": "♣", "prime": "′", "copyright": "©", "pounds": "£",
    "S": "§", "P": "¶",
}  # fmt: skip
_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_INDEX = re.compile(r"(?<!\\)([\^_])(?:\{([^{}]*)\}|([^\s{}\\]))")
_MATH = re.compile(r"[\\^_={}<>+]|^\w{1,3}$")


def decoded(text: str) -> str:
    r"""A text of a bibliography as a person reads it, on one line.

    Example:
        >>> print(decoded(r"M{\"u}ller {\&} \v{S}im\'{\i}k: {R\&D} --- ``50\% of $\alpha$''"))
        Müller & Šimík: R&D — “50% of α”
        >>> print(decoded(r"\unknown{as it is} 50% of $5"))
        \unknown{as it is} 50% of $5
    """
    if not any(each in text for each in "\\{}~$-`'"):
        return " ".join(text.split())
    with contextlib.suppress(RecursionError):  # it has thousands of braces in each other
        text = unicodedata.normalize("NFC", _Decoder(text).text())
    return " ".join(text.split())


class _Decoder:
    """Reads a text from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def text(self, end: str = "") -> str:
        """The text up to a closing brace, or up to the end."""
        parts: list[str] = []
        while self.at < len(self.source):
            match = _TOKEN.match(self.source, self.at)
            assert match is not None  # every character is a token
            self.at = match.end()
            if match["other"] == "}" == end:
                break
            parts.append(self._shown(match))
        return "".join(parts)

    def _shown(self, match: re.Match[str]) -> str:
        if match["word"]:
            return self._command(match["word"], match[0])
        if match["sign"]:
            return self._sign(match["sign"])
        if match["ligature"]:
            return _LIGATURES[match[0]]
        if match["other"] == "{":
            return self.text("}")
        if match["other"] == "}":
            return ""
        if match["other"] == "~":
            return " "
        return self._math() if match["other"] == "$" else match[0]

    def _sign(self, sign: str) -> str:
        if sign in _ACCENTS:
            return self._accented(_ACCENTS[sign])
        if sign in _BLANKS:
            return " "
        return "" if sign in _NOTHING else sign

    def _command(self, name: str, written: str) -> str:
        blank = " " if written[-1:].isspace() else ""
        accent = _ACCENTS.get(name) or _MATH_ACCENTS.get(name)
        if accent is not None:
            return self._accented(accent)
        if name in _STYLES:
            return ""
        if name in _TRANSPARENT:
            return self._argument()
        if name in _QUOTES:
            before, behind = _QUOTES[name]
            return f"{before}{self._argument()}{behind}"
        if name in _HIDDEN:
            self._argument()
            return ""
        if name == "ensuremath":
            return _formula(self._raw_argument())
        if name in _VERBATIM:
            return self._raw_argument()
        if name == "href":
            address, shown = self._raw_argument(), self._argument()
            return shown if shown == address else f"{shown} ({address})"
        sign = _SIGNS.get(name)
        if sign is None:
            sign = _names_of_signs().get(name)
        if sign is None:
            return self._unknown(written)
        return f"{sign}{blank}" if self._skip_empty_group() else sign

    def _skip_empty_group(self) -> bool:
        """Skip `{}` behind a command; blanks in front of it were read with the command."""
        if self.source.startswith("{}", self.at):
            self.at += 2
            return True
        return False

    def _unknown(self, written: str) -> str:
        parts = [written]
        while self.source.startswith("{", self.at):
            parts.append(f"{{{self._raw_argument()}}}")
        return "".join(parts)

    def _argument(self) -> str:
        """The text of the next group, or of the next character or command."""
        self._skip_blanks()
        match = _TOKEN.match(self.source, self.at)
        if match is None:
            return ""
        if match["other"] != "{" and not match["word"] and not match["sign"]:
            self.at += 1
            return self.source[self.at - 1]
        self.at = match.end()
        return self._shown(match)

    def _raw_argument(self) -> str:
        """What is written in the next group; empty where none follows."""
        self._skip_blanks()
        if not self.source.startswith("{", self.at):
            return ""
        start, depth = self.at + 1, 0
        for at in range(self.at, len(self.source)):
            depth += {"{": 1, "}": -1}.get(self.source[at], 0)
            if depth == 0:
                self.at = at + 1
                return self.source[start:at]
        self.at = len(self.source)
        return self.source[start:]

    def _skip_blanks(self) -> None:
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1

    def _accented(self, accent: str) -> str:
        base = unicodedata.normalize("NFC", self._argument())
        first = _DOTLESS.get(base[:1], base[:1])
        return unicodedata.normalize("NFC", f"{first or ' '}{accent}") + base[1:]

    def _math(self) -> str:
        """A formula between dollar signs; a dollar sign where none is."""
        end = self.source.find("$", self.at)
        inside = self.source[self.at : end] if end >= 0 else ""
        if not inside or inside != inside.strip() or not _MATH.search(inside):
            return "$"
        self.at = end + 1
        return _formula(inside)


def _formula(inside: str) -> str:
    """A formula as a text: indices are raised or lowered where there are such characters."""
    return _Decoder(_INDEX.sub(_index, inside)).text()


def _index(match: re.Match[str]) -> str:
    characters = _RAISED if match[1] == "^" else _LOWERED
    text = match[2] if match[2] is not None else match[3]
    return "".join(characters.get(each, "") for each in text) if set(text) <= set(characters) else match[0]


@cache
def _names_of_signs() -> dict[str, str]:
    """Command without an argument → its sign."""
    try:
        from pylatexenc.latex2text import get_default_latex_context_db
    except ImportError as error:
        raise not_installed("BibTeX", "pylatexenc") from error
    specs = get_default_latex_context_db().iter_macro_specs()
    found = ((each.macroname, each.simplify_repl) for each in specs)
    return {name: sign for name, sign in found if isinstance(sign, str) and sign and "%" not in sign}
