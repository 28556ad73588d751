"""Code actions: what a click changes to correct a finding of the check.

`corrections` has the corrections of each rule, `code_actions` answers the editor.
"""
