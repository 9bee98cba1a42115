"""A document kept for ever: as plain JSON values that no change of code or content can touch, and back again.

The form has a number. `thaw` reads every number up to its own: keys that it does not know are passed over, and keys that are missing have the
default that the model gives them, so that a field may be added to the model without a new number. What is as its default is left out, so that
the same words keep the same hash when such a field is added. A default, a tag or a name of a field is therefore never changed without a new
number and a way to read the old one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as schema

from app.pack.text import LANGUAGES

from .characters import legal
from .model import Bullets, Chart, Document, Fields, Paragraph, Signatures, Subheading, Table, Wheel

FORMAT = 1
TAG = "block"
BLOCKS: dict[str, type] = {
    "paragraph": Paragraph,
    "subheading": Subheading,
    "bullets": Bullets,
    "table": Table,
    "chart": Chart,
    "wheel": Wheel,
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
    try:
        document = cast("Document", _reader().validate_python(frozen))
    except ValidationError as fault:
        raise FrozenError(_said(fault)) from None
    if document.language not in LANGUAGES:  # a text in a further language is handed out, never signed for
        raise FrozenError("document.language: literal error")
    return document


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


@cache
def _reader() -> SchemaValidator:
    return SchemaValidator(_shape(Document))


def _said(fault: ValidationError) -> str:
    """Where the first fault is and of which type it is. The message of pydantic is not used: it may quote what stands there."""
    first = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(map(str, ('document', *first['loc'])))}: {first['type'].replace('_', ' ')}"


def _shape(hint: Any) -> CoreSchema:
    """The schema of pydantic for a type of the model. Lists become tuples; nothing else is converted (pydantic alone would read "3" as a number)."""
    if is_dataclass(hint):
        return _dataclass(cast("type", hint))
    return _SHAPES[get_origin(hint) or hint](hint)


def _dataclass(hint: type) -> CoreSchema:
    """A dataclass from an object. Keys that it does not know are passed over, and those that are missing have its defaults."""
    hints = get_type_hints(hint)
    read = [schema.dataclass_field(f.name, _field(hints[f.name], f.default)) for f in fields(hint)]
    return schema.dataclass_schema(hint, schema.dataclass_args_schema(hint.__name__, read), [f.name for f in fields(hint)], slots=True, frozen=True)


def _field(hint: Any, default: object) -> CoreSchema:
    return _shape(hint) if default is MISSING else schema.with_default_schema(_shape(hint), default=default)


def _tuple(hint: Any) -> CoreSchema:
    inner = get_args(hint)
    if inner[-1] is Ellipsis:
        return schema.tuple_variable_schema(_shape(inner[0]))
    return schema.tuple_positional_schema([_shape(one) for one in inner])


def _union(hint: Any) -> CoreSchema:
    """One of several blocks, told apart by the tag; or something that may be missing."""
    options = get_args(hint)
    if NoneType in options:
        return schema.nullable_schema(_shape(next(o for o in options if o is not NoneType)))
    return schema.tagged_union_schema({_TAGS[option]: _shape(option) for option in options}, TAG)


_SHAPES: dict[Any, Callable[[Any], CoreSchema]] = {
    tuple: _tuple,
    Union: _union,
    UnionType: _union,
    Literal: lambda hint: schema.literal_schema(list(get_args(hint))),
    str: lambda _: schema.str_schema(strict=True),
    int: lambda _: schema.int_schema(strict=True),
    float: lambda _: schema.float_schema(strict=True),
    bool: lambda _: schema.bool_schema(strict=True),
}
