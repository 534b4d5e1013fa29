from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.app.demo.catalogue import Kind
from desireline.interactions.spelling import slip_keys, spelling_of, why_same

DATA = Path(__file__).parents[3] / "shared" / "data"

SAME = [
    ("Checkout started", "checkout started", "capitals"),
    ("Checkout started", "CHECKOUT STARTED", "capitals"),
    ("Checkout started", "checkout_started", "punctuation"),
    ("Checkout started", "checkoutStarted", "punctuation"),
    ("Checkout started", "Checkout  started", "punctuation"),
    ("HTTPError shown", "HTTP error shown", "punctuation"),
    ("Call: billing", "Call - Billing", "punctuation"),
    ("Café visited", "Cafe visited", "accents"),
    ("Élan chosen", "elan chosen", "accents"),
    ("Ｌｏｇｉｎ", "Login", "accents"),
    ("Terms & conditions", "Terms and conditions", "accents"),
    ("Checkout", "Check-out", "written together"),
    ("Sign in", "signin", "written together"),
    ("Sign-in", "SignIn", "punctuation"),
    ("E-mail opened", "Email opened", "written together"),
    ("Re-opened", "Reopened", "written together"),
    ("Order placed", "Orders placed", "singular and plural"),
    ("Reply sent", "Replies sent", "singular and plural"),
    ("Box returned", "Boxes returned", "singular and plural"),
    ("Order cancelled", "Order canceled", "British and American spelling"),
    ("Account customised", "Account customized", "British and American spelling"),
    ("Order placed", "Placed order", "order of words"),
    ("Call: billing", "Billing call", "order of words"),
    ("Order received", "Order recieved", "typing slip in 'recieved'"),
    ("Address changed", "Adress changed", "typing slip in 'adress'"),
    ("Registration done", "Registation done", "typing slip in 'registation'"),
    ("Checkout started", "Chekcout_Started", "typing slip in 'chekcout'"),
    ("Step 2 of 3", "step-2-of-3", "punctuation"),
    ("Not paid", "not_paid", "punctuation"),
    ("Оплата прошла", "оплата_прошла", "punctuation"),
    ("注文 完了", "注文・完了", "punctuation"),
]
OTHER = [
    ("Step 1", "Step 2"),
    ("Step 1 of 2", "Step 2 of 1"),
    ("Step 11", "Step 1 1"),
    ("Step 1", "Step"),
    ("Phase I", "Phase II"),
    ("First reminder", "Last reminder"),
    ("Plan A chosen", "Plan B chosen"),
    ("Campaign Type A", "Campaign Type B"),
    ("Paid", "Not paid"),
    ("Paid", "Unpaid"),
    ("Paid with card", "Paid without card"),
    ("No table", "Notable"),
    ("Opened", "Reopened"),
    ("Subscribed", "Unsubscribed"),
    ("Complete", "Incomplete"),
    ("Active", "Inactive"),
    ("Activated", "Deactivated"),
    ("Stream chosen", "Stream+ chosen"),
    ("Score: -2", "Score: 2"),
    ("C# course", "C course"),
    ("Resolved?", "Resolved"),
    ("Plan changed", "Plan charged"),
    ("Contact signed", "Contract signed"),
    ("Order shipped", "Order skipped"),
    ("Claim filed", "Claim failed"),
    ("Order placed", "Order played"),
    ("Trial started", "Trail started"),
    ("Complaint sent", "Compliant sent"),
    ("Ticket returned", "Ticket retuned"),
    ("Offer refused", "Offer reused"),
    ("Employer called", "Employee called"),
    ("Invoice", "Invoiced"),
    ("Delivery", "Deliver"),
    ("Opened", "Opener"),
    ("Message sent", "Message seen"),
    ("New viewed", "News viewed"),
    ("Good received", "Goods received"),
    ("Call: sales", "Call: sale"),
    ("Chat to call", "Call to chat"),
    ("Agent called customer", "Customer called agent"),
    ("Payment plan", "Plan payment"),
    ("Case closed, survey opened", "Case opened, survey closed"),
    ("Upgraded from Basic", "Basic upgraded from"),
    ("/pro/file", "/profile"),
    ("Call: billing", "Chat: billing"),
    ("Email sent", "Email opened"),
    ("कल", "कुल"),
    ("Web → shop", "Shop → web"),
]


@pytest.mark.parametrize(("first", "second", "reason"), SAME)
def test_two_spellings_of_one_thing(first: str, second: str, reason: str) -> None:
    assert why_same(spelling_of(first), spelling_of(second)) == reason


@pytest.mark.parametrize(("first", "second"), OTHER)
@pytest.mark.parametrize("times_rarer", [0.5, 1, 10])
def test_two_things(first: str, second: str, times_rarer: float) -> None:
    one, other = spelling_of(first), spelling_of(second)
    assert why_same(one, other, times_rarer=times_rarer) is None
    assert why_same(other, one, times_rarer=times_rarer) is None


@pytest.mark.parametrize(
    ("right", "slip", "times_rarer", "joined"),
    [
        pytest.param("Bestellung", "Bestelung", 20, True, id="unknown words, one much rarer"),
        pytest.param("Bestellung", "Bestelung", 19, False, id="unknown words, one rarer"),
        pytest.param("Order placed", "Order plaved", 1, False, id="one letter for another"),
        pytest.param("Order placed", "Order plaved", 20, True, id="one letter for another, much rarer"),
        pytest.param("Plan changed", "Plan charged", 1_000, False, id="two words, however rare"),
    ],
)
def test_a_slip_that_may_be_a_word_has_to_be_rare(right: str, slip: str, times_rarer: float, joined: bool) -> None:
    assert (why_same(spelling_of(right), spelling_of(slip), times_rarer=times_rarer) is not None) is joined


names = st.text(st.sampled_from("aAbeéilnoprst -_:./'12+#\u0301ßñ"), max_size=12) | st.text(max_size=8)


@given(names, names)
def test_being_the_same_has_no_direction_where_frequency_says_nothing(first: str, second: str) -> None:
    one, other = spelling_of(first), spelling_of(second)
    assert (why_same(one, other) is None) == (why_same(other, one) is None)


@given(names)
def test_a_name_is_the_same_in_other_capitals(name: str) -> None:
    lower = name.casefold()
    if spelling_of(name).words == spelling_of(lower).words:
        assert why_same(spelling_of(name), spelling_of(lower)) in ("capitals", "punctuation", "accents")


@given(st.sampled_from([pair[:2] for pair in SAME if pair[2].startswith("typing slip")]))
def test_slips_share_a_key(pair: tuple[str, str]) -> None:
    first, second = (set(slip_keys(spelling_of(name))) for name in pair)
    assert first & second


def joined_names(counts: Counter[str]) -> set[tuple[str, str, str]]:
    """All pairs that are one thing, the slow and obvious way but for blocks of equal first words."""
    found = set()
    blocks: dict[object, list[str]] = defaultdict(list)
    spellings = {name: spelling_of(name) for name in counts}
    for name, spelling in spellings.items():
        for key in {spelling.glued, spelling.ordered, *slip_keys(spelling)}:
            blocks[key].append(name)
    for block in blocks.values():
        ordered = sorted(block, key=lambda name: (-counts[name], name))
        for place, first in enumerate(ordered):
            for second in ordered[place + 1 :]:
                rarer = counts[first] / counts[second]
                reason = why_same(spellings[first], spellings[second], times_rarer=rarer)
                if reason:
                    found.add((first, second, reason))
    return found


def test_the_touchpoints_of_the_demo_company_are_all_different() -> None:
    assert joined_names(Counter(kind.name.replace("_", " ").capitalize() for kind in Kind)) == set()


def test_issues_that_customers_can_choose_from_are_all_different() -> None:
    path = DATA / "consumer_complaints" / "complaints_sample.csv"
    if not path.exists():
        pytest.skip("the public data set consumer_complaints is not here")
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("Product", "Sub-product", "Issue", "Sub-issue", "Company")
    counts = Counter(row[column] for row in rows for column in columns if row[column])
    assert len(counts) > 300
    assert joined_names(counts) == set()


def test_slips_in_what_a_shop_typed_by_hand_are_found_and_nothing_else() -> None:
    path = DATA / "online_retail" / "online_retail.csv.gz"
    if not path.exists():
        pytest.skip("the public data set online_retail is not here")
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        counts = Counter(row["Description"].strip() for row in csv.DictReader(file))
    found = joined_names(counts)
    slips = {reason for _, _, reason in found if reason.startswith("typing slip")}
    assert slips == {f"typing slip in {word!r}" for word in ("crome", "doiley", "miniture", "saftey")}
    assert {second for _, second, reason in found if reason == "singular and plural"} == {
        "HANGING JAM JAR T-LIGHT HOLDERS",
        "PEG BAG APPLE DESIGN",
        "ZINC T-LIGHT HOLDER STARS LARGE",
    }
    assert not [each for each in found if each[2] == "order of words"]
