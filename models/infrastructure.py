"""Managing and provisioning the infrastructure: the decision, its options, their relations and forces.

Part of the grey-literature study *Data as a Product* (Tom van Eijk, replication package, Apache-2.0, 2023).
"""

from codeable.dsl import *
from models.forces import *

infrastructure_decision = CClass(decision, "How can we manage and provision the infrastructure?")

infrastructure_as_code = CClass(practice, "Infrastructure as Code")
add_decision_option_link(infrastructure_decision, infrastructure_as_code,
                         "Use code instead of manual processes")

ci_cd_process = CClass(practice, "CI/CD process")
add_decision_option_link(infrastructure_decision, ci_cd_process, "Continuously adapt")

versioning = CClass(practice, "Versioning")
add_decision_option_link(infrastructure_decision, versioning, "Keep control of your versions")

k8s = CClass(practice, "K8s")
add_decision_option_link(infrastructure_decision, k8s, "Use pods")

containerisation = CClass(practice, "Containerisation")
add_decision_option_link(infrastructure_decision, containerisation, "Containerise all the domains")

orchestration = CClass(pattern, "Orchestration")
add_decision_option_link(infrastructure_decision, orchestration,
                         "Integrate applications into a single offering")

templated_data_pipeline = CClass(pattern, "Templated Data Pipeline")
add_decision_option_link(infrastructure_decision, templated_data_pipeline,
                         "Use a templated data pipeline to easily adopt and extend")

centrally_manage_monitor_govern_data = CClass(
    practice,
    "Centrally manage, monitor, and govern data across data lakes, data warehouses, and data marts")
add_decision_option_link(infrastructure_decision, centrally_manage_monitor_govern_data,
                         "Manage all data products centrally")

master_data_management = CClass(practice, "Master Data Management")
add_decision_option_link(infrastructure_decision, master_data_management,
                         "Use MDM to create uniformity in business and IT")

containerisation.add_links([infrastructure_as_code, templated_data_pipeline],
                           role_name="to", stereotype_instances=can_use)
templated_data_pipeline.add_links(ci_cd_process, role_name="to", stereotype_instances=leads_to)

add_force_relations({
    infrastructure_as_code: {
        compliance: positive,
        provenance: positive,
        discoverability: positive,
        re_use: positive,
        time_to_market: positive,
        duplication: positive,
    },
    orchestration: {
        consistency: positive,
    },
    centrally_manage_monitor_govern_data: {
        data_productivity: very_positive,
        analytics_agility: very_positive,
        manual_toil: negative,
        security: positive,
        data_quality: positive,
        discovery: positive,
    },
})
