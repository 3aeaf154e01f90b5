"""Bookings of transmissions as NDJSON, or with --frame their passengers as a pandas data frame."""

import sys

from paxnorm import Reader


def records(paths):
    for path in paths:
        with open(path, "rb") as file, Reader(file) as reader:
            yield from ((path, record) for record in reader)


def passengers(paths):
    """A row for each passenger of each booking."""
    for _, record in records(paths):
        booking = record.booking or {}
        locator = next((one["value"] for one in booking.get("locators", [])), None)
        legs = [f"{leg.get('from', {}).get('code')}-{leg.get('to', {}).get('code')}" for leg in booking.get("legs", [])]
        for passenger in booking.get("passengers", []):
            yield {"locator": locator, **passenger.get("name", {}), "legs": legs, "doubts": len(record.diagnostics)}


if sys.argv[1:2] == ["--frame"]:
    import pandas

    print(pandas.DataFrame(passengers(sys.argv[2:])).to_string(max_rows=20, max_colwidth=30))
else:
    for path, record in records(sys.argv[1:]):
        if record.text is not None:
            sys.stdout.buffer.write(record.text + b"\n")
        for doubt in record.diagnostics:
            print(f"{path}: {doubt['severity']}: {doubt['text']}", file=sys.stderr)
