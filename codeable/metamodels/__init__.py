"""The vocabularies of a study: domain classes, architectural guidance, and the coding of sources.

Each is a module that declares metaclasses, associations and stereotypes. `codeable.dsl` offers all of their
names at once.
"""
