"""Renames a code in notes, modules and settings by one edit, also in texts that are not saved.

The command `codeable.rename` [uri, position, newName, {"notes": true}] applies the edit by itself: with
`"notes": false` the notes stay as they were written, and the settings get an entry. Without it the option
`renameNotes` counts. It replies `{edits, files, messages}`; null where the rename is refused.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from codeable.editor.jupyter import JUPYTERLAB
from codeable.editor.server.any_json import member, position_of
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.settings_names import name_at
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import document_range, path_of
from codeable.editor.texts.workspace_edits import EditSupport, EditTarget, edit_support, workspace_edit
from codeable.errors import CodeableError
from codeable.lines import Edit
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.plan import Notes, RenamePlan
from codeable.names.renaming.refusals import RenameRefusedError, check_old_name, check_texts
from codeable.names.renaming.rename import planned_rename
from codeable.settings import SETTINGS_FILE
from codeable.text import counted

RENAME = "codeable.rename"
_MOST_TOLD = 5
_ONE_FILE = "JupyterLab changes only the file that it shows, and the name is in others, too"


class RenameFailedError(JsonRpcException):
    """The answer to a rename that is refused. The client shows its message."""

    CODE = types.LSPErrorCodes.RequestFailed.value
    MESSAGE = "The rename is refused"


def register(server: CodeableServer) -> None:
    """Register the answers and the command."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        return await server.answer_at(params, rename_at, settings=True)

    async def planned(
        params: types.RenameParams, given: object
    ) -> tuple[RenamePlan, types.WorkspaceEdit] | None:
        notes, support = _notes(given, server), edit_support(server.client_capabilities)
        return await server.answer_at(
            params,
            lambda cursor: renamed(cursor, params.new_name, notes, support),
            settings=True,
            look=True,
        )

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        found = await planned(params, None)
        if found is None:
            return None
        plan, edit = found
        if len(plan.files) > 1 and server.client_name == JUPYTERLAB:
            raise RenameFailedError(f"{_ONE_FILE}; run: codeable rename OLD {params.new_name}")
        _tell(server, plan)
        return edit

    @server.command(RENAME)
    async def rename_command(*arguments: Any) -> Mapping[str, object] | None:
        uri, position, name, options = (*arguments, None, None, None, None)[:4]
        place = position_of(position)
        if not isinstance(uri, str) or not isinstance(name, str) or place is None:
            server.tell(f"{RENAME} needs the address of a note or module, a place in it, and the new name")
            return None
        params = types.RenameParams(types.TextDocumentIdentifier(uri), place, name)
        try:
            found = await planned(params, member(options, "notes"))
        except RenameFailedError as error:
            server.tell(str(error), types.MessageType.Error)
            return None
        if found is None:
            server.tell("No study reads this document", types.MessageType.Error)
            return None
        plan, edit = found
        wanted = types.ApplyWorkspaceEditParams(edit=edit, label=f"Rename to {name}")
        reply = await server.workspace_apply_edit_async(wanted)
        if not reply.applied:
            server.tell(f"The editor did not apply the rename: {reply.failure_reason or 'no reason given'}")
            return None
        places = f"{counted(len(plan.edits), 'place')} in {counted(len(plan.files), 'file')}"
        done = [f"{old} → {new}: {places}" for old, new in plan.names.items()]
        server.tell("\n".join([*done, *messages_of(plan)]), types.MessageType.Info)
        return {"edits": len(plan.edits), "files": len(plan.files), "messages": list(messages_of(plan))}


def rename_at(cursor: Cursor) -> types.PrepareRenamePlaceholder | None:
    """The name at a place that can be renamed; None where no name is.

    Raises:
        RenameFailedError: It cannot be renamed, with the reason.
    """
    name = name_at(cursor)
    if name is None:
        return None
    study = study_of(cursor.view, cursor.document.path)
    try:
        check_texts(study)
        check_old_name(name.name, study)
    except RenameRefusedError as error:
        raise RenameFailedError(str(error)) from error
    return types.PrepareRenamePlaceholder(document_range(cursor.document, name.span), name.name)


def renamed(
    cursor: Cursor, new: str, notes: Notes, support: EditSupport
) -> tuple[RenamePlan, types.WorkspaceEdit]:
    """The rename of the name at a place, with the edit that makes it.

    Args:
        cursor: The place.
        new: The new name.
        notes: Whether the notes are rewritten or kept.
        support: What the client can do with edits.

    Raises:
        RenameFailedError: It is refused, with the reason, or the client cannot make the edit.
    """
    view, name = cursor.view, name_at(cursor)
    if name is None:
        raise RenameFailedError("no code is here to rename")
    try:
        plan = planned_rename(name.name, new, study_of(view, cursor.document.path), notes=notes)
    except CodeableError as error:
        raise RenameFailedError(str(error)) from error
    label = f"Rename {name.name} to {new}"
    edit = workspace_edit(plan.edits, lambda edit: _target(view, edit), support, label=label)
    if edit is None:
        raise RenameFailedError(
            f"the study has no {SETTINGS_FILE}, and the editor creates no files: create it, and try again"
        )
    return plan, edit


def study_of(view: StudyView, path: str) -> NamedStudy:
    """The texts of a study with their names, as they are in the editor."""
    folder = view.folder or Path(path_of(path)).parent
    settings = view.document(str(folder / SETTINGS_FILE)).text if view.folder is not None else ""
    return NamedStudy(
        folder, view.settings, settings, view.notes, view.modules, view.study, dict(view.occurrences)
    )


def messages_of(plan: RenamePlan) -> list[str]:
    """What a user must know of a rename: what stays as it is, and why."""
    left = [str(one) for one in plan.left]
    more = [f"and {counted(len(left) - _MOST_TOLD, 'further place')}"] if len(left) > _MOST_TOLD else []
    return [*plan.messages, *(["left as it is:", *left[:_MOST_TOLD], *more] if left else [])]


def _tell(server: CodeableServer, plan: RenamePlan) -> None:
    if messages := messages_of(plan):
        server.tell("\n".join(messages), types.MessageType.Info)


def _target(view: StudyView, edit: Edit) -> EditTarget:
    document = view.document(edit.path)
    return EditTarget(document, document.range(edit.start, edit.end))


def _notes(given: object, server: CodeableServer) -> Notes:
    """Whether notes are rewritten, as a command says by true or false, else as the option says."""
    if given is None:
        return "kept" if server.options.rename_notes == "keep" else "rewritten"
    if not isinstance(given, bool):
        raise RenameFailedError(f"notes is {given!r}; expected true or false")
    return "rewritten" if given else "kept"
