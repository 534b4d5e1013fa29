"""Which interactions are one contact: a relation over the log, computed when it is asked for.

A *contact* is a case in one channel: a call, a ticket. An interaction without a case is a contact of its own. Numbers of cases
are given by each system for itself, so what two sources tell of the same case in the same channel is one contact only where
they share an identifier, directly or through another source. What the company does for itself (``direction`` is internal:
an analysis, a transcript, a note) makes no contact. Definitions and an example: docs/measures.md.
"""

from __future__ import annotations

_PLACE = "(epoch_us(occurred_at)::HUGEINT * 9223372036854775808 + arrival)"
"""One number to order interactions by time, then by arrival: much faster than comparing pairs."""
_SECONDS = "(coalesce(duration, 0) + coalesce(hold, 0))"
_TURNED = "direction IS DISTINCT FROM 'internal'"


def contacts_relation(log: str) -> str:
    """A relation with the columns of the log, and with the contact that an interaction belongs to.

    Further columns: ``begins_contact`` (whether its contact counts here), ``is_given`` (whether a source gave a cost on any
    interaction of its contact), ``minutes`` (duration and hold; of a contact that several sources tell of, only those of the
    one that has most).
    """
    return f"""
        (WITH RECURSIVE told AS (
            SELECT "case", channel, source, min({_PLACE}) FILTER ({_TURNED}) AS first_place,
                   bool_or(cost IS NOT NULL) AS has_cost, fsum({_SECONDS}) AS seconds
            FROM {log} WHERE "case" IS NOT NULL GROUP BY ALL),
        told_by_several AS (SELECT "case", channel FROM told GROUP BY ALL HAVING count(*) > 1),
        pointers AS (
            SELECT DISTINCT "case", channel, source, unnest(list_prepend(anchor, coalesce(identifiers, []))) AS pointer
            FROM {log} SEMI JOIN told_by_several USING ("case", channel)),
        shared AS (
            SELECT DISTINCT "case", channel, one.source, other.source AS same
            FROM pointers AS one JOIN pointers AS other USING ("case", channel, pointer)),
        reached AS (
            SELECT "case", channel, source, same FROM shared
            UNION SELECT "case", channel, reached.source, shared.same
            FROM reached JOIN shared USING ("case", channel) WHERE reached.same = shared.source),
        led AS (SELECT "case", channel, source, min(same) AS leader FROM reached GROUP BY ALL),
        contacts AS (
            SELECT "case", channel, source,
                   min(first_place) OVER contact AS first_place, bool_or(has_cost) OVER contact AS has_cost,
                   first_value(source) OVER (contact ORDER BY seconds DESC, source) AS timed_by
            FROM told LEFT JOIN led USING ("case", channel, source)
            WINDOW contact AS (PARTITION BY "case", channel, coalesce(leader, source)))
        SELECT log.*,
               CASE WHEN "case" IS NULL THEN {_TURNED} ELSE coalesce(first_place = {_PLACE}, false) END AS begins_contact,
               coalesce(has_cost, cost IS NOT NULL) AS is_given,
               CASE WHEN coalesce(timed_by = source, true) THEN {_SECONDS} / 60 ELSE 0 END AS minutes
        FROM {log} AS log LEFT JOIN contacts USING ("case", channel, source))
        """
