from codeable_models import CEnum, CMetaclass

# One more attribute than in the first paper: "interviewee"
source = CMetaclass("Source", attributes={"title": str, "url": str, "type": str, "interviewee": str})
reference = CMetaclass("Reference", attributes={"title": str})
source.association(reference, "reference: [source] * -> [referenced] *")
code = CMetaclass("Code", attributes={"name": str, "description": str})
contains_codes = code.association(source, "contains codes: [contained_code] * -> [evidence] *")
