"""Loads the study in a folder: its settings, a vocabulary of its own, its modules, their registry."""

from codeable.loading.folder import (
    StudyFolderError,
    compile_modules,
    existing_folder,
    load_folder,
    module_files,
)
from codeable.loading.load_errors import StudyModuleError

__all__ = [
    "StudyFolderError",
    "StudyModuleError",
    "compile_modules",
    "existing_folder",
    "load_folder",
    "module_files",
]
