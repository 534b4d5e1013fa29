"""Maps to begin with: one for each of some trades, with real content, all of it assumptions until somebody adds evidence.

A template is a file of this folder, a map like any other; its name is the name of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from desireline.base import InputError, Language, UnknownNameError, closest_names, phrase
from desireline.maps.document import Document, Syntax, fresh_id, new_document
from desireline.maps.reading import read_map
from desireline.maps.templates.telling import told_template, told_text


@dataclass(frozen=True, slots=True)
class Template:
    """A template in a list: what it is for, and how many phases, steps and lanes it has."""

    name: str
    purpose: str
    title: str
    phases: int
    steps: int
    lanes: int


_TEMPLATES = (
    Template(
        "retail",
        "Shops with branches and a web shop: from the idea to the next order, with delivery, collection, returns",
        "I buy something new for my home",
        phases=7,
        steps=15,
        lanes=12,
    ),
    Template(
        "finance",
        "Banks and insurers: a loan for a home, with advice, papers, the decision, the years of paying back",
        "I borrow money for my own home",
        phases=6,
        steps=14,
        lanes=13,
    ),
    Template(
        "telecom",
        "Internet and phone at home: changing the provider, getting connected, bills, outages, staying",
        "I change my internet provider",
        phases=6,
        steps=15,
        lanes=12,
    ),
    Template(
        "transport",
        "Public transport: a trip with a change that may fail, tickets, stations, compensation",
        "I travel by train and bus to a place I don't know",
        phases=7,
        steps=13,
        lanes=14,
    ),
    Template(
        "digital-service",
        "Software by subscription: trial, first result, winning the team, budget, renewal",
        "I bring a new tool into my team",
        phases=6,
        steps=14,
        lanes=13,
    ),
    Template(
        "healthcare",
        "Hospitals and practices: a planned operation, from the first pain to walking again",
        "I get a new knee",
        phases=6,
        steps=15,
        lanes=14,
    ),
    Template(
        "public-service",
        "Public offices: applying for a benefit, proofs, the decision, objection, changes",
        "I apply for support for my family",
        phases=6,
        steps=15,
        lanes=14,
    ),
    Template(
        "employee-onboarding",
        "New colleagues as customers: from the offer to feeling at home",
        "I start my new job",
        phases=6,
        steps=15,
        lanes=13,
    ),
    Template(
        "buyers-life-cycle",
        "Any trade: the whole relation with a company, one step for each part of it",
        "I am a customer of this company",
        phases=6,
        steps=10,
        lanes=11,
    ),
)


def all_templates() -> tuple[Template, ...]:
    """The templates, in the order in which they are offered."""
    return _TEMPLATES


def told_templates(language: Language) -> tuple[Template, ...]:
    """The same in a language."""
    return tuple(
        replace(each, purpose=told_text(each.purpose, language), title=told_text(each.title, language))
        for each in _TEMPLATES
    )


def template_document(name: str) -> Document:
    """The map that a template is.

    Raises
    ------
    UnknownNameError
        There is no such template; near names are in the hint.
    """
    known = [each.name for each in _TEMPLATES]
    if name not in known:
        close = closest_names(name, known)
        hint = (
            phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("known: {known}", known=", ".join(known))
        )
        raise UnknownNameError(phrase("there is no template {name!r}", name=name), hint=hint)
    text = files("desireline.maps.templates").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Document(text, f"template {name}")


def new_map(
    template: str | None = None,
    *,
    title: str | None = None,
    ident: str | None = None,
    syntax: Syntax = "yaml",
    language: Language = "en",
) -> Document:
    """A map to begin with: a template, or a small skeleton that explains itself.

    Parameters
    ----------
    title
        In the customer's words; the template's own by default.
    ident
        Permanent; made of the title by default.
    language
        In which the template is written; title and id are as they are given.

    Raises
    ------
    UnknownNameError
        There is no such template.
    InputError
        The title or the id cannot be one.
    """
    begin = told_template(_skeleton() if template is None else template_document(template), language)
    made = begin.changed(lambda tree: _name(tree, title, ident)) if title is not None or ident is not None else begin
    document = Document(made.text, "the new map")
    read_map(document)
    return document if syntax == "yaml" else new_document(document.tree, syntax=syntax, origin=document.origin)


def _name(tree: Any, title: str | None, ident: str | None) -> None:
    if title is not None and not title.strip():
        raise InputError(
            phrase("expected a title in the customer's words, got {title!r}", title=title),
            hint=phrase("such as: I renew my contract"),
        )
    if title is not None:
        tree["title"] = title
    if title is not None or ident is not None:
        tree["id"] = fresh_id(str(title), ()) if ident is None else ident


def _skeleton() -> Document:
    text = files("desireline.maps.templates").joinpath("skeleton.yaml").read_text(encoding="utf-8")
    return Document(text, "the skeleton")
