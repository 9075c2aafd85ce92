//! The shop's colour, and what can be read on it.

/// A colour by its red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Parses `#rrggbb`.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let parsed = || {
            let is_hex = |digits: &&str| digits.bytes().all(|b| b.is_ascii_hexdigit());
            let digits = text.strip_prefix('#').filter(|d| d.len() == 6).filter(is_hex)?;
            let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
            Some(Self([byte(0)?, byte(2)?, byte(4)?]))
        };
        parsed().ok_or("is no colour such as #1f6feb")
    }

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// White, or black where white could not be read: on any colour, one of them
    /// has the contrast of 4.5 that WCAG's level AA asks for.
    /// Source: WCAG 2.2, success criterion 1.4.3.
    pub fn text_on_it(self) -> &'static str {
        if Self([0xff; 3]).contrast(self) >= 4.5 { "#ffffff" } else { "#000000" }
    }

    /// Whether it is hard to tell from the ground of a mail in the dark.
    /// Source: WCAG 2.2, success criterion 1.4.11.
    pub(crate) fn is_dark(self) -> bool {
        const GROUND: Colour = Colour([0x1c, 0x21, 0x27]);
        self.contrast(GROUND) < 3.0
    }

    /// From 1 to 21. Source: WCAG 2.2, "contrast ratio".
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Source: WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |value: u8| match f64::from(value) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_on_any_colour() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let colour = Colour([red, green, blue]);
                    let text = Colour::parse(colour.text_on_it()).unwrap();
                    assert!(text.contrast(colour) >= 4.5, "{}", colour.hex());
                }
            }
        }
        assert_eq!(Colour::parse("#0055AA").unwrap().text_on_it(), "#ffffff");
        assert_eq!(Colour::parse("#ffd400").unwrap().text_on_it(), "#000000");
    }

    #[test]
    fn a_dark_button_needs_an_edge_in_the_dark() {
        let is_dark = |text| Colour::parse(text).unwrap().is_dark();
        assert!(is_dark("#000000") && is_dark("#1c2127") && is_dark("#0b2545"));
        assert!(!is_dark("#ffd400") && !is_dark("#ffffff"));
    }

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        assert_eq!(Colour::parse("#0055AA").unwrap().hex(), "#0055aa");
        for wrong in ["", "#fff", "0055aa", "#0055ag", "red", "#0055aa;x", "#+0+0+0", "#ééé"] {
            assert!(Colour::parse(wrong).is_err(), "{wrong}");
        }
    }
}
