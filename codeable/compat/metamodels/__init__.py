"""The metamodels of CodeableModels, as plain modules.

They are never imported in the ordinary way: `codeable.compat.shims` executes them anew for every study, over
fresh copies of `codeable.metamodels.domain` and `codeable.metamodels.guidance`. An element that the copies
bundled with studies of early 2023 did not have yet is declared in any case, but kept out of their bundles.
"""
