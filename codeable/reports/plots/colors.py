"""The sequential colours of heat maps: from white to dark blue.

Colour-blind readers tell them apart, and so does everybody in grey. They are the "Blues" of ColorBrewer
(C. Brewer, M. Harrower, Pennsylvania State University).
"""

_BLUES = (
    (247, 251, 255),
    (222, 235, 247),
    (198, 219, 239),
    (158, 202, 225),
    (107, 174, 214),
    (66, 146, 198),
    (33, 113, 181),
    (8, 81, 156),
    (8, 48, 107),
)


def blue(shade: float) -> str:
    """A colour between the lightest and the darkest.

    Args:
        shade: From 0, the lightest, to 1, the darkest.

    Example:
        >>> blue(0), blue(1)
        ('#f7fbff', '#08306b')
    """
    at = min(max(shade, 0), 1) * (len(_BLUES) - 1)
    below = min(int(at), len(_BLUES) - 2)
    pairs = zip(_BLUES[below], _BLUES[below + 1], strict=True)
    return "#" + "".join(f"{round(low + (high - low) * (at - below)):02x}" for low, high in pairs)


def readable_on(background: str) -> str:
    """Black or white, whichever has the higher contrast to a colour (WCAG 2.1, relative luminance).

    Example:
        >>> readable_on("#f7fbff"), readable_on("#08306b")
        ('#000000', '#ffffff')
    """
    luminance = _luminance(background)
    return "#000000" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "#ffffff"


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue_part = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue_part
