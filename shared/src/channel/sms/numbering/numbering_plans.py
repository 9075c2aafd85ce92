#!/usr/bin/env python3
"""Writes src/numbering-plans.tsv: the part of libphonenumber's metadata that tells whether a phone
number is valid, and of which country and type it is.

Source: the PyPI package `phonenumbers` (David Drysdale's port of Google's libphonenumber), whose
data is generated from libphonenumber's PhoneNumberMetadata.xml of the same version. Both are under
the Apache License 2.0; the table is a derived work of theirs and stays under it.

    python3 -m venv venv && venv/bin/pip install phonenumbers==9.0.43
    venv/bin/python numbering_plans.py numbering-plans.tsv

One line a plan, its columns parted by tabs: calling code, region, international prefix, national
prefix, how the latter is replaced, leading digits, general pattern, then the types' patterns in
the order in which libphonenumber tries them. A pattern stands after `lengths:`, a bit mask in
hexadecimal (bit n: n digits), where it allows lengths that its type does not; the general one
always does. A mobile pattern `=` says that mobile and fixed-line numbers look alike. The plans of
one calling code stand together, the main one first.
"""

import sys

try:
    from re import _constants as sre, _parser as sre_parse
except ImportError:  # Python before 3.11
    import sre_constants as sre
    import sre_parse

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata

KINDS = (
    "premium_rate toll_free shared_cost voip personal_number pager uan voicemail fixed_line mobile"
).split()

# National prefixes that are no longer dialled but still stand in address books. Until 2019, Mexican
# mobile numbers took a 1 after +52, and 01, 044 or 045 within the country; libphonenumber dropped
# these in version 8.13. No valid Mexican number starts with 0 or 1.
OBSOLETE_PREFIXES = {"MX": "0(?:[12]|4[45])|1"}


def lengths(pattern):
    """The lengths of the texts that a pattern matches, and a check that it holds nothing but what
    src/pattern.rs knows."""
    return sequence(sre_parse.parse(pattern))


def sequence(parts):
    totals = {0}
    for op, arg in parts:
        if op in (sre.LITERAL, sre.IN):
            one = {1}
        elif op == sre.BRANCH:
            one = set().union(*(sequence(alternative) for alternative in arg[1]))
        elif op == sre.SUBPATTERN:
            one = sequence(arg[3])
        elif op == sre.MAX_REPEAT:
            low, high, inner = arg
            assert high != sre.MAXREPEAT, "an unbounded repetition"
            single = len(inner) == 1 and inner[0][0] in (sre.LITERAL, sre.IN)
            assert single or (low, high) == (0, 1), "a repeated group"
            one = set(range(low, high + 1)) if single else {0} | sequence(inner)
        elif op == sre.AT and arg == sre.AT_END:
            one = {0}
        else:
            raise ValueError(f"{op} is not known to src/pattern.rs")
        totals = {a + b for a in totals for b in one}
    return totals


def mask(possible):
    return f"{sum(1 << length for length in set(possible)):x}"


def described(desc, always=False):
    """A type's column."""
    if desc is None or not desc.national_number_pattern:
        return ""
    pattern, possible = desc.national_number_pattern, set(desc.possible_length)
    if always or (possible and not lengths(pattern) <= possible):
        return f"{mask(possible)}:{pattern}"
    return pattern


def plan(code, region):
    if region == "001":
        data = PhoneMetadata.metadata_for_nongeo_region(code, None)
    else:
        data = PhoneMetadata.metadata_for_region(region, None)
    kinds = [described(getattr(data, kind)) for kind in KINDS]
    if data.same_mobile_and_fixed_line_pattern:
        kinds[-1] = "="
    prefix = OBSOLETE_PREFIXES.get(region, data.national_prefix_for_parsing or "")
    dialled = (data.international_prefix or "", prefix, data.leading_digits or "")
    for pattern in dialled:
        lengths(pattern)
    columns = [
        str(code),
        region,
        dialled[0],
        prefix,
        data.national_prefix_transform_rule or "",
        dialled[2],
        described(data.general_desc, always=True),
        *kinds,
    ]
    assert not any("\t" in column or "\n" in column for column in columns)
    return "\t".join(columns).rstrip("\t")


def main(path):
    version = phonenumbers.__version__
    lines = [
        f"# Numbering plans of libphonenumber {version}, "
        "https://github.com/google/libphonenumber, Apache License 2.0.",
        "# Copyright (C) The Libphonenumber Authors. Derived by numbering_plans.py, which",
        "# describes the columns; changed: only what validation needs, and the prefixes of MX.",
    ]
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
    for code, regions in sorted(codes, key=lambda item: str(item[0])):
        lines += [plan(code, region) for region in regions]
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
