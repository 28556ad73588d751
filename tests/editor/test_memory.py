"""What is left of the views and models that an editor had before."""

import gc
import weakref
from pathlib import Path

from codeable.editor.diagnostics.findings import checked
from codeable.editor.study.editor_study import EditorStudy
from codeable.kernel.bulk_access import collector_paused
from tests.checks.cases import note, source
from tests.checks.test_rules_model import MODEL
from tests.editor.study_views import LoaderInThisProcess, open_document
from tests.studies import write_study

FILES = {
    "models/a.py": f"from codeable.dsl import *\n{MODEL}",
    "sources/s7.py": source("how", "a", "b"),
    "sources/s_7.md": note("a\nb\nnowhere"),
    "sources/s_8.md": note("b", number=8),
}


def test_views_and_models_of_before_are_freed(tmp_path: Path) -> None:
    study = EditorStudy(write_study(tmp_path, FILES), LoaderInThisProcess())
    study.load()
    first_model, views = weakref.ref(study.view({}).study), []
    with collector_paused():
        for number in range(5):
            text = note(f"a\nb\nnowhere_{number}")
            view = study.view(open_document(tmp_path, "sources/s_7.md", text))
            checked(view, lambda: None)
            assert view.codes
            assert view.names.of("b")
            views.append(weakref.ref(view))
            del view
        assert [view() is None for view in views] == [True, True, True, True, False]
    study.load()
    view = study.view({})
    checked(view, lambda: None)
    assert view.codes
    gc.collect()
    assert (first_model(), views[-1]()) == (None, None)
