//! Numbers as people write them, and numbers as libphonenumber reads them.

use super::NumberType::{self, FixedLine, FixedLineOrMobile, Mobile};
use super::parse;

fn read(text: &str, region: &str) -> Option<(String, NumberType)> {
    let region = (!region.is_empty()).then_some(region);
    parse(text, region).map(|number| (number.e164, number.kind))
}

#[track_caller]
fn all(cases: &[(&str, &str, &str, NumberType)]) {
    for &(text, region, e164, kind) in cases {
        assert_eq!(read(text, region), Some((e164.to_owned(), kind)), "{text:?} {region}");
    }
}

#[test]
fn the_digit_not_dialled_from_abroad_is_dropped() {
    all(&[
        ("+44 (0)7911 123456", "", "+447911123456", Mobile),
        ("+44(0) 7911 123456", "", "+447911123456", Mobile),
        ("0044 (0)7911 123456", "", "+447911123456", Mobile),
        ("+44 0 7911 123456", "", "+447911123456", Mobile),
        ("44 (0)7911 123456", "", "+447911123456", Mobile),
        ("+49 (0) 151 12345678", "US", "+4915112345678", Mobile),
        ("+49[0]151/12345678", "", "+4915112345678", Mobile),
        ("+48 (0) 601 234 567", "", "+48601234567", Mobile),
        ("+7 (8) 912 345-67-89", "", "+79123456789", Mobile),
        ("+36 (06) 20 123 4567", "", "+36201234567", Mobile),
        ("+39 (0)6 1234 5678", "", "+390612345678", FixedLine),
        ("+39 (0) 347 123 4567", "", "+393471234567", Mobile),
        ("+225 (0)1 23 45 67 89", "", "+2250123456789", Mobile),
        ("+52 1 222 123 4567", "", "+522221234567", FixedLineOrMobile),
        ("+54 (0)11 15 2345-6789", "", "+5491123456789", Mobile),
    ]);
}

#[test]
fn prefixes_signs_and_scripts_that_mean_the_same_are_read() {
    all(&[
        ("0043 660 1234567", "", "+436601234567", Mobile),
        ("0043 660 1234567", "US", "+436601234567", Mobile),
        ("011 43 660 1234567", "US", "+436601234567", Mobile),
        ("+43 0043 660 1234567", "", "+436601234567", Mobile),
        ("43 660 1234567", "AT", "+436601234567", Mobile),
        ("tel:+43-660-1234567", "", "+436601234567", Mobile),
        ("Tel.: +43 660/123 45 67", "", "+436601234567", Mobile),
        ("+43\u{a0}660\u{2009}123\u{2013}45\u{2011}67", "", "+436601234567", Mobile),
        ("\u{ff0b}\u{ff14}\u{ff13}\u{3000}660 1234567", "", "+436601234567", Mobile),
        ("\u{202a}+43 660\u{2060} 1234567\u{202c}\u{feff}", "", "+436601234567", Mobile),
        ("\u{200e}+٩٦٦ ٥١ ٢٣٤ ٥٦٧٨", "", "+966512345678", Mobile),
        ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "IR", "+989123456789", Mobile),
        ("0660 1234567", "at", "+436601234567", Mobile),
        ("(201) 555-0123", "US", "+12015550123", FixedLineOrMobile),
        ("0xx11 96123-4567", "BR", "+5511961234567", Mobile),
    ]);
}

#[test]
fn an_extension_is_dropped() {
    for extension in
        [" ext. 12", " x12", "x12", ";ext=12", " #12", " DW 12", ", 12", ",,12", " Kl. 1234567"]
    {
        all(&[(&format!("+43 1 234567{extension}"), "AT", "+431234567", FixedLine)]);
        all(&[(&format!("0660 1234567{extension}"), "AT", "+436601234567", Mobile)]);
    }
}

#[test]
fn of_several_numbers_the_first_that_takes_an_sms_is_used() {
    all(&[
        ("+43 660 1234567 / +43 1 234567", "", "+436601234567", Mobile),
        ("+43 1 234567, +43 660 1234567", "", "+436601234567", Mobile),
        ("+43 1 234567 or +43 660 1234567", "", "+436601234567", Mobile),
        ("+43 1 234567\n0660 1234567", "AT", "+436601234567", Mobile),
        ("+43 1 234567+43 660 1234567", "", "+436601234567", Mobile),
        ("01 234567 / 0660 1234567", "AT", "+436601234567", Mobile),
        ("0660/1234567/01/234567", "AT", "+436601234567", Mobile),
        ("01/234567/0660/1234567", "AT", "+436601234567", Mobile),
        ("0171 / 1234567", "DE", "+491711234567", Mobile),
        ("0171 1234567/8", "DE", "+491711234567", Mobile),
        ("0660/123/45/67", "AT", "+436601234567", Mobile),
        ("0660/12345/67", "AT", "+436601234567", Mobile),
        ("0171 1234567~8", "DE", "+491711234567", Mobile),
        ("+43 660 1234567 / +43 664 1234567", "", "+436601234567", Mobile),
        ("Fax +43 1 234568, Tel. +43 1 234567", "", "+431234567", FixedLine),
        ("12345, +43 1 234567 (+43 660 1234567)", "", "+436601234567", Mobile),
    ]);
}

#[test]
fn what_is_no_number_is_not_read() {
    for (text, region) in [
        ("0660 1234567", ""),
        ("0660 1234567", "AQ"),
        ("+0660 1234567", "AT"),
        ("+1 555 0100", "US"),
        ("(555) 555-0100", "US"),
        ("+43 660 12", ""),
        ("+43 660 12345678901", ""),
        ("+999 1234567", ""),
        ("1-800-FLOWERS", "US"),
        ("009 234 70250188", "NG"),
        ("", "AT"),
    ] {
        assert_eq!(read(text, region), None, "{text:?} {region}");
    }
    assert_eq!(read(&"+43 660 1234567 ".repeat(16), ""), None);
}

#[test]
fn no_text_is_too_odd() {
    let signs: Vec<char> = "0012345678900+ ()-/.,;#~xé\u{202a}٣９\n\t".chars().collect();
    let mut state = 1u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    for _ in 0..20_000 {
        let length = random(40);
        let text: String = (0..length).map(|_| signs[random(signs.len())]).collect();
        let region = ["", "AT", "US", "BR", "AR", "NG"][random(6)];
        let Some((e164, _)) = read(&text, region) else { continue };
        assert!((5..=16).contains(&e164.len()) && e164.starts_with('+'), "{text:?}");
        assert_eq!(read(&e164, "").map(|again| again.0), Some(e164), "{text:?}");
    }
}

/// What libphonenumber says about numbers of every country and type, whole and damaged, in the forms
/// in which it writes them. `phone_corpus.py` writes the table.
#[test]
fn libphonenumber_agrees() {
    let rows = include_str!("libphonenumber.tsv").lines().filter(|row| !row.starts_with('#'));
    let mut count = 0;
    for row in rows {
        let mut columns = row.split('\t');
        let [text, hint, e164, region, kind] = [(); 5].map(|()| columns.next().unwrap());
        let ours = parse(text, (!hint.is_empty()).then_some(hint));
        let ours = ours.map(|n| (n.e164, n.region, format!("{:?}", n.kind))).unwrap_or_default();
        assert_eq!(ours, (e164.to_owned(), region, kind.to_owned()), "{text:?} {hint}");
        count += 1;
    }
    assert!(count > 2500, "{count} rows");
}

#[test]
fn debug_shows_no_number() {
    let parsed = parse("+43 660 1234567", None).unwrap();
    assert_eq!(format!("{parsed:?}"), "Parsed { region: \"AT\", kind: Mobile, .. }");
}
