"""A document kept for ever: as plain JSON values that no change of code or content can touch, and back again.

The form has a number. `thaw` reads every number up to its own: keys that it does not know are passed over, and keys that are missing have the
default that the model gives them, so that a field may be added to the model without a new number. What is as its default is left out, so that
the same words keep the same hash when such a field is added. A default, a tag or a name of a field is therefore never changed without a new
number and a way to read the old one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from .characters import legal
from .model import Bullets, Chart, Document, Fields, Paragraph, Signatures, Subheading, Table

FORMAT = 1
TAG = "block"
BLOCKS: dict[str, type] = {
    "paragraph": Paragraph,
    "subheading": Subheading,
    "bullets": Bullets,
    "table": Table,
    "chart": Chart,
    "fields": Fields,
    "signatures": Signatures,
}
_TAGS = {shape: tag for tag, shape in BLOCKS.items()}

Frozen = dict[str, Any]


class FrozenError(Exception):
    """What was given is no frozen document, or one of a newer form than this program knows. Says where the fault is, never what stands there."""


def freeze(document: Document) -> Frozen:
    """The document as dicts, lists, strings, numbers and booleans.

    Letters that no file and no database may hold are left out, as they are when it is drawn.
    """
    return {"format": FORMAT, **_object(document)}


def thaw(frozen: object) -> Document:
    """The document that was frozen.

    Raises FrozenError.
    """
    number = frozen.get("format") if isinstance(frozen, Mapping) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise FrozenError("this is no frozen document")
    if number > FORMAT:
        raise FrozenError(f"the document has form {number}; this program knows forms up to {FORMAT}")
    return cast("Document", _read(Document, frozen, "document"))


def canonical(frozen: Frozen) -> bytes:
    """The one way to write a frozen document: JSON in UTF-8 with sorted keys and no white space.

    Raises FrozenError for what JSON or UTF-8 cannot hold.
    """
    try:
        return json.dumps(frozen, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    except (TypeError, ValueError) as fault:
        raise FrozenError("this cannot be written as JSON") from fault


def text_hash(frozen: Frozen) -> str:
    """The fingerprint of a frozen document: SHA-256 of its canonical form, as 64 hexadecimal digits."""
    return sha256(canonical(frozen)).hexdigest()


# ── freezing ──


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return _object(value) if is_dataclass(value) else value


def _object(value: Any) -> Frozen:
    """The fields that are not as their default; a block begins with its tag."""
    found = {f.name: _value(getattr(value, f.name)) for f in fields(value) if f.default is MISSING or getattr(value, f.name) != f.default}
    return {TAG: _TAGS[type(value)], **found} if type(value) in _TAGS else found


# ── thawing ──


def _read(shape: Any, value: Any, at: str) -> Any:
    """The value in the shape that the model has for it."""
    if is_dataclass(shape):
        return _read_object(cast("type", shape), value, at)
    return _READERS.get(get_origin(shape) or shape, _read_plain)(shape, value, at)


def _read_object(shape: type, value: Any, at: str) -> Any:
    if not isinstance(value, Mapping):
        raise FrozenError(f"{at}: an object was expected")
    hints = _hints(shape)
    found = {f.name: _read(hints[f.name], value[f.name], f"{at}.{f.name}") for f in fields(shape) if f.name in value}
    lacking = [f.name for f in fields(shape) if f.default is MISSING and f.name not in value]
    if lacking:
        raise FrozenError(f"{at}: lacks {', '.join(lacking)}")
    return shape(**found)


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _read_list(shape: Any, value: Any, at: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise FrozenError(f"{at}: a list was expected")
    inner = get_args(shape)
    shapes = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
    if len(shapes) != len(value):
        raise FrozenError(f"{at}: {len(shapes)} items were expected")
    return tuple(_read(one, item, f"{at}.{n}") for n, (one, item) in enumerate(zip(shapes, value, strict=True)))


def _read_union(shape: Any, value: Any, at: str) -> Any:
    """One of several blocks, told apart by the tag; or something that may be missing."""
    options = get_args(shape)
    if NoneType in options:
        return None if value is None else _read(next(o for o in options if o is not NoneType), value, at)
    tag = value.get(TAG) if isinstance(value, Mapping) else None
    if not isinstance(tag, str) or BLOCKS.get(tag) not in options:
        raise FrozenError(f"{at}: a kind of block that is not known")
    return _read(BLOCKS[tag], value, at)


def _read_literal(shape: Any, value: Any, at: str) -> Any:
    if not isinstance(value, str | int) or value not in get_args(shape):
        raise FrozenError(f"{at}: a word that is not known")
    return value


def _read_plain(shape: Any, value: Any, at: str) -> Any:
    kinds = (int, float) if shape is float else (shape,)
    if not isinstance(value, kinds) or (isinstance(value, bool) and shape is not bool):
        raise FrozenError(f"{at}: {shape.__name__} was expected")
    return shape(value)


_READERS: dict[Any, Any] = {tuple: _read_list, Union: _read_union, UnionType: _read_union, Literal: _read_literal}
