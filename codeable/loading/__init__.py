"""A folder becomes a study: its settings, a vocabulary of its own, its modules, and their registry."""

from codeable.loading.failures import StudyModuleError
from codeable.loading.folder import LoadedStudy, StudyFolderError, is_study, load_folder

__all__ = ["LoadedStudy", "StudyFolderError", "StudyModuleError", "is_study", "load_folder"]
