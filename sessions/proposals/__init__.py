"""Texts that data can write, proposed for an acta; a person inserts, replaces or keeps.

A source is a function from an ``Occasion`` to the proposals that the data give that day, in a
number of queries that does not grow. An app above this one registers its own in ``ready``, with
the patterns that its sentences are written by:

    register(source, patterns=[Pattern("slug", "Nombre", "Se informó {algo}.", ("algo",))])
"""

from sessions.proposals.patterns import Pattern, Patterns
from sessions.proposals.registry import Occasion, Proposal, register, register_patterns

__all__ = ["Occasion", "Pattern", "Patterns", "Proposal", "register", "register_patterns"]
