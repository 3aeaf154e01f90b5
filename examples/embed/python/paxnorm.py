"""paxnorm by ctypes: readers are iterators, and what holds memory is a context manager."""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Iterator
from ctypes import byref, c_char, c_char_p, c_float, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

# PAXNORM_LIBRARY says where it is, or it is where `examples/embed/library` puts it.
_BUILT = Path(__file__).resolve().parents[3] / "target/release/libpaxnorm.so"
_library = ctypes.CDLL(os.environ.get("PAXNORM_LIBRARY", str(_BUILT)))
_library.paxnorm_version.restype = _library.paxnorm_schema_version.restype = c_char_p
VERSION, SCHEMA_VERSION = _library.paxnorm_version().decode(), _library.paxnorm_schema_version().decode()
_Read = ctypes.CFUNCTYPE(c_int64, c_void_p, c_void_p, c_size_t)
_OK, _END = 0, 1
_COUNTS = ("read", "mapped", "withheld", "unmapped", "as_text", "doubts")


def _structure(**fields: Any) -> type[ctypes.Structure]:
    return type("Fields", (ctypes.Structure,), {"_fields_": list(fields.items())})


_Error = _structure(status=c_int32, reserved=c_uint32, offset=c_uint64, message=c_char * 240)
_Candidate = _structure(id=c_uint64, score=c_float, name=c_uint32)
_Record = _structure(
    booking=c_void_p, booking_length=c_size_t, diagnostics=c_void_p, diagnostics_length=c_size_t,
    provenance=c_void_p, provenance_length=c_size_t, **dict.fromkeys(_COUNTS, c_uint32),
)  # fmt: skip


class PaxnormError(Exception):
    """Why a call failed: `status` as in paxnorm.h, `offset` in the transmission or None."""

    def __init__(self, error: ctypes.Structure) -> None:
        super().__init__(error.message.decode())
        self.status: int = error.status
        self.offset: int | None = None if error.offset == 2**64 - 1 else error.offset


def _call(function: str, *arguments: Any) -> int:
    error = _Error()
    status: int = getattr(_library, "paxnorm_" + function)(*arguments, byref(error))
    if status not in (_OK, _END):
        raise PaxnormError(error)
    return status


def _text(value: Any) -> tuple[c_char_p, c_size_t]:
    text = b"" if value is None else json.dumps(value).encode()
    return c_char_p(text), c_size_t(len(text))


class _Handle:
    """Owns a handle of the library until `close`, the end of `with`, or of its life."""

    def __init__(self, kind: str, *arguments: Any) -> None:
        self._kind, self._handle = kind, c_void_p()
        if arguments:
            _call(kind + "_new", *arguments, byref(self._handle))

    def close(self) -> None:
        getattr(_library, f"paxnorm_{self._kind}_free")(byref(self._handle))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    __del__ = close


@dataclass(frozen=True)
class Record:
    """A piece of a transmission: the booking as JSON, if there is one, and the doubts about it."""

    text: bytes | None
    diagnostics: list[dict[str, Any]]
    counts: dict[str, int]

    @property
    def booking(self) -> dict[str, Any] | None:
        return None if self.text is None else json.loads(self.text)


class Reader(_Handle, Iterator[Record]):
    """Records of one transmission, from bytes or by pieces of a binary file; `options` as in paxnorm.h."""

    def __init__(self, source: bytes | BinaryIO, options: dict[str, Any] | None = None) -> None:
        super().__init__("reader")
        self._failure: BaseException | None = None
        with _Handle("options", *_text(options)) as chosen:
            if isinstance(source, bytes):
                self._source: Any = source  # the library reads it where it lies
                place = "reader_open", source, c_size_t(len(source))
            else:
                self._file, self._source = source, _Read(self._fill)
                place = "reader_open_callback", self._source, None
            self._do(*place, chosen._handle, byref(self._handle))

    def _fill(self, _: object, buffer: int, capacity: int) -> int:
        try:
            piece = self._file.read(capacity)
        except BaseException as failure:  # it must not go through the library
            self._failure = failure
            return -1
        ctypes.memmove(buffer, piece, len(piece))
        return len(piece)

    def _do(self, function: str, *arguments: Any) -> int:
        try:
            return _call(function, *arguments)
        except PaxnormError as error:
            raise self._failure or error from None

    def __next__(self) -> Record:
        record = _Record()
        if self._do("reader_next", self._handle, byref(record)) == _END:
            raise StopIteration
        text = ctypes.string_at(record.booking, record.booking_length) if record.booking else None
        doubts = ctypes.string_at(record.diagnostics, record.diagnostics_length)
        return Record(text, json.loads(doubts), {name: getattr(record, name) for name in _COUNTS})


class Matcher(_Handle):
    """Prepares names, `{"surname": …, "given": …}` or `{"full": …}`, and compares them."""

    def __init__(self, tuning: dict[str, Any] | None = None) -> None:
        super().__init__("matcher", *_text(tuning))

    def score(self, a: Name, b: Name) -> float:
        score = c_float()
        _call("score", self._handle, a._handle, b._handle, byref(score))
        return score.value

    def blocks(self, name: Name) -> list[int]:
        """Keys of a name: names that may be one person's have one in common."""
        keys, count = (c_uint64 * 256)(), c_size_t()
        _call("blocks", self._handle, name._handle, keys, c_size_t(256), byref(count))
        return keys[: count.value]


class Name(_Handle):
    def __init__(self, matcher: Matcher, name: dict[str, str]) -> None:
        super().__init__("name", matcher._handle, *_text(name))


class Index(_Handle):
    """Names under numbers, to search in."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__("index", matcher._handle)

    def add(self, number: int, name: Name) -> None:
        _call("index_add", self._handle, c_uint64(number), name._handle)

    def search(self, name: Name, threshold: float, limit: int = 10) -> list[tuple[int, float]]:
        found, count = (_Candidate * limit)(), c_size_t()
        _call("index_search", self._handle, name._handle, c_float(threshold), found, c_size_t(limit), byref(count))
        return [(one.id, one.score) for one in found[: count.value]]
