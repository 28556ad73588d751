# Coding metamodel of the project. Shared by all our studies, copied from study to study.

from codeable_models import CEnum, CMetaclass

source_type = CEnum("Source Type", values=["Blog Post", "Tool Documentation", "Practitioner Book", "Video"])

reference = CMetaclass("Reference", attributes={
    "url": str,
    "archive url": str,
    "title": str,
    "bibliographic reference": str,
    "author type": str,
    "type": source_type,
    "example": bool})

# a source can cite further references
source = CMetaclass("Source", superclasses=reference)
source.association(reference, "reference: [source] * -> [referenced] *")

code = CMetaclass("Code", attributes={"name": str, "description": str})
code.association(source, "contains codes: [contained_code] * -> [evidence] *")
