"""The features of the language server, each a function that registers its answers."""

from collections.abc import Callable

from codeable.editor import (
    completion,
    configuration,
    document_links,
    folding,
    hints,
    hover,
    idle_collector,
    lenses,
    lifecycle,
    load_status,
    navigation,
    preview,
    renaming,
    signature,
    symbols,
)
from codeable.editor.actions import code_actions
from codeable.editor.server import CodeableServer

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
