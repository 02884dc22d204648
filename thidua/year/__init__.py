"""The stages of the year, in the order in which one may depend on another.

A later stage may read an earlier one, never the reverse. The record comes first (registration
reads what earlier years left) and is written last (closing the year writes to it).
"""

STAGES = (
    "record",
    "bloc",
    "papers",
    "rulebook",
    "drafting",
    "registration",
    "pact",
    "progress",
    "scoring",
    "conference",
)
