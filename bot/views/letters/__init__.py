"""Letters: what the bot says by e-mail, as text and as HTML, each from its template.

A letter is one or more *parts* in a frame. A part's templates stand beside this file:
``<template>.txt.j2`` and ``<template>.html.j2``.
"""

from bot.views.letters.engine import Frame, Part, Written, render, write
from bot.views.letters.words import first_name, unmarked, wrapped

__all__ = [
    "Frame",
    "Part",
    "Written",
    "first_name",
    "render",
    "unmarked",
    "wrapped",
    "write",
]
