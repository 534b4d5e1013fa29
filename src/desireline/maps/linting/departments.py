"""Names of departments, English and German: a phase that is called so shows the company's view, not the customer's.

Words that customers use for what they do themselves (service, support, Einkauf, Beratung) are left out.
"""

from __future__ import annotations

import re

_NAMES = frozenset(
    """
    accounting|accounts payable|accounts receivable|administration|after sales|back office|business development
    call center|call centre|claims handling|claims management|collections|communications|compliance|contact center
    contact centre|controlling|corporate communications|credit control|crm|customer care|customer operations
    customer relations|customer service|customer services|customer success|customer support|dispatch|e commerce
    ecommerce|engineering|facility management|field sales|field service|finance|front office|fulfilment|fulfillment
    hr|human resources|inside sales|it|it operations|legal|logistics|marketing|operations|procurement
    product management|production|public relations|purchasing|quality assurance|quality management
    r d|research|development|risk management|sales|service desk|supply chain|technical service|treasury
    underwriting|warehouse
    außendienst|beschaffung|beschwerdemanagement|betrieb|buchhaltung|disposition|edv|forderungsmanagement
    geschäftsführung|hausverwaltung|inkasso|innendienst|it betrieb|kundenbetreuung|kundendienst|kundenmanagement
    kundenservice|lagerlogistik|logistik|marktforschung|mahnwesen|öffentlichkeitsarbeit|personalabteilung|personalwesen
    produktion|produktmanagement|qualitätsmanagement|qualitätssicherung|rechnungswesen|rechtsabteilung|recht und compliance
    reklamationsabteilung|sachbearbeitung|schadenabteilung|verkauf|vertrieb|vertriebsinnendienst|verwaltung
    """.replace("\n", "|").split("|")
)
_KNOWN = frozenset(name.strip() for name in _NAMES) - {""}
_SUFFIX = re.compile(r" (department|dept|division|team|unit|abteilung|bereich)$")
_JOINED = re.compile(r"\s*(?:[&+/,]|\band\b|\bund\b)\s*")


def department_key(name: str) -> str:
    """A name as it is compared: small letters, without signs, without "department" or "Abteilung" behind it.

    >>> department_key("Customer-Service Department")
    'customer service'
    """
    plain = " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())
    return _SUFFIX.sub("", plain)


def is_department(name: str) -> bool:
    """Whether a name is one of a department, or of several joined.

    >>> is_department("Sales & Marketing"), is_department("Vertrieb"), is_department("I get advice")
    (True, True, False)
    """
    if department_key(name) in _KNOWN:
        return True
    parts = [part for part in _JOINED.split(name.casefold()) if part]
    return bool(parts) and all(department_key(part) in _KNOWN for part in parts)
