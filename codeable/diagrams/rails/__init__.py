"""Rails: one decision as a bar, and a numbered line for each of its options, with the solution at its end.

`outline` takes the content out of a diagram, `typesetter` breaks its texts, `arrangement` places everything
on a `scene`, and `scene_dot` writes a scene for Graphviz. `codeable.diagrams.layout` calls them.
"""
