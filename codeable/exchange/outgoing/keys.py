"""Keys that stay the same: GUIDs of version 5, of the study's name and of what something is and is called."""

import json
from uuid import NAMESPACE_URL, UUID, uuid5


class Keys:
    """Makes the keys of one study. Each is the same in every export, on every machine.

    Args:
        study: The name of the study.

    Example:
        >>> Keys("data mesh").of("code", "event_bus")
        'ad70f153-7754-52fc-adf9-37929d97a0af'
    """

    def __init__(self, study: str) -> None:
        self._study = _guid(NAMESPACE_URL, "codeable", study)

    def of(self, *parts: str | int) -> str:
        """The key of something, by what it is and by names and numbers that tell it from others."""
        return str(_guid(self._study, *parts))


def _guid(namespace: UUID, *parts: str | int) -> UUID:
    """The GUID of some parts; as JSON no two lists of parts are one text, and every character is ASCII."""
    return uuid5(namespace, json.dumps(parts))
