//! HTML's character references in texts from systems that write them even where no
//! HTML is.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The text with HTML's character references (`&ndash;`, `&#8211;`, `&#x2013;`) as the
/// characters they stand for; at most twice, as some systems escape what is escaped
/// (`&amp;ndash;`). What comes out is text, not HTML: `&lt;b&gt;` is a `<b>` to read.
///
/// Only references with a semicolon count, else "AT&T" and "&copy" would lose letters.
/// Source: HTML, 13.2.5.72 to 13.2.5.80 ("Character reference state").
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    match unescape_once(text) {
        Some(once) => Cow::Owned(unescape_once(&once).unwrap_or(once)),
        None => Cow::Borrowed(text),
    }
}

/// None if there is nothing to do.
fn unescape_once(text: &str) -> Option<String> {
    let mut out = None::<String>;
    let mut written = 0;
    for (at, _) in text.match_indices('&') {
        let Some((meaning, after)) = reference(&text[at + 1..]) else {
            continue;
        };
        let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
        out.push_str(&text[written..at]);
        out.extend(meaning);
        written = text.len() - after.len();
    }
    let mut out = out?;
    out.push_str(&text[written..]);
    Some(out)
}

/// What the reference after an ampersand stands for, if anything that shows, and the
/// text after it.
fn reference(text: &str) -> Option<(Option<char>, &str)> {
    // The longest name here has eight letters, the longest number seven digits.
    let end = text.bytes().take(16).position(|b| b == b';')?;
    let (name, after) = (&text[..end], &text[end + 1..]);
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.get(name).map(|c| (Some(*c), after));
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // `from_str_radix` takes a sign too.
    let unsigned = digits.bytes().all(|b| b.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, radix).ok().filter(|_| unsigned)?;
    // A surrogate, or more than Unicode has: no character, so it is left as it is.
    let c = char::from_u32(number)?;
    let meaning = match c {
        '\t' | '\n' | '\r' => Some(' '),
        '\u{80}'..='\u{9f}' => Some(WINDOWS_1252[number as usize - 0x80]),
        // Marks that reorder the text around them.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c => Some(c),
    };
    Some((meaning.filter(|c| !c.is_control()), after))
}

/// What the numbers 128 to 159 mean: the characters of Windows-1252. Source: HTML,
/// 13.2.5.80 ("Numeric character reference end state").
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Characters by name.
static NAMES: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
    let entries = ENTITIES.split_ascii_whitespace().filter_map(|entry| entry.split_once('='));
    entries.filter_map(|(name, c)| Some((name, c.chars().next()?))).collect()
});

/// Every name of HTML 4, and of HTML's the letters of European languages, punctuation and
/// fractions. Source: HTML, 13.5 ("Named character references").
const ENTITIES: &str = "
    Aacute=Á aacute=á Abreve=Ă abreve=ă Acirc=Â acirc=â acute=´ AElig=Æ aelig=æ Agrave=À agrave=à
    alefsym=ℵ Alpha=Α alpha=α Amacr=Ā amacr=ā AMP=& amp=& and=∧ ang=∠ Aogon=Ą aogon=ą apos='
    Aring=Å aring=å ast=* asymp=≈ Atilde=Ã atilde=ã Auml=Ä auml=ä bdquo=„ Beta=Β beta=β brvbar=¦
    bsol=\\ bull=• bullet=• Cacute=Ć cacute=ć cap=∩ Ccaron=Č ccaron=č Ccedil=Ç ccedil=ç Ccirc=Ĉ
    ccirc=ĉ Cdot=Ċ cdot=ċ cedil=¸ cent=¢ check=✓ Chi=Χ chi=χ circ=ˆ clubs=♣ colon=: comma=,
    commat=@ cong=≅ COPY=© copy=© crarr=↵ cross=✗ cup=∪ curren=¤ Dagger=‡ dagger=† dArr=⇓ darr=↓
    dash=‐ Dcaron=Ď dcaron=ď deg=° Delta=Δ delta=δ diams=♦ divide=÷ dollar=$ Dstrok=Đ dstrok=đ
    Eacute=É eacute=é Ecaron=Ě ecaron=ě Ecirc=Ê ecirc=ê Edot=Ė edot=ė Egrave=È egrave=è Emacr=Ē
    emacr=ē empty=∅ emsp=\u{2003} ENG=Ŋ eng=ŋ ensp=\u{2002} Eogon=Ę eogon=ę Epsilon=Ε epsilon=ε
    equals== equiv=≡ Eta=Η eta=η ETH=Ð eth=ð Euml=Ë euml=ë euro=€ excl=! exist=∃ female=♀ flat=♭
    fnof=ƒ forall=∀ frac12=½ frac13=⅓ frac14=¼ frac15=⅕ frac16=⅙ frac18=⅛ frac23=⅔ frac25=⅖
    frac34=¾ frac35=⅗ frac38=⅜ frac45=⅘ frac56=⅚ frac58=⅝ frac78=⅞ frasl=⁄ Gamma=Γ gamma=γ Gbreve=Ğ
    gbreve=ğ Gcedil=Ģ Gcirc=Ĝ gcirc=ĝ Gdot=Ġ gdot=ġ ge=≥ grave=` GT=> gt=> half=½ hArr=⇔ harr=↔
    Hcirc=Ĥ hcirc=ĥ hearts=♥ hellip=… Hstrok=Ħ hstrok=ħ hyphen=‐ Iacute=Í iacute=í Icirc=Î icirc=î
    Idot=İ iexcl=¡ Igrave=Ì igrave=ì IJlig=Ĳ ijlig=ĳ Imacr=Ī imacr=ī image=ℑ imath=ı infin=∞
    inodot=ı int=∫ Iogon=Į iogon=į Iota=Ι iota=ι iquest=¿ isin=∈ Itilde=Ĩ itilde=ĩ Iuml=Ï iuml=ï
    Jcirc=Ĵ jcirc=ĵ Kappa=Κ kappa=κ Kcedil=Ķ kcedil=ķ Lacute=Ĺ lacute=ĺ Lambda=Λ lambda=λ lang=⟨
    laquo=« lArr=⇐ larr=← lbrace={ lbrack=[ Lcaron=Ľ lcaron=ľ Lcedil=Ļ lcedil=ļ lceil=⌈ lcub={
    ldquo=“ ldquor=„ le=≤ lfloor=⌊ lowast=∗ lowbar=_ loz=◊ lpar=( lrm=\u{200e} lsaquo=‹ lsqb=[
    lsquo=‘ lsquor=‚ Lstrok=Ł lstrok=ł LT=< lt=< macr=¯ male=♂ mdash=— micro=µ middot=· minus=−
    mldr=… Mu=Μ mu=μ nabla=∇ Nacute=Ń nacute=ń nbsp=\u{a0} Ncaron=Ň ncaron=ň Ncedil=Ņ ncedil=ņ
    ndash=– ne=≠ ni=∋ nldr=‥ not=¬ notin=∉ nsub=⊄ Ntilde=Ñ ntilde=ñ Nu=Ν nu=ν num=# numero=№
    Oacute=Ó oacute=ó Ocirc=Ô ocirc=ô Odblac=Ő odblac=ő OElig=Œ oelig=œ Ograve=Ò ograve=ò oline=‾
    Omacr=Ō omacr=ō Omega=Ω omega=ω Omicron=Ο omicron=ο oplus=⊕ or=∨ ordf=ª ordm=º Oslash=Ø
    oslash=ø Otilde=Õ otilde=õ otimes=⊗ Ouml=Ö ouml=ö para=¶ part=∂ percnt=% period=. permil=‰
    perp=⊥ Phi=Φ phi=φ phone=☎ Pi=Π pi=π piv=ϖ plus=+ plusmn=± pound=£ Prime=″ prime=′ prod=∏
    prop=∝ Psi=Ψ psi=ψ quest=? QUOT=\" quot=\" Racute=Ŕ racute=ŕ radic=√ rang=⟩ raquo=» rArr=⇒
    rarr=→ rbrace=} rbrack=] Rcaron=Ř rcaron=ř Rcedil=Ŗ rcedil=ŗ rceil=⌉ rcub=} rdquo=” rdquor=”
    real=ℜ REG=® reg=® rfloor=⌋ Rho=Ρ rho=ρ rlm=\u{200f} rpar=) rsaquo=› rsqb=] rsquo=’ rsquor=’
    Sacute=Ś sacute=ś sbquo=‚ Scaron=Š scaron=š Scedil=Ş scedil=ş Scirc=Ŝ scirc=ŝ sdot=⋅ sect=§
    semi=; sharp=♯ shy=\u{ad} Sigma=Σ sigma=σ sigmaf=ς sim=∼ sol=/ spades=♠ star=☆ starf=★ sub=⊂
    sube=⊆ sum=∑ sup=⊃ sup1=¹ sup2=² sup3=³ supe=⊇ szlig=ß Tau=Τ tau=τ Tcaron=Ť tcaron=ť Tcedil=Ţ
    tcedil=ţ there4=∴ Theta=Θ theta=θ thetasym=ϑ thinsp=\u{2009} THORN=Þ thorn=þ tilde=˜ times=×
    trade=™ Tstrok=Ŧ tstrok=ŧ Uacute=Ú uacute=ú uArr=⇑ uarr=↑ Ubreve=Ŭ ubreve=ŭ Ucirc=Û ucirc=û
    Udblac=Ű udblac=ű Ugrave=Ù ugrave=ù Umacr=Ū umacr=ū uml=¨ Uogon=Ų uogon=ų upsih=ϒ Upsilon=Υ
    upsilon=υ Uring=Ů uring=ů Utilde=Ũ utilde=ũ Uuml=Ü uuml=ü verbar=| vert=| Wcirc=Ŵ wcirc=ŵ
    weierp=℘ Xi=Ξ xi=ξ Yacute=Ý yacute=ý Ycirc=Ŷ ycirc=ŷ yen=¥ Yuml=Ÿ yuml=ÿ Zacute=Ź zacute=ź
    Zcaron=Ž zcaron=ž Zdot=Ż zdot=ż Zeta=Ζ zeta=ζ zwj=\u{200d} zwnj=\u{200c}
";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(unescape(text), *expected, "{text}");
        }
    }

    #[test]
    fn references_become_their_characters() {
        check(&[
            ("Salt &amp; pepper mill &ndash; oak", "Salt & pepper mill – oak"),
            ("&#8211;&#x2013;&#X2013;", "–––"),
            ("&quot;Caf&eacute;&quot; &Eacute;", "\"Café\" É"),
            ("12&nbsp;cm&sup2;", "12\u{a0}cm²"),
            ("&euro;5 &frac12; &frac13; &trade;", "€5 ½ ⅓ ™"),
            ("&Lstrok;&oacute;d&zacute; &Scaron; &ccaron;", "Łódź Š č"),
            ("It&apos;s &#39;it&#39; &rsquo;", "It's 'it' ’"),
            ("&lt;b&gt;", "<b>"),
            ("&equals;&bsol;&thetasym;", "=\\ϑ"),
            ("a&#10;b&#13;c&#9;d", "a b c d"),
            ("&#x1F600;", "😀"),
            ("&#0000065;", "A"),
        ]);
    }

    #[test]
    fn what_is_escaped_twice_is_decoded_twice_and_no_more() {
        check(&[
            ("Mill &amp;ndash; oak", "Mill – oak"),
            ("&amp;amp;", "&"),
            ("&amp;#8211;", "–"),
            ("&#38;ndash;", "–"),
            ("&amp;amp;ndash;", "&ndash;"),
        ]);
    }

    #[test]
    fn other_ampersands_stay() {
        for text in [
            "",
            "AT&T",
            "R&D;",
            "Salt & pepper",
            "&c.",
            "a&b;c",
            "&",
            "&;",
            "&#;",
            "&#x;",
            "&#xg;",
            "&#-5;",
            "&#+5;",
            "&# 5;",
            "&ndash",
            "&NDASH;",
            "&copy 2026",
            "a=1&copy=2",
            "&é;",
            "&ééé",
            "&#12345678901;",
            "& amp;",
            "&aaaaaaaaaaaaaaaaaaaaaaaaaa;",
        ] {
            assert!(matches!(unescape(text), Cow::Borrowed(kept) if kept == text), "{text}");
        }
    }

    #[test]
    fn references_to_what_does_not_show_are_dropped_or_no_references() {
        check(&[
            ("a&#0;b&#7;c&#27;d&#127;e", "abcde"),
            ("a&#8238;b&#x2066;c", "abc"),
            ("&#128;&#150;&#x92;&#129;", "€–’"),
            ("&#xD800;&#x110000;", "&#xD800;&#x110000;"),
        ]);
    }

    #[test]
    fn every_entry_of_the_table_is_read() {
        assert_eq!(NAMES.len(), ENTITIES.split_ascii_whitespace().count());
        assert!(NAMES.len() >= 252);
        assert!(NAMES.keys().all(|name| name.len() <= 8), "a name is longer than is looked for");
    }
}
