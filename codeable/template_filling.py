"""Fills templates of Jinja2: files of a package, or short texts. Each format has its environment."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def template_environment(package: str, **options: Any) -> "Environment":
    """An environment in which a name that no value has is an error.

    Args:
        package: The package that has the folder `templates`.
        **options: Those of `jinja2.Environment` in which formats differ.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )


def filled(environment: "Environment", template: str, values: dict[str, object]) -> str:
    """A template with its values.

    Args:
        environment: That of the format.
        template: The name of a file in `templates`, or the text of a template.
        values: What the template names.
    """
    is_file = template.endswith(".j2")
    found = environment.get_template(template) if is_file else environment.from_string(template)
    return found.render(values)
