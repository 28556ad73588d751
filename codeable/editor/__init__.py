"""The language server for field notes and study modules. `codeable lsp` starts it.

It needs pygls: `pip install 'codeable[editor]'`.
"""
