"""The graph layout: boxes and arrows, which Graphviz places, with the texts of arrows as boxes of their own.

`dot` writes a diagram with the help of `labels`, `edges`, `grid` and `legend`; `order` finds its structure.
`fitting` makes it fit a width, `split_hints` proposes bundles where nothing fits. `diagrams.layout` calls
them.
"""
