"""Results that are kept as long as their object is used."""

from codeable.result_cache import ResultCache


class TestResultCache:
    def test_a_function_is_called_once_for_each_object(self) -> None:
        called: list[list[int]] = []

        def last(numbers: list[int]) -> int:
            called.append(numbers)
            return numbers[-1]

        cache, one, alike = ResultCache(), [1, 2], [1, 2]
        assert [cache.of(last, numbers) for numbers in (one, alike, one, alike)] == [2, 2, 2, 2]
        assert called == [one, alike]

    def test_other_arguments_give_another_result(self) -> None:
        cache, word = ResultCache(), "a,b;c"
        found = [cache.of(str.split, word, by) for by in (",", ";", ",")]
        assert found == [["a", "b;c"], ["a,b", "c"], ["a", "b;c"]]
        assert cache.of(str.split, word, sep=";") == ["a,b", "c"]

    def test_two_functions_have_a_result_each(self) -> None:
        cache, numbers = ResultCache(), [3, 1]
        assert (cache.of(min, numbers), cache.of(max, numbers), cache.of(min, numbers)) == (1, 3, 1)

    def test_a_result_that_was_not_used_since_the_last_time_is_forgotten_with_its_object(self) -> None:
        called: list[str] = []

        def upper(word: str) -> str:
            called.append(word)
            return word.upper()

        cache, kept, dropped = ResultCache(), "kept", "dropped"
        cache.of(upper, kept), cache.of(upper, dropped)
        cache.forget_unused()
        cache.of(upper, kept)
        cache.forget_unused()
        assert called == ["kept", "dropped"]
        cache.of(upper, kept), cache.of(upper, dropped)
        assert called == ["kept", "dropped", "dropped"]

    def test_equal_arguments_give_the_result_of_the_call_before(self) -> None:
        cache = ResultCache()
        first = cache.again(sorted, [2, 1])
        assert first == [1, 2]
        assert cache.again(sorted, [2, 1]) is first
        assert cache.again(sorted, [3, 1]) == [1, 3]
