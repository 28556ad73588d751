from codeable_models import CClass
from metamodels.domain_metamodel import domain_metaclass, or_combined_group

# 2023-02-14: "service" and "job" behave alike for all sources so far, hence the group below.
service = CClass(domain_metaclass, "Service")
batch_job = CClass(domain_metaclass, "Batch Job")
signal = CClass(domain_metaclass, "Telemetry Signal", attributes={"sampled": bool})
service.association(signal, "emits: [emitter] 1 -> [signals] *")
batch_job.association(signal, "writes: [job] 1 -> [signals] *")
workload = CClass(or_combined_group, "Service or Batch Job")
workload.add_links([service, batch_job], role_name="class")
