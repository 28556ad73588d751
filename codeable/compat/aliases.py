"""Other names under which the modules of a CodeableModels study are found: old → new.

`module_discovery` and `finder` follow them; the commands read them with `checked_aliases`.
"""

from collections.abc import Iterable, Mapping

from codeable.errors import CodeableError


def checked_aliases(given: Iterable[str]) -> Mapping[str, str]:
    """Aliases from a command line, `old=new` each.

    Raises:
        CodeableError: One has another form, a name is given twice, or they lead in a circle; exit status 2.
    """
    aliases: dict[str, str] = {}
    for each in given:
        old, equals, new = each.partition("=")
        if not equals or not all(part.isidentifier() for name in (old, new) for part in name.split(".")):
            raise CodeableError(
                f"an alias is two names of modules, old=new, as in api_models=domain_models; given: {each!r}",
                exit_status=2,
            )
        if aliases.get(old, new) != new:
            raise CodeableError(f"{old!r} is an alias twice, of {aliases[old]!r} and {new!r}", exit_status=2)
        aliases[old] = new
    for old, new in aliases.items():
        end = aliased(old, aliases)
        if old != new and any(f"{end}.".startswith(f"{each}.") for each in aliases if aliases[each] != each):
            raise CodeableError(f"the aliases of {old!r} lead in a circle", exit_status=2)
    return aliases


def aliased(name: str, aliases: Mapping[str, str]) -> str:
    """The name under which a module is found."""
    seen: set[str] = set()
    while True:
        found = next((old for old in aliases if name == old or name.startswith(f"{old}.")), None)
        if found is None or found in seen or aliases[found] == found:
            return name
        seen.add(found)
        name = aliases[found] + name[len(found) :]


def asks_for(name: str, aliases: Mapping[str, str]) -> bool:
    """Whether an alias names a module as one of the study, where codeable provides one of that name.

    Example:
        >>> asks_for("metamodels.guidance_metamodel", {"metamodels": "metamodels"})
        True
        >>> asks_for("metamodels.guidance_metamodel", {"coding": "metamodels"})
        False
    """
    return any(name == new or (old == new and name.startswith(f"{new}.")) for old, new in aliases.items())
