"""Which work a document belongs to, decided from identifiers alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curbside.store.joining import Clash, Placement, disagreement, place, work_id

OLD, MID, NEW = "w1", "w2", "w3"
BORN = {OLD: 1, MID: 2, NEW: 3}


def test_no_keys_is_a_work_of_its_own() -> None:
    """Nothing shared, nothing joined."""
    assert place((), {}, {}, {}) == Placement("")
    assert place(("pmid:1",), {"pmid:2": OLD}, {OLD: {"pmid:2"}}, BORN) == Placement("")


def test_a_shared_key_joins() -> None:
    """Any one of them is enough."""
    assert place(("pmid:1", "doi:x"), {"doi:x": OLD}, {OLD: {"doi:x"}}, BORN) == Placement(OLD)


def test_two_works_become_the_older() -> None:
    """Whichever key comes first."""
    owner = {"pmid:1": NEW, "doi:x": OLD}
    held = {NEW: {"pmid:1"}, OLD: {"doi:x"}}
    assert place(("pmid:1", "doi:x"), owner, held, BORN) == Placement(OLD, (NEW,))


def test_three_works_become_one() -> None:
    """A document may know all three identifiers."""
    owner = {"pmid:1": MID, "doi:x": OLD, "pmcid:P": NEW}
    held = {MID: {"pmid:1"}, OLD: {"doi:x"}, NEW: {"pmcid:P"}}
    assert place(("pmid:1", "doi:x", "pmcid:P"), owner, held, BORN) == Placement(OLD, (MID, NEW))


def test_a_disagreement_keeps_apart() -> None:
    """Same DOI, other PMID."""
    found = place(("pmid:1", "doi:x"), {"doi:x": OLD}, {OLD: {"doi:x", "pmid:2"}}, BORN)
    assert found == Placement("", (), (Clash("doi:x", OLD, "pmid", "pmid:2", "pmid:1"),))
    assert "pmid:1" in str(found.clashes[0])
    assert "pmid:2" in str(found.clashes[0])


def test_works_that_disagree_with_each_other_do_not_merge() -> None:
    """The document joins the one that holds its strongest key."""
    owner = {"pmid:1": NEW, "doi:x": OLD}
    held = {NEW: {"pmid:1", "pmcid:A"}, OLD: {"doi:x", "pmcid:B"}}
    found = place(("pmid:1", "doi:x"), owner, held, BORN)
    assert (found.work, found.merged) == (NEW, ())
    assert [clash.work for clash in found.clashes] == [OLD]


def test_a_home_is_kept_whatever_the_keys_say() -> None:
    """A revision that corrects an identifier stays in its work."""
    found = place(("pmid:1", "doi:y"), {"pmid:1": OLD}, {OLD: {"pmid:1", "doi:x"}}, BORN, home=OLD)
    assert found == Placement(OLD)


def test_one_clash_for_a_work_is_told_once() -> None:
    """Also where two keys lead to it."""
    owner = {"doi:x": OLD, "pmcid:A": OLD}
    found = place(("pmid:1", "doi:x", "pmcid:A"), owner, {OLD: {"pmid:2", "doi:x", "pmcid:A"}}, BORN)
    assert len(found.clashes) == 1


def test_a_work_with_two_values_agrees_with_either() -> None:
    """After a correction a work answers to both identifiers."""
    assert disagreement({"doi:x", "doi:y"}, {"doi:y"}) is None
    assert disagreement({"doi:x", "doi:y"}, {"doi:z"}) == ("doi", "doi:x", "doi:z")
    assert disagreement((), {"doi:z"}) is None


def test_ids_have_the_documented_form() -> None:
    """ "w" and twelve hexadecimal digits, the same every time."""
    assert work_id("pmid:1") == work_id("pmid:1") != work_id("pmid:2")
    assert len(work_id("x")) == 13
    assert int(work_id("x")[1:], 16) >= 0


keys = st.lists(
    st.sampled_from([f"{scheme}:{n}" for scheme in ("pmid", "doi", "pmcid") for n in range(3)]), unique=True, max_size=3
)


@given(st.lists(keys, max_size=6), keys)
def test_whatever_is_merged_never_disagrees(held_keys: list[list[str]], given_keys: list[str]) -> None:
    """No work and document end up together that name two records of one register."""
    owner: dict[str, str] = {}
    held: dict[str, set[str]] = {}
    for number, some in enumerate(held_keys):
        name = f"w{number}"
        schemes = set[str]()
        for key in some:
            scheme = key.partition(":")[0]
            if key not in owner and scheme not in schemes:
                schemes.add(scheme)
                owner[key] = name
                held.setdefault(name, set()).add(key)
    one_each = {key.partition(":")[0]: key for key in reversed(given_keys)}
    asked = list(one_each.values())
    found = place(asked, owner, held, {name: n for n, name in enumerate(held)})
    together = set(asked)
    for name in (found.work, *found.merged):
        together |= held.get(name, set())
    schemes_found = [key.partition(":")[0] for key in together]
    assert len(schemes_found) == len(set(schemes_found))
    assert bool(found.work) or not any(key in owner for key in asked) or found.clashes
