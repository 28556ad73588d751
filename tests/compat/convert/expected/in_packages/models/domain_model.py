"""The domain of the study."""

from codeable.dsl import *

and_combined_group.name = "And-Combined Group"

data_product = CClass(domain_metaclass, "Data Product")
domain_team = CClass(domain_metaclass, "Domain Team")
consumer = CClass(domain_metaclass, "Consumer", attributes={"reads": int})
domain_team.association(data_product, "owns: [owner] 1 -> [products] *")
consumer.association(data_product, "[consumer] 1 <>- [used product] *")
contract_parties = CClass(and_combined_group, "Team and Consumer")

add_links({contract_parties: [domain_team, consumer]}, role_name="class")
