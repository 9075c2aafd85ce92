//! Numbering plans: whether digits are a number, and whose. Follows `parse`, `isValidNumber` and
//! `getNumberType` of libphonenumber step by step, so that the two agree.
//! Source: libphonenumber, `PhoneNumberUtil.java`.

use std::sync::OnceLock;

use super::{NumberType, Parsed, pattern};

/// The patterns, by country. What the columns mean is said in `numbering_plans.py`.
const TABLE: &str = include_str!("numbering-plans.tsv");

/// The most digits a number has, calling code and all. Source: ITU-T E.164, 6.1.
const E164_DIGITS: usize = 15;
/// The fewest and the most digits after the calling code that libphonenumber reads.
const NATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 2..=17;

/// A plan's line in the table; its patterns are found when they are needed.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    code: &'static str,
    region: &'static str,
    patterns: &'static str,
}

/// The columns after the calling code and the region.
enum Column {
    InternationalPrefix,
    NationalPrefix,
    Replacement,
    LeadingDigits,
    General,
}

/// The types in the order of their columns, in which the first that matches is the number's; the
/// last two, fixed-line and mobile, are told apart by both.
const TYPES: [NumberType; 8] = [
    NumberType::PremiumRate,
    NumberType::TollFree,
    NumberType::SharedCost,
    NumberType::Voip,
    NumberType::PersonalNumber,
    NumberType::Pager,
    NumberType::Uan,
    NumberType::Voicemail,
];

/// Every plan. Only where the lines start is found out, once, when the first number is read.
fn plans() -> &'static [Plan] {
    static PLANS: OnceLock<Vec<Plan>> = OnceLock::new();
    PLANS.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                let (code, rest) = line.split_once('\t')?;
                let (region, patterns) = rest.split_once('\t')?;
                Some(Plan { code, region, patterns })
            })
            .collect()
    })
}

/// The plans that share a calling code, the main one first.
fn sharing(code: &str) -> &'static [Plan] {
    let plans = plans();
    let from = plans.partition_point(|plan| plan.code < code);
    let to = plans.partition_point(|plan| plan.code <= code);
    plans.get(from..to).unwrap_or_default()
}

/// The plan of a country, by its alpha-2 code.
pub(crate) fn of_country(code: &str) -> Option<Plan> {
    let country = |plan: &&Plan| plan.region.eq_ignore_ascii_case(code) && code != "001";
    plans().iter().find(country).copied()
}

/// Reads digits that stand after a `+` or an international prefix.
pub(crate) fn international(digits: &str) -> Option<Parsed> {
    let (code, rest, main) = calling_code(digits)?;
    // A trunk prefix is dropped even where the plan has none, such as in "+48 (0) 601 234 567";
    // a calling code that a form had filled in already is taken once, as in "+43 0043 660 …".
    main.complete(rest)
        .or_else(|| main.complete(rest.strip_prefix('0').filter(|rest| !rest.starts_with('0'))?))
        .or_else(|| main.complete(rest.strip_prefix("00")?.strip_prefix(code)?))
}

/// Reads digits that have no `+`: as dialled within a country if one is known, or after `00`.
pub(crate) fn dialled(home: Option<Plan>, digits: &str) -> Option<Parsed> {
    let after_00 = || international(digits.strip_prefix("00")?);
    let Some(home) = home else { return after_00() };
    let prefix = pattern::prefix(home.column(Column::InternationalPrefix), digits);
    match prefix.and_then(|prefix| digits.get(prefix.length..)) {
        // No calling code starts with a 0.
        Some(abroad) if !abroad.starts_with('0') => international(abroad),
        // Those who wrote it down may live in another country than they order from.
        _ => home.dialled_within(digits).or_else(after_00),
    }
}

/// The calling code that digits start with, what follows it, and the main plan that has it.
fn calling_code(digits: &str) -> Option<(&str, &str, Plan)> {
    (1..=3).find_map(|length| {
        let (code, rest) = digits.split_at_checked(length)?;
        Some((code, rest, *sharing(code).first()?))
    })
}

impl Plan {
    fn column(&self, column: Column) -> &'static str {
        self.patterns.split('\t').nth(column as usize).unwrap_or_default()
    }

    /// The lengths that numbers have, one bit for each, and what they look like.
    fn general(&self) -> (u32, &'static str) {
        lengths_and_pattern(self.column(Column::General))
    }

    /// The length of the longest number.
    fn longest(&self) -> usize {
        self.general().0.checked_ilog2().map_or(0, |bit| bit as usize)
    }

    /// Reads digits as dialled within the country, or with its calling code but no `+`.
    fn dialled_within(self, digits: &str) -> Option<Parsed> {
        if let Some(rest) = digits.strip_prefix(self.code) {
            let rest = self.without_national_prefix(rest);
            let fits = |digits: &str| pattern::matches(self.general().1, digits);
            if digits.len() > self.longest() || !fits(digits) && fits(&rest) {
                return sharing(self.code).first()?.complete(&rest);
            }
        }
        self.complete(digits)
    }

    /// Reads digits that stand after the calling code, the national prefix among them or not.
    fn complete(&self, digits: &str) -> Option<Parsed> {
        let stripped = self.without_national_prefix(digits);
        // Not stripped is what would be too short then: it is whole without the prefix.
        let keeps = has_length(self.general().0, &stripped) || stripped.len() > self.longest();
        let national = if keeps { &stripped } else { digits };
        if !NATIONAL_DIGITS.contains(&national.len())
            || self.code.len() + national.len() > E164_DIGITS
        {
            return None;
        }
        let (region, kind) = self.owner(national)?;
        Some(Parsed { e164: format!("+{}{national}", self.code), region, kind })
    }

    /// The country, of those that share this calling code, that a number belongs to, and its type.
    fn owner(&self, national: &str) -> Option<(&'static str, NumberType)> {
        let plans = sharing(self.code);
        for plan in plans {
            let number = || plan.kind(national).map(|kind| (plan.region, kind));
            let leading = plan.column(Column::LeadingDigits);
            // A number that starts like a country's is that country's or none.
            if plans.len() == 1 || pattern::prefix(leading, national).is_some() {
                return number();
            }
            if let Some(number) = leading.is_empty().then(number).flatten() {
                return Some(number);
            }
        }
        None
    }

    /// The type of a number, if it is one.
    fn kind(&self, national: &str) -> Option<NumberType> {
        let mut columns = self.patterns.split('\t').skip(Column::General as usize);
        let is = |column: Option<&str>| {
            let (lengths, pattern) = lengths_and_pattern(column.unwrap_or_default());
            has_length(lengths, national) && pattern::matches(pattern, national)
        };
        if !is(columns.next()) {
            return None;
        }
        if let Some(kind) = TYPES.into_iter().find(|_| is(columns.next())) {
            return Some(kind);
        }
        let (fixed, mobile) = (columns.next(), columns.next());
        match (is(fixed), mobile) {
            (true, Some("=")) => Some(NumberType::FixedLineOrMobile),
            (true, mobile) if is(mobile) => Some(NumberType::FixedLineOrMobile),
            (true, _) => Some(NumberType::FixedLine),
            (false, mobile) => is(mobile).then_some(NumberType::Mobile),
        }
    }

    /// The digits without the national prefix and a carrier's code, or as they are where they
    /// are a number only with it.
    fn without_national_prefix(&self, digits: &str) -> String {
        let fits = |digits: &str| pattern::matches(self.general().1, digits);
        let stripped = pattern::prefix(self.column(Column::NationalPrefix), digits).map(|found| {
            let rest = digits.get(found.length..).unwrap_or_default();
            let replacement = self.column(Column::Replacement);
            if replacement.is_empty() || !found.last_group {
                return rest.to_owned();
            }
            let [first, second] = found.groups.map(Option::unwrap_or_default);
            replacement.replace("\\1", first).replace("\\2", second) + rest
        });
        match stripped {
            Some(stripped) if fits(&stripped) || !fits(digits) => stripped,
            _ => digits.to_owned(),
        }
    }
}

fn has_length(lengths: u32, digits: &str) -> bool {
    u32::try_from(digits.len()).is_ok_and(|length| length < 32 && lengths & (1 << length) != 0)
}

/// The lengths and the pattern of a column; without lengths, the pattern's are the type's.
fn lengths_and_pattern(column: &str) -> (u32, &str) {
    // Where a column has no lengths, its first colon is that of a group, after "(?".
    let parts = column.split_once(':');
    parts
        .and_then(|(mask, pattern)| Some((u32::from_str_radix(mask, 16).ok()?, pattern)))
        .unwrap_or((u32::MAX, column))
}
