"""The vocabularies of a study: domain classes, architectural guidance, and the coding of sources.

Each is a plain module that declares its metaclasses, associations and stereotypes in the order that
traversals and diagrams show. `codeable.dsl` offers all of their names at once.
"""
