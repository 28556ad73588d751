"""The table of relations: between solutions, to next decisions, to contexts, between components."""

from codeable import Study
from codeable.dsl import CClass, add_links, force, pattern, source
from tests.reports.tables.studies import rows


class TestRelations:
    def test_every_link_that_is_no_option_and_no_impact_is_a_row(self, rich: Study) -> None:
        assert rows(rich.tables.relations, "source", "relation", "target", "kind") == [
            ("bus", "Requires", "cloud", "relation"),
            ("cloud", "Uses", "mesh", "relation"),
            ("cloud", "Optional Next", "exchange", "next decision"),
            ("hosting", "decide for all instances of", "cluster", "link"),
            ("hosting_area", "decisions", "hosting", "link"),
            ("shop", "JDBC", "store", "link"),
        ]

    def test_texts_and_evidence_of_a_relation_are_in_its_row(self, rich: Study) -> None:
        found = rows(rich.tables.relations, "how", "label", "values", "id", "evidence", "sources")
        assert found[0] == (None, None, "", "bus_needs_cloud", "s1", 1)
        assert found[1] == ("per tenant", None, "", None, "", 0)
        assert found[2] == (None, None, "", None, "", None)
        assert found[5] == (None, "reads", "description: read only", None, "", None)

    def test_links_to_sources_are_evidence_and_no_relations(self, rich: Study) -> None:
        names = {name for row in rows(rich.tables.relations, "source", "target") for name in row}
        assert names.isdisjoint({"s1", "s2", "r9"})

    def test_evidence_that_says_more_than_that_is_a_row(self) -> None:
        s1, bus, cost = CClass(source, "s1"), CClass(pattern, "Bus"), CClass(force, "Cost")
        add_links({s1: bus}, role_name="contained_code", label="page 3")
        add_links({s1: cost}, role_name="contained_code")
        table = Study.of({"s1": s1, "bus": bus, "cost": cost}).tables.relations
        assert rows(table, "source", "relation", "target", "label") == [
            ("bus", "contains codes", "s1", "page 3")
        ]
