import codeable_models
import metamodels.guidance_metamodel
import metamodels.guidance_metamodel as gm, metamodels.domain_metamodel as dm, os
from metamodels import guidance_metamodel, domain_metamodel as dom
from codeable_models.cclass import CClass
from codeable_models.cbundle import CBundle as Bundle   # renamed since always
from codeable_models.clink import add_links
from codeable_models.internal.commons import get_links, is_cclass, set_keyword_args
import codeable_models.internal.commons
import codeable_models.cmetaclass as metaclasses

queue_decision = CClass(metamodels.guidance_metamodel.decision, "Who empties the queue?")
consumers = codeable_models.CClass(gm.practice, "Competing Consumers")
one = codeable_models.cclass.CClass(guidance_metamodel.practice, "One Consumer")
gm.add_decision_option_link(queue_decision, consumers, "all"); metamodels.guidance_metamodel.add_decision_option_link(queue_decision, one)
queue = CClass(dm.domain_metaclass, "Queue")
assert dom is dm
assert codeable_models.internal.commons.is_cclass(consumers) and len(get_links([queue_decision])) == 2
team = metaclasses.CMetaclass("Team")
try:
    import metamodels.no_such_metamodel
except ImportError:
    pass   # some copies have it


def late():
    # imported late, as "pattern" is a name of ours above
    global batch
    import metamodels.guidance_metamodel as late_gm
    from codeable_models import CObject
    batch = CClass(late_gm.pattern, "Batch")
    add_links({consumers: batch}, role_name="to", stereotype_instances=late_gm.uses)


late()
queue_decision.add_links(queue, role_name="context")
queue_view = Bundle("Queue", elements=[queue_decision, consumers, one, batch, queue])
