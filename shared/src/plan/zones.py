"""Writes zones.tsv: the time zones that people of each country live in.

    python3 zones.py > zones.tsv

Source: tzdb's zone1970.tab and zone.tab (public domain), as the system has them. Of zones
whose clocks agree from now on, one is kept: the first that is named. Bases in Antarctica
are nobody's shipping address, but cost nothing.
"""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

TABLE = "/usr/share/zoneinfo/zone.tab"


def clocks(name: str) -> tuple:
    """The zone's offsets over two years, by the day."""
    zone = ZoneInfo(name)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    days = (start + timedelta(days=day) for day in range(730))
    return tuple(day.astimezone(zone).utcoffset() for day in days)


countries: dict[str, dict[tuple, str]] = {}
with open(TABLE, encoding="utf-8") as table:
    for line in table:
        if not line.startswith("#"):
            country, _, zone, *_ = line.rstrip("\n").split("\t")
            countries.setdefault(country, {}).setdefault(clocks(zone), zone)

# Kosovo has no code of its own in ISO 3166, and no zone of its own in tzdb.
countries["XK"] = {(): "Europe/Belgrade"}

for country, zones in sorted(countries.items()):
    print(country, *zones.values(), sep="\t")
