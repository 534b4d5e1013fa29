"""Words that names of touchpoints are made of: what tells a typing slip from another word, and one thing from another."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KNOWN = _words(
    """
    abandon accept access account acquire action activate activity adapt add address adjust admin adopt advert advice
    advise affect agent agree alarm alert allow amend amount analyse announce annual answer apologise app appeal appear
    apply appoint appointment approve arrange arrive article ask assess assign assist attach attempt attend auction audio
    audit authorise auto avatar average avoid award back balance bank banner bargain basket battery begin benefit better
    bid bill billing birthday block board bonus book booking border bot bounce branch brand break brief bring broadband
    broken browse budget bundle business button buy call callback caller camera campaign cancel cancellation candidate
    capture card care carrier cart case cash catalogue category cause censor centre certain chain chair change channel
    chapter charge chart chase chat check checkout cheque child choice choose claim clash class clean clear click client
    close cloud coach code coffee collect colour comfort comment commit community company compare compete complain
    complaint complete compliance compliant computer concern conduct confirm conform connect consent consult contact
    content contest contract contractor control convert cookie copy correct cost coupon courier course court cover crash
    create credit crisis cross culture current custom customer customise cycle damage dance data dealer debit debt decide
    decline deduct deed default defect defer delay delete deliver delivery demand demo depart deposit describe desire desk
    desktop detail detect device devise diary dial digital dine direct director disable discount discover discuss dispatch
    display dispute distribute document donate door doubt download draft draw drive driver drop duplicate earn edit effect
    elect email emerge employ employee employer enable end energy engage enquire enquiry enrol ensure enter entry envoy
    equip error escalate estimate evaluate event exact except exchange execute exhibit exit expand expect expire explain
    explore export expose extend extent external extract face fail failure family fast fault favour favourite feature fee
    feed feedback fibre field file filter final finance find finish fire first fit five fix flag flash flat flight floor
    flow fold follow food force form formal format forward four frame fraud free freeze friend front full fund game gate
    gateway gather general gift give glass global goal good grade grant great green greet group grow guarantee guest guide
    hair hand handle hang head health hear heat help hire hit hold holiday home hope host hotel hour house identify image
    import improve inbound include income increase index inform initial insert inspect install instal insurance insure
    intend interact interest internal internet interview invest invite invoice issue item job join journey judge jump keep
    key kind kitchen know label land large last late launch lead leader league learn lease leave ledger legal lend length
    letter level license licence lift light like limit line link list listen live load loan local locate location lock
    log login logout look lost low loyal loyalty machine mail mailing main maintain make manage manager manual map mark
    market match mate material measure medical meet meeting member membership memo mention menu merge message meter method
    middle migrate mile mind miss mobile model modem monitor month mortgage mount move movie name national need network
    news newsletter night note notice notification notify number object observe occur offer office offline one online open
    operate opinion option order other out outbound outcome outgo outlet own owner pack package page paint panel paper
    parcel park part partner party pass password past patch patient pattern pause pay payment peak pend people perform
    period permit person personal phone photo pick picture piece pilot place plain plan plane plant plate play player
    please pledge plug point policy port portal pose position possible post postal poster pound power practice prefer
    premium prepare prescribe present press pretend prevent preview previous price pride print prior prize process produce
    product profile profit program programme project promise promote promotion prompt proof property propose protect prove
    provide provider publish pull purchase pure push quality query quest question queue quick quiet quit quite quota quote
    race raise range rank rate rating react read reader ready real reason rebate rebook recall receipt receive recent
    recharge recommend record recover recruit recycle redeem redirect reduce refer referral reform refund refuse refute
    regard region register registration reject relate relay release relocate remain remark remind reminder remote remove
    renew renewal rent repair repay repeat replace reply report request require resell resend reserve reset reside resign
    resolve respond response rest restart restore result resume retail retain retire retry return reuse reveal reverse
    review revise revolve reward ride right ring rise road roam roaming roast room roost root rotate round route router
    rule sale save scale scan schedule school scope score scorn screen script scroll seal search season seat second section
    secure see segment select self sell seller send sender sense sent separate series serve server service session set
    settle setup shape share sheet shift shine ship shop shore short shot should show sign signal signature signup silent
    simple single site size skill skip sleep slide slip slot slow small smart snap social solar sold solve sort sound
    source space spare speak special speed spell spend spot spread staff stage stair stake stamp stand standard star stare
    start state statement station status stay steal step stick still stock stone stop store storm story strike strip
    student study submit subscribe subscription success suggest suit summary supply support survey suspend swap switch
    system table tablet talk target tariff task taste teach team technical technician tell tender tent term test text
    thank theft theme thing think thread three ticket time title today toggle token tool top topic total touch tour track
    trade traffic trail train trainee trainer transact transaction transfer transform translate transport trash travel
    treat trial trip tune retune trouble truck trust try turn tutor two type unit update upgrade upload usage use user valid validate
    value vendor verify version video view violate visit visitor voice void volume vote voucher wait waive wake walk wallet
    want warehouse warm warn warranty wash waste watch water weather web website week weight welcome while whole window
    wire wish wither withdraw wonder word work world worry worth wrap write wrong year yield young
    """
)
"""Words that are right as they are, so that none of them is a slip of another; ``is_known`` knows their endings too."""

VARIANTS = {
    "behavior": "behaviour",
    "canceled": "cancelled",
    "canceling": "cancelling",
    "cancelation": "cancellation",
    "catalog": "catalogue",
    "center": "centre",
    "color": "colour",
    "enrollment": "enrolment",
    "favorite": "favourite",
    "fiber": "fibre",
    "fulfillment": "fulfilment",
    "inquiry": "enquiry",
    "inquiries": "enquiries",
    "install": "instal",
    "labeled": "labelled",
    "license": "licence",
    "modeled": "modelled",
    "program": "programme",
    "traveled": "travelled",
    "traveling": "travelling",
}
"""American spelling to British: two spellings of one word."""

NO_PLURALS = _words(
    "access address always analysis business class customs express gas goods means news pass plus process sales "
    "series species status terms this wireless works"
)
"""Words whose last s makes another word of them, or belongs to it."""

NEGATIONS = _words(
    "cannot didn doesn failed isn kein keine keinen never nicht nie no non nope not ohne pas sans sin un unable wasn "
    "without won zonder geen niet"
)
"""Words that turn a name into its opposite."""

RELATIONS = _words(
    "after against and as at auf aus before by de del for from in into mit nach of off on onto or out over para por pour "
    "than then to under until up via von vor vs with zu à"
)
"""Words that make the order of the others matter: "Chat to call" is not "Call to chat"."""

PARTIES = _words(
    "advisor agent bot caller client colleague company customer employee guest manager member partner shop staff store "
    "system user visitor"
)
"""Who can do something to whom: with two of them the order of words matters."""

PARTICIPLES = _words(
    "begun bought broken built chosen done found given gone heard held kept known left lost made met paid put read seen "
    "sent set shown sold spent taken told won written"
)
"""Participles that do not end in -ed."""

COUNTING = _words(
    "eins zwei drei one two three four five six seven eight nine ten once twice first second third fourth fifth last next "
    "erste zweite dritte"
)
"""Numbers written as words."""


def is_known(word: str) -> bool:
    """Whether a word in small letters is one of those, with one of the usual endings or without.

    >>> [word for word in ("changed", "charged", "shipping", "recieved") if is_known(word)]
    ['changed', 'charged', 'shipping']
    """
    return any(base in KNOWN for base in _bases(word))


def _bases(word: str) -> list[str]:
    bases = [word]
    for ending in ("s", "es", "ed", "ing", "er"):
        base = word.removesuffix(ending)
        if base != word:
            bases += [base, f"{base}e"]
            if len(base) > 2 and base[-1] == base[-2]:
                bases.append(base[:-1])
    for ending in ("ied", "ies"):
        if word.endswith(ending):
            bases.append(word.removesuffix(ending) + "y")
    return bases
