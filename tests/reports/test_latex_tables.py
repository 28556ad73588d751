"""Tables in LaTeX: what a paper sets, whatever is in the cells, in one column and in two."""

from codeable.reports.report_table import Cell, ReportColumn, ReportTable, Width


def table_of(
    columns: str,
    *rows: tuple[Cell, ...],
    notes: tuple[str, ...] = (),
    width: Width = "page",
    long: bool | None = None,
) -> ReportTable:
    """A table with columns such as `id:name codes:number`; `+` after a kind makes groups."""
    made = []
    for each in columns.split():
        key, kind = each.split(":")
        made.append(ReportColumn(key, key.capitalize(), kind.rstrip("+"), grouped=kind.endswith("+")))
    return ReportTable("sample", "Sample", tuple(made), rows, "tab:sample", notes, width, long)


def test_a_small_table_is_a_float_with_booktabs_rules() -> None:
    latex = table_of(
        "id:name codes:number", ("s4", 12), ("s6", 3), notes=("Codes of the modules.",)
    ).to_latex()
    assert latex.count(r"\begin{table*}[htbp]") == 1
    assert r"\caption{Sample}" in latex
    assert r"\label{tab:sample}" in latex
    assert r"\begin{tabular}{@{}lr@{}}" in latex
    assert r"\item Codes of the modules." in latex
    assert [line.strip() for line in latex.splitlines() if "rule" in line] == [
        r"\toprule",
        r"\midrule",
        r"\bottomrule",
    ]
    assert "|" not in latex
