# Guidance metamodel, 2024 version.
# Changed by us: seven further relation types, descriptions of options. See the protocol, section 2.
from codeable_models import CMetaclass, CStereotype, CBundle, add_links
from metamodels.domain_metamodel import domain_metaclass, domain_metamodel
model_element = CMetaclass("Model Element", attributes={"aka": str, "description": str})
category = CMetaclass("Category", superclasses=model_element)
design_solution = CMetaclass("Design Solution", superclasses=model_element, attributes={"background reading": str})
design_solution_domain_metaclass = CMetaclass("Design Solution / Domain Class",
                                              superclasses=[design_solution, domain_metaclass])
practice = CMetaclass("Practice", superclasses=design_solution)
pattern = CMetaclass("Pattern", superclasses=practice)
known_use = CMetaclass("Known Use", superclasses=model_element, attributes={"reference": str})
solutions_known_uses_relation = design_solution.association(known_use, "used in: [solutions] * -> [knownUses] *")

decision = CMetaclass("Decision", superclasses=design_solution, attributes={"recommendation": str})
decision_type = CStereotype("Decision Type", extended=decision)
single_answer = CStereotype("Single Answers", superclasses=decision_type)
multiple_answers = CStereotype("Multiple Answers", superclasses=decision_type)
category_decisions_relation = category.association(decision, "[category] 1 <>- [decisions] *")

force = CMetaclass("Force", superclasses=model_element)
force_impact_metaclasses = [design_solution, force]
force_impact_relation = design_solution.association(force, "has force: [solutions] * -> [forces] *")
force_impact_type = CStereotype("Force Impact Type", extended=force_impact_relation)
very_positive = CStereotype("++", superclasses=force_impact_type)
positive = CStereotype("+", superclasses=force_impact_type)
neutral = CStereotype("o", superclasses=force_impact_type)
negative = CStereotype("-", superclasses=force_impact_type)
very_negative = CStereotype("--", superclasses=force_impact_type)
positive_and_negative = CStereotype("+/-", superclasses=force_impact_type)

category_hierarchy_relation = category.association(
    category, "has sub-category: [parent category] 1 <*>- [sub category] *")

design_solution_dependencies_metaclasses = [design_solution, design_solution]
design_solution_dependencies = design_solution.association(design_solution, "is dependent on: [from] * -> [to] *")
design_solution_dependency_type = CStereotype("Design Solution Dependency Type",
                                              extended=design_solution_dependencies,
                                              attributes={"how": str, "role": str})
requires = CStereotype("Requires", superclasses=design_solution_dependency_type)
uses = CStereotype("Uses", superclasses=design_solution_dependency_type)
can_use = CStereotype("Can Use", superclasses=design_solution_dependency_type)
can_be_combined_with = CStereotype("Can Be Combined With", superclasses=design_solution_dependency_type)
can_be_realized_by = CStereotype("Can be Realized By", superclasses=design_solution_dependency_type)
has_variant = CStereotype("Has Variant", superclasses=design_solution_dependency_type)
extension = CStereotype("Extension", superclasses=design_solution_dependency_type)
is_a = CStereotype("Is-a", superclasses=design_solution_dependency_type)
realizes = CStereotype("Realizes", superclasses=design_solution_dependency_type)
includes = CStereotype("Includes", superclasses=design_solution_dependency_type)
can_include = CStereotype("Can Include", superclasses=design_solution_dependency_type)
alternative_to = CStereotype("Alternative To", superclasses=design_solution_dependency_type)
rules_out = CStereotype("Rules Out", superclasses=design_solution_dependency_type)
influences = CStereotype("Influences", superclasses=design_solution_dependency_type)
leads_to = CStereotype("Leads To", superclasses=design_solution_dependency_type)
enables = CStereotype("Enables", superclasses=design_solution_dependency_type)
# ours, from here
replaces = CStereotype("Replaces", superclasses=design_solution_dependency_type)
migrates_to = CStereotype("Migrates To", superclasses=design_solution_dependency_type)
conflicts_with = CStereotype("Conflicts With", superclasses=design_solution_dependency_type)
monitors = CStereotype("Monitors", superclasses=design_solution_dependency_type)
depends_on_team = CStereotype("Depends on Team", superclasses=design_solution_dependency_type)
tested_by = CStereotype("Tested By", superclasses=design_solution_dependency_type)
deprecated_by = CStereotype("Deprecated By", superclasses=design_solution_dependency_type)
# ours, up to here

solutions_to_next_decisions_relation_metaclasses = [design_solution, decision]
solutions_to_next_decisions_relation = design_solution.association(
    decision, "is next: [prior solution] * -> [next decision] *")
solutions_to_next_decisions_relation_type = CStereotype("Solutions To Decisions Relation Type",
                                                        extended=solutions_to_next_decisions_relation)
mandatory_next = CStereotype("Mandatory Next", superclasses=solutions_to_next_decisions_relation_type)
optional_next = CStereotype("Optional Next", superclasses=solutions_to_next_decisions_relation_type)
next_decision = CStereotype("Next", superclasses=solutions_to_next_decisions_relation_type)
consider_if_not_decided_yet = CStereotype("Consider If Not Decided Yet",
                                          superclasses=solutions_to_next_decisions_relation_type)

decision_solution_relation = decision.association(design_solution, "has: * -> *")
option = CStereotype("Option", extended=decision_solution_relation, attributes={"name": str, "description": str})

decision_category_to_contexts_relation_metaclasses = [category, domain_metaclass]
decision_category_to_contexts_relation = category.association(
    domain_metaclass, "has context: [category] * -> [context] *")
decision_to_contexts_relation = decision.association(domain_metaclass, "has context: [decision] * -> [context] *")
context_relations_type = CStereotype("Decision Category To Contexts Relation Type",
                                     extended=[decision_category_to_contexts_relation, decision_to_contexts_relation])
decide_for_all_instances_of = CStereotype("decide for all instances of", superclasses=context_relations_type)
decide_for_some_instances_of = CStereotype("decide for some instances of", superclasses=context_relations_type)

do_nothing_design_solution = CMetaclass("Do Nothing", superclasses=design_solution)

_all = CBundle("Guidance Meta Model", elements=model_element.get_connected_elements())
guidance_metamodel_views = [_all, {}, domain_metamodel, {}]


def add_stereotyped_link_with_how_tagged_value(link_from, link_to, stereotype_instance, tag_value):
    link = add_links({link_from: link_to}, role_name="to", stereotype_instances=stereotype_instance)[0]
    link.set_tagged_value("how", tag_value)
    return link


def add_stereotyped_link_with_role_tagged_value(link_from, link_to, stereotype_instance, tag_value):
    link = add_links({link_from: link_to}, role_name="to", stereotype_instances=stereotype_instance)[0]
    link.set_tagged_value("role", tag_value)
    return link


def add_stereotyped_design_solution_link(from_design_solution, to_design_solution, stereotype_instance):
    add_links({from_design_solution: to_design_solution}, role_name="to", stereotype_instances=stereotype_instance)


# option_description: the sentence that explains the option; new since the second round
def add_decision_option_link(decision_, design_solution_, option_name=None, option_description=None):
    tagged_values = {}
    if option_name is not None:
        tagged_values["name"] = option_name
    if option_description is not None:
        tagged_values["description"] = option_description
    return add_links({decision_: design_solution_}, association=decision_solution_relation,
                     stereotype_instances=option, tagged_values=tagged_values)[0]
