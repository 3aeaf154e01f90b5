"""Bookings of transmissions as NDJSON, or with --frame their passengers as a pandas data frame."""

import sys

from paxnorm import Reader


def passengers(paths):
    """A row for each passenger of each booking."""
    for path in paths:
        with open(path, "rb") as file, Reader(file) as reader:
            for record in reader:
                booking = record.booking or {}
                locator = next((one["value"] for one in booking.get("locators", [])), None)
                legs = [f"{leg.get('from', {}).get('code')}-{leg.get('to', {}).get('code')}" for leg in booking.get("legs", [])]
                for passenger in booking.get("passengers", []):
                    yield {"locator": locator, **passenger.get("name", {}), "legs": legs, "doubts": len(record.diagnostics)}


def main(words):
    if words[:1] == ["--frame"]:
        import pandas

        frame = pandas.DataFrame(passengers(words[1:]))
        print(frame.to_string(max_rows=20, max_colwidth=30))
        return
    for path in words:
        with open(path, "rb") as file, Reader(file) as reader:
            for record in reader:
                if record.text is not None:
                    sys.stdout.buffer.write(record.text + b"\n")
                for doubt in record.diagnostics:
                    print(f"{path}: {doubt['severity']}: {doubt['text']}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
