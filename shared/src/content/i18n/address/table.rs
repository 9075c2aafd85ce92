//! Tables as sorted text, one line `key<TAB>value` for each row: a look-up reads a dozen
//! lines where they lie, so that a table costs nothing until it's asked.

/// `country<TAB>format`, and a second format for Latin script where it differs.
pub(crate) const FORMATS: &str = include_str!("data/formats.tsv");

/// `country<TAB>regions`; a region is `local form|Latin form|other forms`, `~` between them.
pub(crate) const REGIONS: &str = include_str!("data/regions.tsv");

/// `folded name<TAB>country`.
pub(crate) const COUNTRIES: &str = include_str!("data/countries.tsv");

/// The letters that [`fold`] writes without their accents.
const ACCENTED: [(char, &str); 26] = [
    ('a', "àáâãäåāăąạảấầẩẫậắằẳẵặ"),
    ('c', "çćĉċč"),
    ('d', "ðďđ"),
    ('e', "èéêëēĕėęěẹẻẽếềểễệ"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįıỉị"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľł"),
    ('n', "ñńņňŋ"),
    ('o', "òóôõöøōŏőọỏốồổỗộớờởỡợơ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťțŧ"),
    ('u', "ùúûüũūŭůűųụủứừửữựư"),
    ('w', "ŵ"),
    ('y', "ýÿŷỳỵỷỹ"),
    ('z', "źżž"),
    ('α', "ά"),
    ('ε', "έ"),
    ('η', "ή"),
    ('ι', "ΐίϊ"),
    ('ο', "ό"),
    ('υ', "ΰϋύ"),
    ('ω', "ώ"),
];

/// The row with this key: the key as the table has it, and the value.
pub(crate) fn find(table: &'static str, key: &str) -> Option<(&'static str, &'static str)> {
    let is_break = |byte: &u8| *byte == b'\n';
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(is_break).map_or(low, |at| low + at + 1);
        let end = bytes[middle..high].iter().position(is_break).map_or(high, |at| middle + at);
        let (found, value) = table.get(start..end)?.split_once('\t')?;
        match found.cmp(key) {
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => return Some((found, value)),
        }
    }
    None
}

/// What counts when names are compared: letters without case and accents, and digits;
/// no spaces, dots and other marks.
pub(crate) fn fold(text: &str) -> String {
    folded(text).collect()
}

/// The letters of [`fold`], one by one.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(*c)).map(plain)
}

fn plain(c: char) -> char {
    if c == 'ς' {
        return 'σ';
    }
    let accented = matches!(c, '\u{c0}'..='\u{3ff}' | '\u{1e00}'..='\u{1eff}');
    let with = |(_, letters): &&(char, &str)| accented && letters.contains(c);
    ACCENTED.iter().find(with).map_or(c, |(letter, _)| *letter)
}

fn is_mark(c: char) -> bool {
    match c {
        '\0'..='\u{bf}' => !c.is_ascii_alphanumeric(),
        // Accents that stand on their own, and the punctuation of all scripts.
        '\u{2b9}'..='\u{36f}' | '\u{2000}'..='\u{206f}' => true,
        '\u{3000}'..='\u{303f}' | '\u{30fb}' | '\u{ff00}'..='\u{ff0f}' => true,
        _ => c.is_whitespace(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_found_and_nothing_else() {
        for table in [FORMATS, REGIONS, COUNTRIES] {
            for line in table.lines() {
                assert_eq!(find(table, line.split_once('\t').unwrap().0), line.split_once('\t'));
            }
            for key in
                ["", "\t", "\n", "A", "ZZZ", "zzzz", "deutschlan", "deutschlandd", "\u{10ffff}"]
            {
                assert_eq!(find(table, key), None, "{key}");
            }
        }
        assert_eq!(find("", "a"), None);
    }

    #[test]
    fn keys_are_folded_as_the_text_that_is_looked_up() {
        for line in COUNTRIES.lines() {
            let (key, code) = line.split_once('\t').unwrap();
            assert_eq!(fold(key), key);
            assert!(find(FORMATS, code).is_some(), "{line}");
        }
    }

    #[test]
    fn case_accents_and_marks_do_not_count() {
        assert_eq!(fold(" CÔTE D’IVOIRE "), "cotedivoire");
        assert_eq!(fold("O\u{308}sterreich"), fold("Österreich"));
        assert_eq!(fold("TÜRKİYE"), "turkiye");
        assert_eq!(fold("ΕΛΛΆΣ"), fold("Ελλάς"));
        assert_eq!(fold("Россия"), "россия");
        assert_eq!(fold("U.S.A."), "usa");
    }
}
