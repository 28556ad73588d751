"""The features of the language server, each a function that registers its answers."""

from collections.abc import Callable

from codeable.editor import completion, document_links, hints, lenses, navigation, preview, renaming
from codeable.editor.actions import requests as code_actions
from codeable.editor.hover import requests as hover
from codeable.editor.hover import signature
from codeable.editor.outline import folding, symbols
from codeable.editor.server import configuration, idle_collector, lifecycle, load_status
from codeable.editor.server.server import CodeableServer

FEATURES: tuple[Callable[[CodeableServer], None], ...] = (
    lifecycle.register,
    idle_collector.register,
    configuration.register,
    load_status.register,
    navigation.register,
    preview.register,
    hover.register,
    code_actions.register,
    renaming.register,
    document_links.register,
    folding.register,
    hints.register,
    lenses.register,
    signature.register,
    symbols.register,
    completion.register,
)
