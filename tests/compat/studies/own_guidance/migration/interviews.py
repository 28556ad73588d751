from codeable_models import CClass, add_links
from metamodels.GT_coding import source
from migration.model import *

i2 = CClass(source, "i2", values={"title": "Interview 2", "type": "Interview", "interviewee": "Architect"})
i5 = CClass(source, "i5", values={"title": "Interview 5", "type": "Interview"})
add_links({
    i2: [split_decision, strangler, strangler_conflicts, risk, data_decision, per_service],
    # i5 was short
    i5: [split_decision, big_bang, big_bang_to_strangler],
}, role_name="contained_code")
