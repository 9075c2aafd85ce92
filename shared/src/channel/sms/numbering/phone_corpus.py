#!/usr/bin/env python3
"""Writes tests/libphonenumber.tsv: what libphonenumber says about phone numbers of every country
and type. Needs the PyPI package `phonenumbers` of the version that numbering_plans.py names.

    phone_corpus.py all.tsv 12                          # some 250,000 rows
    phone_corpus.py tests/libphonenumber.tsv 2 2900     # a sample of about so many rows

Columns: text, country it is dialled in, E.164 form, region, type; the last three are empty if the
number is not valid. Left out is what Bellhop reads and libphonenumber doesn't, by decision: see
`decided`. A valid number of more than 15 digits is written as one that is not.
"""

import random
import sys
from re import _constants as sre, _parser as sre_parse

import phonenumbers
from phonenumbers import PhoneNumberFormat as Format, PhoneNumberType as Type
from phonenumbers.phonemetadata import PhoneMetadata

RANDOM = random.Random(7)
NAMES = {
    value: "".join(word.capitalize() for word in name.split("_"))
    for name, value in vars(Type).items()
    if isinstance(value, int)
}
KINDS = (
    "mobile fixed_line premium_rate shared_cost toll_free voip pager uan voicemail personal_number"
).split()
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def digits(count):
    return "".join(RANDOM.choice("0123456789") for _ in range(count))


def matching(parts):
    """A text that a parsed pattern matches."""
    text = ""
    for op, arg in parts:
        if op == sre.LITERAL:
            text += chr(arg)
        elif op == sre.IN:
            choices = ""
            for kind, value in arg:
                if kind == sre.RANGE:
                    choices += "".join(chr(c) for c in range(value[0], value[1] + 1))
                else:
                    choices += chr(value) if kind == sre.LITERAL else "0123456789"
            text += RANDOM.choice(choices)
        elif op == sre.BRANCH:
            text += matching(RANDOM.choice(arg[1]))
        elif op == sre.SUBPATTERN:
            text += matching(arg[3])
        elif op == sre.MAX_REPEAT:
            text += "".join(matching(arg[2]) for _ in range(RANDOM.randint(arg[0], arg[1])))
    return text


def damaged(number):
    """The number with a digit changed or added, cut, or lengthened."""
    at = RANDOM.randrange(len(number))
    return RANDOM.choice(
        [
            number[:at] + digits(1) + number[at + 1 :],
            number[: -RANDOM.randint(1, 3)] or number,
            number + digits(RANDOM.randint(1, 3)),
            number[:at] + digits(1) + number[at:],
            digits(1) + number[1:],
        ]
    )


def verdict(text, region):
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return ("", "", "")
    e164 = phonenumbers.format_number(number, Format.E164)
    if not phonenumbers.is_valid_number(number) or len(e164) > 16:
        return ("", "", "")
    kind = NAMES[phonenumbers.number_type(number)]
    return (e164, phonenumbers.region_code_for_number(number), kind)


def forms(data, national):
    """The ways to write a number, each with the country it is dialled in."""
    code, home = data.country_code, "" if data.id == "001" else data.id
    zeros = len(national) - len(national.lstrip("0"))
    number = phonenumbers.PhoneNumber(code, int(national), None, zeros > 0, zeros or None)
    yield f"+{code}{national}", RANDOM.choice(["", home, RANDOM.choice(REGIONS)])
    yield phonenumbers.format_number(number, Format.INTERNATIONAL), ""
    yield phonenumbers.format_number(number, Format.RFC3966), ""
    if home:
        yield phonenumbers.format_number(number, Format.NATIONAL), home
        yield (data.national_prefix or "") + national, home
        yield national, RANDOM.choice([home, home, home, RANDOM.choice(REGIONS)])
        yield f"{code}{national}", home
        if (data.international_prefix or "").isdigit():
            yield f"{data.international_prefix} {code} {national}", home


def decided(data, national, text, home):
    """Whether Bellhop reads this by its own decision where libphonenumber calls it invalid: with a
    0 after the calling code, with Mexico's old prefixes, after 00 where another prefix is dialled."""
    after_00 = text.startswith("00") and home and home != data.id
    return national.startswith("0") or data.id == "MX" and national.startswith("1") or after_00


def rows(per_kind):
    for region in REGIONS + sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        if isinstance(region, int):
            data = PhoneMetadata.metadata_for_nongeo_region(region, None)
        else:
            data = PhoneMetadata.metadata_for_region(region, None)
        for kind in KINDS:
            desc = getattr(data, kind)
            if desc is None or not desc.national_number_pattern:
                continue
            pattern = sre_parse.parse(desc.national_number_pattern)
            whole = {desc.example_number or matching(pattern)}
            whole |= {matching(pattern) for _ in range(per_kind)}
            for number in sorted(whole):
                for national in (number, damaged(number), damaged(number)):
                    for text, home in forms(data, national):
                        said = verdict(text, home)
                        if said[0] or not decided(data, national, text, home):
                            yield (text, home, *said)


def main(path, per_kind, limit=None):
    table = sorted(set(rows(int(per_kind))))
    if limit:
        RANDOM.shuffle(table)
        first = {}
        for row in table:
            first.setdefault(row[3:], row)
        # A row of every region and type, and of the others as many as there is room for.
        kept = set(first.values())
        others = [row for row in table if row not in kept]
        table = sorted([*kept, *others[: max(0, int(limit) - len(kept))]])
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        version = phonenumbers.__version__
        file.write(f"# By phone_corpus.py, of libphonenumber {version}.\n")
        file.writelines("\t".join(row) + "\n" for row in table)


if __name__ == "__main__":
    main(*sys.argv[1:])
