"""The language server sees what becomes of the files of studies, by whomever they are changed."""

from pathlib import Path

import pytest
from lsprotocol import types

from tests.editor.session import editor, full_client
from tests.editor.small_session import NOTE, has, lacks, session
from tests.studies import SMALL, write_study

pytestmark = pytest.mark.slow


@session
async def test_files_that_others_change_are_seen_with_and_without_a_watch(folder: Path) -> None:
    note = folder / "sources" / "s_15.md"
    for tells in (True, False):
        async with editor(folder, capabilities=full_client() if tells else None) as one:
            uri = one.open(note)
            await one.found(uri, lacks("C301"))
            if tells:
                await one.until(lambda: types.WORKSPACE_DID_CHANGE_WATCHED_FILES in one.registered)
            module = folder / "models" / "infrastructure.py"
            before = module.read_text()
            module.write_text(before.replace("k8s", "kubernetes"))
            others = [
                folder / "models" / "forces.py",
                folder / "sources" / "s14.py",
                folder / "sources" / "s6.py",
            ]
            texts = [(each, each.read_text()) for each in others]
            for each, text in texts:
                each.write_text(text.replace("k8s", "kubernetes"))
            version = None
            if tells:
                changed = [types.FileEvent(module.as_uri(), types.FileChangeType.Changed)]
                one.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changed))
            else:
                version = one.write(uri, f"{NOTE}\n")
            await one.found(uri, has("C301"), version)
            for each, text in [*texts, (module, before)]:
                each.write_text(text)
            assert await one.end() == 0


@session
async def test_several_studies_and_other_files_are_kept_apart(folder: Path) -> None:
    second = write_study(folder / "other" / "Größe 100% study", SMALL)
    (second / "sources" / "s_15.md").write_text(NOTE.replace("k8s", "nowhere"))
    (folder / "README.md").write_text("# s\n3\n# coding\n")
    (folder / "tool.py").write_text("nothing_at_all\n")
    async with editor(folder, second) as one:
        readme, tool = one.open(folder / "README.md"), one.open(folder / "tool.py")
        first = one.open(folder / "sources" / "s_15.md")
        other = one.open(second / "sources" / "s_15.md")
        assert lacks("C301")(await one.found(first, has("C501")))
        assert has("C301")(await one.found(other, has("C301")))
        note = one.open(folder, NOTE.replace("k8s", "nowhere"), "untitled:Untitled-1", "markdown")
        assert has("C301")(await one.found(note, has("C301")))
        text = one.open(folder, "Just a text about s3.\n", "untitled:Untitled-2", "markdown")
        hover = types.HoverParams(types.TextDocumentIdentifier(readme), types.Position(0, 1))
        assert await one.client.text_document_hover_async(hover) is None
        one.close(note)
        await one.found(note, lambda found: not found)
        assert [each for each in (readme, tool, text) if one.sent(each)] == []
        one.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(
                types.WorkspaceFoldersChangeEvent([], [types.WorkspaceFolder(second.as_uri(), "other")])
            )
        )
        one.close(other)
        assert await one.end() == 0


@session
async def test_a_study_that_vanishes_takes_its_findings_with_it(folder: Path) -> None:
    import shutil

    study = write_study(folder / "inner", SMALL)
    (study / "pyproject.toml").write_text("[tool.codeable]\nmodels = ['models']\n")
    note = study / "sources" / "s_15.md"
    note.write_text(NOTE.replace("k8s", "nowhere"))
    async with editor(study) as one:
        uri = one.open(study / "models" / "infrastructure.py")
        await one.found(note.as_uri(), has("C301"))
        shutil.rmtree(study)
        one.write(uri, "x = 1\n")
        await one.found(note.as_uri(), lambda found: not found)
        shown = list(one.shown)
        one.write(uri, "x = 2\n")
        one.close(uri)
        assert (shown, await one.end()) == ([], 0)


@session
async def test_settings_may_be_wrong_for_a_while(folder: Path) -> None:
    settings = folder / "pyproject.toml"
    settings.write_text("[tool.codeable.check]\nignore = ['C5']\n")
    async with editor(folder) as one:
        note, uri = one.open(folder / "sources" / "s_15.md"), one.open(settings)
        found = await one.found(note, has("C202"))
        assert lacks("C5")(found)
        for wrong in (
            "[tool.codeable.check\n",
            "[tool.codeable]\nmodles = ['x']\n",
            "[tool.codeable]\nmodels = ['x']\n",
        ):
            one.write(uri, wrong)
            one.save(uri, settings)
            await one.found(uri, has("load"))
            version = one.write(note, f"{NOTE}\n{wrong}")
            assert has("C202")(await one.found(note, version=version))
        one.write(uri, "[tool.codeable]\n")
        one.save(uri, settings)
        await one.found(note, has("C5"))
        assert await one.found(uri, lacks("load")) is not None
        assert (one.shown, await one.end()) == ([], 0)


@session
async def test_a_file_that_is_not_open_is_answered_about_as_it_is_saved(folder: Path) -> None:
    async with editor(folder) as one:
        note = types.TextDocumentIdentifier((folder / "sources" / "s_15.md").as_uri())
        place = types.ReferenceParams(types.ReferenceContext(False), note, types.Position(11, 19))
        found = await one.client.text_document_references_async(place)
        assert found is not None
        assert {Path(each.uri).name for each in found} >= {"s_15.md", "s14.py", "s6.py"}
        readme = types.TextDocumentIdentifier((folder / "README.md").as_uri())
        other = types.HoverParams(readme, types.Position(0, 0))
        assert await one.client.text_document_hover_async(other) is None
        await one.found(note.uri, has("C501"))
        assert await one.end() == 0
