"""The old studies of `tests/compat/studies` with what each declares, counted by hand."""

from attrs import field, frozen


@frozen
class Shape:
    """An old study and what its conversion has to keep.

    Attributes:
        script: The program that draws it, from the study's folder on.
        counts: How many there are of each kind of thing.
        arrows: Title → number of arrows, of each bundle.
        comments: How many comments the modules have that are converted.
        converted: What is converted, the folder when empty.
        aliases: Aliases of the commands.
        options: Further options of `compat run`.
        text_format: The format of its texts.
        modules: The same for `old_facts`, which knows no aliases and no bundled copies.
        renamed: File names of modules that no import can write → those of the new study.
        not_taken: Modules that the new study does not have.
        status: The exit status of `convert`.
    """

    script: str
    counts: dict[str, int]
    arrows: tuple[tuple[str, int], ...]
    comments: int
    converted: str = ""
    aliases: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    text_format: str = "current"
    modules: dict[str, str] = field(factory=dict)
    renamed: dict[str, str] = field(factory=dict)
    not_taken: tuple[str, ...] = ()
    status: int = 0


def _bundled(package: str) -> dict[str, str]:
    names = ("codeable_models", "codeable_models.internal.commons", "plant_uml_renderer")
    return {f"{package}.{name}": name for name in (*names, "metamodels.guidance_metamodel")}


SHAPES = {
    "telemetry": Shape(
        "generators/generate_all.py",
        {
            "Source": 3,
            "Decision": 2,
            "Practice": 6,
            "Force": 3,
            "Category": 1,
            "options": 6,
            "impacts": 8,
            "relations": 4,
            "evidence": 18,
        },
        (("All Decisions", 24), ("Collection Decision", 17), ("Storage Decision", 3)),
        20,
        text_format="older",
        not_taken=("generators/generate_all.py", "metamodels/GT_coding.py"),
    ),
    "releases": Shape(
        "generate_texts.py",
        {"Decision": 1, "Practice": 4, "Force": 2, "options": 4, "impacts": 3, "relations": 1},
        (("Releases", 7),),
        6,
        not_taken=(
            "__main__.py",
            "generate_texts.py",
            "release_study/__main__.py",
            "release_study/generate.py",
        ),
    ),
    "logging_study": Shape(
        "generate.py",
        {"Decision": 1, "Practice": 2, "Force": 1, "options": 2, "impacts": 2, "relations": 1},
        (("Logging", 5), ("Logging by classes", 5)),
        2,
        modules=_bundled("CodeableModels"),
        not_taken=("generate.py",),
    ),
    "secrets_study": Shape(
        "scripts/draw.py",
        {"Decision": 1, "Practice": 2, "Force": 1, "options": 2, "impacts": 2, "relations": 1},
        (("Secrets", 5),),
        2,
        modules=_bundled("src"),
        not_taken=("scripts/draw.py",),
    ),
    "own_guidance": Shape(
        "generate.py",
        {
            "Source": 2,
            "Decision": 2,
            "Practice": 4,
            "Force": 1,
            "options": 4,
            "impacts": 3,
            "relations": 3,
            "evidence": 9,
        },
        (("Data", 3), ("Splitting", 11)),
        3,
        aliases=("metamodels.guidance_metamodel=metamodels.guidance_metamodel",),
        modules={"metamodels.guidance_metamodel": "metamodels/guidance_metamodel.py"},
        not_taken=("generate.py",),
    ),
    "own_guidance_elsewhere": Shape(
        "draw.py",
        {"Decision": 1, "Practice": 2, "Force": 1, "options": 2, "impacts": 1, "relations": 2},
        (("Caching", 5),),
        1,
        not_taken=("draw.py",),
    ),
    "web_shop": Shape(
        "generate.py",
        {},
        (("Deployment", 6), ("Shop", 9), ("Storage", 2)),
        4,
        not_taken=("generate.py",),
    ),
    "identity": Shape(
        "draw.py",
        {"Decision": 1, "Practice": 3, "Force": 1, "options": 3, "impacts": 2, "relations": 3},
        (("Identity", 8), ("Token", 2)),
        7,
        not_taken=("draw.py",),
    ),
    "legacy_encodings": Shape(
        "zeichnen.py",
        {"Decision": 1, "Practice": 4, "Force": 1, "options": 4, "impacts": 2},
        (("Sicherung", 4),),
        8,
        not_taken=("zeichnen.py",),
    ),
    "gateway_study": Shape(
        "gateway_models/generate.py",
        {"Decision": 1, "Practice": 2, "options": 2},
        (("Gateway", 4),),
        2,
        aliases=("domain_models=attic_models",),
        modules={"domain_models.gateway_domain": "attic_models.gateway_domain"},
        not_taken=("gateway_models/generate.py",),
    ),
    "messaging": Shape(
        "draw.py",
        {"Decision": 2, "Practice": 5, "Force": 1, "options": 5, "impacts": 2, "relations": 1},
        (
            ("Delivery", 4),
            ("Options of: How is a message delivered?", 2),
            ("Options of: In which order?", 2),
            ("_all", 8),
            ("_all", 2),
            ("_delivery", 2),
            ("delivery of the second round", 1),
            ("two", 1),
            ("two", 0),
        ),
        5,
        not_taken=("draw.py",),
    ),
    "layering": Shape(
        "study.py",
        {"Decision": 1, "Practice": 3, "options": 3, "relations": 1},
        (("Patterns", 2), ("Zones", 2)),
        2,
        converted="study.py",
        not_taken=("study.py",),
    ),
    "testing_study": Shape(
        "draw.py",
        {"Decision": 1, "Practice": 3, "Force": 1, "options": 3, "impacts": 2, "relations": 1},
        (("Fast ones", 2), ("Tests", 6)),
        2,
        not_taken=("draw.py",),
    ),
    "retries": Shape(
        "draw.py",
        {"Decision": 1, "Practice": 2, "Force": 1, "options": 2, "impacts": 1},
        (("Retries", 3),),
        1,
        not_taken=(
            "count.py",
            "draw.py",
            "notes.py",
            "old_model.py",
            "python2_model.py",
            "raising_model.py",
        ),
        status=1,
    ),
    "scaling": Shape(
        "scaling.py",
        {"Decision": 1, "Practice": 2, "Force": 1, "options": 2, "impacts": 2},
        (("Scaling", 4),),
        3,
        converted="scaling.py",
    ),
    "chaos_study": Shape(
        "generate.py",
        {"Decision": 2, "Practice": 3, "Force": 1, "options": 3, "impacts": 2},
        (("View of: Where are faults injected?", 4), ("View of: Who stops an experiment?", 1)),
        3,
    ),
    "inline_views": Shape(
        "edge_model.py",
        {"Decision": 1, "Practice": 3, "Force": 1, "options": 2, "impacts": 1},
        (("All of it", 3), ("Edge", 1), ("Options", 2)),
        3,
    ),
    "import_forms": Shape(
        "draw.py",
        {"Decision": 1, "Practice": 3, "options": 2, "relations": 1},
        (("Queue", 4),),
        3,
        not_taken=("draw.py",),
    ),
    "tables_study": Shape(
        "the study/01-options.py",
        {"Decision": 1, "Practice": 2, "options": 2},
        (("Schemas", 2),),
        4,
        renamed={"01-options.py": "m01_options.py"},
    ),
}
