"""Documents have a title, and the time that they are told to have."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from codeable.engines.documents import UnsoundPdfError, creation_time, finish_eps, finish_pdf
from codeable.errors import CodeableError

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%CreationDate: Thu Nov 26 19:09:07 2026\n%%EndComments\nshowpage\n"


def pdf(width: int) -> bytes:
    writer, data = PdfWriter(), BytesIO()
    writer.add_blank_page(width, 100)
    writer.add_metadata({"/CreationDate": "D:20261126190907Z", "/Producer": "cairo"})
    writer.write(data)
    return data.getvalue()


@pytest.fixture(autouse=True)
def _no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


class TestPdf:
    """PDF files."""

    @pytest.mark.parametrize("title", ["How to deploy?", "Büro λ 数据", "a (b) \\ c", "\U0001f680", ""])
    def test_it_has_its_title(self, title: str) -> None:
        (page,) = (reader := PdfReader(BytesIO(finish_pdf([pdf(10)], title)))).pages
        assert reader.metadata is not None
        assert (reader.metadata.title or "") == title
        assert page.mediabox.width == 10

    def test_pages_come_in_order_each_in_its_size(self) -> None:
        reader = PdfReader(BytesIO(finish_pdf([pdf(10), pdf(30), pdf(20)], "x")))
        assert [page.mediabox.width for page in reader.pages] == [10, 30, 20]

    def test_the_time_that_is_told_is_in_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        data = finish_pdf([pdf(10)], "x")
        about = PdfReader(BytesIO(data)).metadata
        assert about is not None
        assert about.creation_date is not None
        assert about.creation_date.timestamp() == 1700000000
        assert data == finish_pdf([pdf(10)], "x")

    def test_the_time_of_drawing_stays_where_none_is_told(self) -> None:
        about = PdfReader(BytesIO(finish_pdf([pdf(10)], "x"))).metadata
        assert about is not None
        assert about.get("/CreationDate") == "D:20261126190907Z"

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.5\n%%EOF", b"nonsense", pdf(10)[:200]])
    def test_what_cannot_be_read_is_an_error(self, data: bytes) -> None:
        with pytest.raises(UnsoundPdfError):
            finish_pdf([data], "x")


class TestEps:
    """EPS files."""

    def test_it_has_its_title_in_its_head(self) -> None:
        assert finish_eps(EPS, "How to (é) deploy λ?\n%%x").splitlines()[:2] == [
            b"%!PS-Adobe-3.0 EPSF-3.0",
            b"%%Title: How to [e] deploy ???%%x",
        ]

    def test_the_time_that_is_told_is_in_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert b"\n%%CreationDate: Tue Nov 14 22:13:20 2023\n" in finish_eps(EPS, "x")

    def test_nothing_but_the_head_changes(self) -> None:
        data = EPS + b"%%CreationDate: in a text\n%%Title: in a text\n"
        assert finish_eps(data, "x").endswith(data[data.index(b"%%EndComments") :])

    def test_a_title_of_another_program_is_replaced(self) -> None:
        data = EPS.replace(b"%%End", b"%%Title: noname.gv\n%%End")
        assert finish_eps(data, "x").count(b"%%Title") == 1

    def test_a_long_title_is_cut(self) -> None:
        assert max(map(len, finish_eps(EPS, "x" * 700).splitlines())) < 255


@pytest.mark.parametrize("value", ["yesterday", "-1", "1.5", "1e9", "9" * 13, "٣"])
def test_a_time_that_is_no_number_of_seconds_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(CodeableError, match="SOURCE_DATE_EPOCH holds seconds since 1970") as caught:
        creation_time()
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_time_is_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert creation_time() is None
