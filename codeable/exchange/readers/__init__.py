"""Reads files of other tools into a `Project`: one package for each family of formats."""
