"""The forces that solutions have an impact on.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *

compliance = CClass(force, "Compliance")
provenance = CClass(force, "Provenance")
discoverability = CClass(force, "Discoverability")
re_use = CClass(force, "Re-use")
time_to_market = CClass(force, "Time to market")
duplication = CClass(force, "Duplication")
consistency = CClass(force, "Consistency")
data_productivity = CClass(force, "Data productivity")
analytics_agility = CClass(force, "Analytics agility")
manual_toil = CClass(force, "Manual toil")
security = CClass(force, "Security")
data_quality = CClass(force, "Data quality")
discovery = CClass(force, "Discovery")
periodic_execution = CClass(force, "Periodic execution")
fast_data_propagation = CClass(force, "Fast data propagation")
handle_large_data_volumes = CClass(force, "Handle large data volumes")
limit_recipients = CClass(force, "Limit recipients")
addressability_of_subscriptions = CClass(force, "Addressability of subscriptions")
control_over_data_schema = CClass(force, "Control over data schema")
