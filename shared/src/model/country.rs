//! Countries, and which of them a phone number may belong to.
//! Source: ISO 3166-1; ITU-T "List of Recommendation ITU-T E.164 assigned
//! country codes"; the North American Numbering Plan's area codes.

use std::fmt;

/// A country, by its ISO 3166-1 alpha-2 code. `XK`, user-assigned and in general
/// use, stands for Kosovo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

/// Not an assigned country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not an ISO 3166-1 alpha-2 country code such as AT")]
pub struct NotACountry;

impl Country {
    /// Parses a code, in capital letters, that is assigned.
    ///
    /// # Errors
    /// [`NotACountry`].
    pub fn parse(text: &str) -> Result<Self, NotACountry> {
        let assigned = CODES.split_whitespace().any(|code| code == text);
        match text.as_bytes() {
            &[first, second] if assigned => Ok(Self([first, second])),
            _ => Err(NotACountry),
        }
    }

    /// Every country.
    pub fn all() -> Vec<Self> {
        CODES.split_whitespace().filter_map(|code| Self::parse(code).ok()).collect()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0.map(char::from);
        write!(f, "{first}{second}")
    }
}

/// The countries that a number, in E.164 digits without the `+`, may belong to:
/// those of the longest prefix listed. None where the prefix belongs to no
/// country (satellites, global services) or is not assigned.
pub(crate) fn of(digits: &str) -> impl Iterator<Item = Country> {
    entries()
        .filter(|(prefix, _)| digits.starts_with(prefix))
        .max_by_key(|(prefix, _)| prefix.len())
        .into_iter()
        .flat_map(|(_, countries)| countries.split('/'))
        .filter_map(|code| Country::parse(code).ok())
}

fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    PREFIXES.split_whitespace().filter_map(|entry| entry.split_once(':'))
}

/// The codes that are assigned.
const CODES: &str = "
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA
    ZM ZW
";

/// Calling-code prefix and its countries, one line or more for each of ITU's
/// zones. Countries that share a code and number within it alike (or nearly so)
/// stand together. Ascension and Tristan da Cunha belong to SH. Area codes after
/// 1 that are not listed are those of the United States.
const PREFIXES: &str = "
    1:US 1204:CA 1226:CA 1236:CA 1242:BS 1246:BB 1249:CA 1250:CA 1257:CA 1263:CA 1264:AI 1268:AG
    1273:CA 1284:VG 1289:CA 1306:CA 1340:VI 1343:CA 1345:KY 1354:CA 1365:CA 1367:CA 1368:CA
    1382:CA 1403:CA 1416:CA 1418:CA 1428:CA 1431:CA 1437:CA 1438:CA 1441:BM 1450:CA 1460:CA
    1468:CA 1473:GD 1474:CA 1506:CA 1514:CA 1519:CA 1548:CA 1579:CA 1581:CA 1584:CA 1587:CA
    1600:CA 1604:CA 1613:CA 1622:CA 1633:CA 1639:CA 1644:CA 1647:CA 1649:TC 1655:CA 1658:JM
    1664:MS 1670:MP 1671:GU 1672:CA 1677:CA 1683:CA 1684:AS 1688:CA 1705:CA 1709:CA 1721:SX
    1742:CA 1753:CA 1758:LC 1767:DM 1778:CA 1780:CA 1782:CA 1784:VC 1787:PR 1807:CA 1809:DO
    1819:CA 1825:CA 1829:DO 1849:DO 1867:CA 1868:TT 1869:KN 1873:CA 1876:JM 1879:CA 1902:CA
    1905:CA 1939:PR 1942:CA
    20:EG 211:SS 212:EH/MA 213:DZ 216:TN 218:LY 220:GM 221:SN 222:MR 223:ML 224:GN 225:CI 226:BF
    227:NE 228:TG 229:BJ 230:MU 231:LR 232:SL 233:GH 234:NG 235:TD 236:CF 237:CM 238:CV 239:ST
    240:GQ 241:GA 242:CG 243:CD 244:AO 245:GW 246:IO 247:SH 248:SC 249:SD 250:RW 251:ET 252:SO
    253:DJ 254:KE 255:TZ 256:UG 257:BI 258:MZ 260:ZM 261:MG 262:RE/YT 263:ZW 264:NA 265:MW
    266:LS 267:BW 268:SZ 269:KM 27:ZA 290:SH 291:ER 297:AW 298:FO 299:GL
    30:GR 31:NL 32:BE 33:FR 34:ES 350:GI 351:PT 352:LU 353:IE 354:IS 355:AL 356:MT 357:CY
    358:AX/FI 359:BG 36:HU 370:LT 371:LV 372:EE 373:MD 374:AM 375:BY 376:AD 377:MC 378:SM 379:VA
    380:UA 381:RS 382:ME 383:XK 385:HR 386:SI 387:BA 389:MK 39:IT/VA 390549:IT/SM
    40:RO 41:CH 420:CZ 421:SK 423:LI 43:AT 44:GB/GG/IM/JE 45:DK 46:SE 47:NO/SJ 48:PL 49:DE
    500:FK/GS 501:BZ 502:GT 503:SV 504:HN 505:NI 506:CR 507:PA 508:PM 509:HT 51:PE 52:MX 53:CU
    54:AR 55:BR 56:CL 57:CO 58:VE 590:BL/GP/MF 591:BO 592:GY 593:EC 594:GF 595:PY 596:MQ 597:SR
    598:UY 599:BQ/CW
    60:MY 61:AU/CC/CX 62:ID 63:PH 64:NZ/PN 65:SG 66:TH 670:TL 672:AQ/NF 673:BN 674:NR 675:PG
    676:TO 677:SB 678:VU 679:FJ 680:PW 681:WF 682:CK 683:NU 685:WS 686:KI 687:NC 688:TV 689:PF
    690:TK 691:FM 692:MH
    7:RU 76:KZ 77:KZ
    81:JP 82:KR 84:VN 850:KP 852:HK 853:MO 855:KH 856:LA 86:CN 880:BD 886:TW
    90:TR 91:IN 92:PK 93:AF 94:LK 95:MM 960:MV 961:LB 962:JO 963:SY 964:IQ 965:KW 966:SA 967:YE
    968:OM 970:PS 971:AE 972:IL 973:BH 974:QA 975:BT 976:MN 977:NP 98:IR 992:TJ 993:TM 994:AZ
    995:GE 996:KG 998:UZ
";

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn of(digits: &str) -> String {
        super::of(digits).map(|country| country.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_assigned_codes_in_capital_letters_are_countries() {
        for good in ["AT", "US", "CN", "XK"] {
            assert_eq!(Country::parse(good).unwrap().to_string(), good);
        }
        for bad in ["", "A", "at", "AUT", "UK", "XX", "ÄT", "AT ", "A T", "\n"] {
            assert_eq!(Country::parse(bad), Err(NotACountry), "{bad:?}");
        }
    }

    #[test]
    fn a_number_belongs_to_the_country_of_its_longest_prefix() {
        let cases = [
            ("436601234567", "AT"),
            ("8613800138000", "CN"),
            ("819000000000", "JP"),
            ("353209123456", "IE"),
            ("12025550123", "US"),
            ("14165550123", "CA"),
            ("18765550123", "JM"),
            ("16715550123", "GU"),
            ("78005550123", "RU"),
            ("77015550123", "KZ"),
            ("76005550123", "KZ"),
            ("447700900123", "GB GG IM JE"),
            ("390612345678", "IT VA"),
            ("390549123456", "IT SM"),
            ("4740612345", "NO SJ"),
            ("262692123456", "RE YT"),
            ("590690123456", "BL GP MF"),
            ("59995181234", "BQ CW"),
            ("61491570006", "AU CC CX"),
            ("212600123456", "EH MA"),
            ("358401234567", "AX FI"),
            ("38344123456", "XK"),
        ];
        for (digits, countries) in cases {
            assert_eq!(of(digits), countries, "+{digits}");
        }
    }

    #[test]
    fn a_number_outside_every_country_belongs_to_none() {
        for digits in ["88216123456", "870123456789", "80012345678", "2101234567", "99912345678"] {
            assert_eq!(of(digits), "", "+{digits}");
        }
    }

    #[test]
    fn the_tables_are_sound() {
        let prefixes: Vec<_> = entries().map(|(prefix, _)| prefix).collect();
        let distinct: HashSet<_> = prefixes.iter().collect();
        assert_eq!(distinct.len(), prefixes.len(), "a prefix is listed twice");
        assert_eq!(prefixes.len(), PREFIXES.split_whitespace().count(), "an entry has no colon");

        let reached: HashSet<_> =
            entries().flat_map(|(_, countries)| countries.split('/')).collect();
        let codes: HashSet<_> = CODES.split_whitespace().collect();
        assert!(reached.is_subset(&codes), "a prefix names a country that is none");
        let mut without_numbers: Vec<_> = codes.difference(&reached).copied().collect();
        without_numbers.sort_unstable();
        assert_eq!(without_numbers, ["BV", "HM", "TF", "UM"], "uninhabited, all of them");
    }
}
