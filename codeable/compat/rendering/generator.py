"""Writes bundles to files, one for each view. Studies import it from `plant_uml_renderer`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from codeable.compat.rendering.class_models import ClassModelRenderer
from codeable.compat.rendering.object_models import ObjectModelRenderer
from codeable.compat.rendering.output import drawing_together, empty_directory
from codeable.kernel import CBundle, CException


class PlantUMLGenerator:
    """Renders bundles to files, through one renderer for class models and one for object models.

    Args:
        delete_gen_dir_during_init: Whether the folder of the files is emptied first.
    """

    def __init__(self, delete_gen_dir_during_init: bool = False) -> None:
        self.class_model_renderer = ClassModelRenderer()
        self.object_model_renderer = ObjectModelRenderer()
        self.directory = "../_generated"
        self.plant_uml_jar_path = "../../libs/plantuml.jar"
        if delete_gen_dir_during_init:
            self.delete_gen_dir()

    @property
    def directory(self) -> str:
        """The folder of the files, relative to the current one. Both renderers use it."""
        return self._directory

    @directory.setter
    def directory(self, directory: str) -> None:
        self._directory = self.class_model_renderer.directory = self.object_model_renderer.directory = (
            directory
        )

    @property
    def plant_uml_jar_path(self) -> str:
        """A PlantUML jar, which both renderers use for pictures if it exists."""
        return self._plant_uml_jar_path

    @plant_uml_jar_path.setter
    def plant_uml_jar_path(self, path: str) -> None:
        self._plant_uml_jar_path = path
        self.class_model_renderer.plant_uml_jar_path = self.object_model_renderer.plant_uml_jar_path = path

    def delete_gen_dir(self) -> None:
        """Remove the folder of the files with all that is in it, and make it again."""
        empty_directory(Path(self.directory))

    @staticmethod
    def get_file_name(name: str) -> str:
        """A file name without its ending: underscores replace blanks."""
        return name.replace(" ", "_")

    def generate_class_model(self, bundle: CBundle, **options: Any) -> None:
        """Render a bundle's elements as a class model, into a file named after the bundle."""
        base = self._base(bundle)
        self.class_model_renderer.render_class_model_to_file(base, bundle.elements, **options)

    def generate_object_model(self, bundle: CBundle, **options: Any) -> None:
        """Render a bundle's elements as an object model, into a file named after the bundle."""
        base = self._base(bundle)
        self.object_model_renderer.render_object_model_to_file(base, bundle.elements, **options)

    def generate_class_models(self, dir_name: str, views: Sequence[Any]) -> None:
        """Render views as class models; `views` is `[bundle, options, bundle, options, …]`."""
        self._generate(self.generate_class_model, dir_name, views)

    def generate_object_models(self, dir_name: str, views: Sequence[Any]) -> None:
        """Render views as object models; `views` is `[bundle, options, bundle, options, …]`."""
        self._generate(self.generate_object_model, dir_name, views)

    def _generate(self, generate: Any, dir_name: str, views: Sequence[Any]) -> None:
        if len(views) % 2:
            raise CException(
                f"views must be a list [bundle, options, bundle, options, …], not one of {len(views)} entries"
            )
        directory = self.directory
        self.directory = f"{directory}/{self.get_file_name(dir_name)}"
        try:
            with drawing_together():
                for bundle, options in zip(views[::2], views[1::2], strict=True):
                    generate(bundle, **options)
        finally:
            self.directory = directory

    def _base(self, bundle: CBundle) -> str:
        if not isinstance(bundle, CBundle) or bundle.name is None:
            raise CException(f"a view must be a bundle with a name, to name its file; given: {bundle!r}")
        return self.get_file_name(bundle.name)
