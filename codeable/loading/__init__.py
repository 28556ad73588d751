"""A folder becomes a study: its settings, a vocabulary of its own, its modules, and their registry."""

from codeable.loading.folder import LoadedStudy, StudyFolderError, is_study, load_folder
from codeable.loading.load_errors import StudyModuleError

__all__ = ["LoadedStudy", "StudyFolderError", "StudyModuleError", "is_study", "load_folder"]
