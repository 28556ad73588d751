"""A folder becomes a study: its settings, a vocabulary of its own, its modules, and their registry."""

from codeable.loading.folder import StudyFolderError, existing_folder, load_folder
from codeable.loading.load_errors import StudyModuleError
from codeable.settings import is_study

__all__ = ["StudyFolderError", "StudyModuleError", "existing_folder", "is_study", "load_folder"]
