"""Rails: one decision as a bar, and a numbered line for each of its options, with the solution at its end.

`outline` takes the content out of a diagram, and `typesetter` breaks its texts. `figure` makes the figure of
a view: `arrangement` draws each decision by the one of the `plans` that `choosing` finds best, and `planned`
puts its rails (`column`) and its `matrix` together. `scene_dot` writes a drawing for Graphviz, and
`fit_messages` says what does not fit. `codeable.diagrams.layout` calls them.
"""
