r"""What LaTeX needs for each character: commands, accents, math, and characters that pdfLaTeX cannot set.

The tables were checked by compiling every character with pdfLaTeX (fonts in OT1 and in T1) and LuaLaTeX.
"""

import unicodedata
from functools import cache

COMMANDS: dict[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\codeableown{\textquotedbl}{{\ttfamily\char34}}",
    "`": r"\codeableown{\textasciigrave}{\`{}}",
    "\u00a0": r"\nobreakspace{}",
    "\u00ad": r"\-",
    "\u200b": r"\allowbreak{}",
    "\u2002": r"\enspace{}",
    "\u2003": r"\quad{}",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u2010": "-",
    "\u2011": r"\mbox{-}",
    "\u2012": "\u2013",
    "\u2015": "\u2014",
}
"""Characters that are set by a command in every engine."""

_GREEK = {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "ς": "varsigma", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "ϑ": "vartheta", "ϕ": "phi", "ϖ": "varpi", "ϱ": "varrho", "ϵ": "epsilon",
}  # fmt: skip
_GREEK_AS_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True))
_SIGNS = {
    "←": "leftarrow", "↑": "uparrow", "→": "rightarrow", "↓": "downarrow", "↔": "leftrightarrow",
    "↕": "updownarrow", "↖": "nwarrow", "↗": "nearrow", "↘": "searrow", "↙": "swarrow", "↦": "mapsto",
    "⇐": "Leftarrow", "⇑": "Uparrow", "⇒": "Rightarrow", "⇓": "Downarrow", "⇔": "Leftrightarrow",
    "⟵": "longleftarrow", "⟶": "longrightarrow", "⟸": "Longleftarrow", "⟹": "Longrightarrow",
    "∀": "forall", "∂": "partial", "∃": "exists", "∅": "emptyset", "∇": "nabla", "∈": "in", "∉": "notin",
    "∋": "ni", "∏": "prod", "∑": "sum", "−": "mathord-", "∓": "mp", "∖": "setminus", "∗": "ast",
    "∘": "circ", "∙": "bullet", "√": "surd", "∝": "propto", "∞": "infty", "∠": "angle", "∣": "mid",
    "∥": "parallel", "∧": "wedge", "∨": "vee", "∩": "cap", "∪": "cup", "∫": "int", "∼": "sim",
    "≃": "simeq", "≅": "cong", "≈": "approx", "≠": "neq", "≡": "equiv", "≤": "leq", "≥": "geq", "≪": "ll",
    "≫": "gg", "≺": "prec", "≻": "succ", "⊂": "subset", "⊃": "supset", "⊆": "subseteq", "⊇": "supseteq",
    "⊕": "oplus", "⊖": "ominus", "⊗": "otimes", "⊙": "odot", "⊢": "vdash", "⊣": "dashv", "⊤": "top",
    "⊥": "perp", "⊨": "models", "⋀": "bigwedge", "⋁": "bigvee", "⋂": "bigcap", "⋃": "bigcup",
    "⋄": "diamond", "⋅": "cdot", "⋆": "star", "⋮": "vdots", "⋯": "cdots", "⋱": "ddots", "⌈": "lceil",
    "⌉": "rceil", "⌊": "lfloor", "⌋": "rfloor", "⟨": "langle", "⟩": "rangle", "ℓ": "ell", "ℏ": "hbar",
    "ℑ": "Im", "ℜ": "Re", "ℵ": "aleph", "△": "triangle", "◇": "diamond", "○": "circ", "●": "bullet",
    "♠": "spadesuit", "♡": "heartsuit", "♢": "diamondsuit", "♣": "clubsuit", "♭": "flat", "♮": "natural",
    "♯": "sharp", "′": "prime", "±": "pm", "×": "times", "÷": "div",
}  # fmt: skip
_OF_AMS_FONT = {"✓": 88, "✔": 88, "□": 3, "☐": 3, "■": 4, "◆": 7, "★": 70}
"""Characters in the font `msa`, which belongs to every LaTeX: position."""

_ACCENTS = {
    "\u0300": r"\`", "\u0301": r"\'", "\u0302": r"\^", "\u0303": r"\~", "\u0304": r"\=", "\u0306": r"\u",
    "\u0307": r"\.", "\u0308": r"\"", "\u030a": r"\r", "\u030b": r"\H", "\u030c": r"\v",
}  # fmt: skip
_MARKS_BELOW = {"\u0323": r"\d", "\u0327": r"\c", "\u0331": r"\b"}
_MATH_ACCENTS = {"\u0301": "acute", "\u0300": "grave", "\u0308": "ddot", "\u0304": "bar", "\u0306": "breve"}
_LIKE_LATIN = frozenset("ßØøÆæŒœŁłı")
"""Letters that fonts in OT1 have; LaTeX knows them by themselves."""
_ONLY_IN_T1 = frozenset("«»ÐÞðþĄąĐđĘęĮįŊŋŲųǪǫ˛‚„‹›")
_KNOWN = frozenset("¡¢£¤¥¦§¨©ª¬®¯°²³´µ¶·¸¹º¼½¾¿ĲĳƒŻżˆˇ˘˙˝–—‖‘’“”†‡•…‰‱※‽⁄₡₤₦₩₫€₱℃№℗℞℠™Ω℧℮␢␣◦♪ﬀﬁﬂﬃﬄ")
"""Further characters that LaTeX knows by itself."""
_SUPERSCRIPTS = dict(zip("⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "0i456789+-=()n", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True))
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_NEVER_SET = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
"""Categories whose characters are always spelt out: control, direction, surrogates, not assigned."""


def spelt_out(character: str) -> str:
    r"""A character as a reader sees it where it cannot be set.

    Example:
        >>> spelt_out("漢")
        '[U+6F22]'
    """
    return f"[U+{ord(character):04X}]"


@cache
def character_in_latex(character: str) -> str | None:
    r"""A character as every engine sets it, whatever the encoding of its fonts; None if pdfLaTeX cannot.

    Args:
        character: One character, in composed form (NFC), or a letter with combining marks.

    Example:
        >>> character_in_latex("&"), character_in_latex("→"), character_in_latex("漢")
        ('\\&', '\\ensuremath{\\rightarrow}', None)
    """
    if character in COMMANDS:
        return COMMANDS[character]
    if character.isascii() and character.isprintable():
        return character
    if len(character) == 1 and _is_never_set(character):
        return spelt_out(character)
    if character in _ONLY_IN_T1:
        return rf"\codeabletone{{{character}}}"
    return _sign(character) or _letter(character)


@cache
def is_spelt_out(character: str) -> bool:
    """Whether pdfLaTeX shows the number of a character instead of it."""
    return character_in_latex(character) in (None, spelt_out(character))


def _is_never_set(character: str) -> bool:
    if character == "\ufffd":  # LuaLaTeX takes it for broken UTF-8
        return True
    return unicodedata.category(character) in _NEVER_SET and character not in _JOINERS


def _sign(character: str) -> str | None:
    for table, form in (
        (_SIGNS, r"\ensuremath{{\{}}}"),
        (_GREEK, r"\ensuremath{{\{}}}"),
        (_GREEK_AS_LATIN, "{}"),
        (_SUPERSCRIPTS, r"\ensuremath{{^{{{}}}}}"),
        (_SUBSCRIPTS, r"\ensuremath{{_{{{}}}}}"),
    ):
        if character in table:
            return form.format(table[character]).replace(r"\mathord-", "-")
    if character in _OF_AMS_FONT:
        return rf"{{\usefont{{U}}{{msa}}{{m}}{{n}}\char{_OF_AMS_FONT[character]}}}"
    if character in _KNOWN or character in _LIKE_LATIN:
        return character
    return {"ο": "o", "″": r"\ensuremath{\prime\prime}"}.get(character)


def _letter(character: str) -> str | None:
    """A letter with marks."""
    decomposed = unicodedata.normalize("NFD", character)
    base, marks = decomposed[0], decomposed[1:]
    if not marks:
        return None
    below = [_MARKS_BELOW[mark] for mark in marks if mark in _MARKS_BELOW]
    above = [mark for mark in marks if mark not in _MARKS_BELOW]
    if base in _GREEK or base in _GREEK_AS_LATIN or base == "ο":
        if below or any(mark not in _MATH_ACCENTS for mark in above):
            return None
        inner = rf"\{_GREEK[base]}" if base in _GREEK else rf"\mathrm{{{_GREEK_AS_LATIN.get(base, 'o')}}}"
        for mark in above:
            inner = rf"\{_MATH_ACCENTS[mark]}{{{inner}}}"
        return rf"\ensuremath{{{inner}}}"
    if not (base.isascii() and base.isalpha()) or len(above) > 1 or len(below) > 1:
        return None
    if above and above[0] not in _ACCENTS:
        return None
    if len(character) == 1 and character < "\u0180" and not (above and below):
        return character
    inner = base
    if above:
        inner = f"{_ACCENTS[above[0]]}{{{_dotless(base)}}}"
    return f"{below[0]}{{{inner}}}" if below else inner


def _dotless(base: str) -> str:
    return rf"\{base}" if base in "ij" else base
