//! Mobile or landline: a text reaches only the one.

/// What can be reached under a customer's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phones {
    /// At least one mobile: texts arrive.
    pub mobile: bool,
    /// At least one landline: only calls arrive.
    pub landline: bool,
}

impl Phones {
    /// Of all numbers of a contact, as written.
    pub fn of<'n>(numbers: impl IntoIterator<Item = &'n str>) -> Self {
        let mut phones = Self::default();
        for number in numbers {
            if is_mobile(number) {
                phones.mobile = true;
            } else if number.chars().any(|c| c.is_ascii_digit()) {
                phones.landline = true;
            }
        }
        phones
    }

    /// What is reached under the numbers of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            mobile: self.mobile || other.mobile,
            landline: self.landline || other.landline,
        }
    }

    /// Whether any number is known.
    pub fn any(self) -> bool {
        self.mobile || self.landline
    }
}

/// Eleven digits from 13… to 19…, with or without the country code and separators.
pub fn is_mobile(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let bare = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11))
        .unwrap_or(&digits);
    let [b'1', second, ..] = bare.as_bytes() else {
        return false;
    };
    bare.len() == 11 && (b'3'..=b'9').contains(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_mobile_from_a_landline_and_from_an_extension() {
        for mobile in ["13800008000", "+86 199-0000-8000", "8613800008000"] {
            assert!(is_mobile(mobile), "{mobile}");
        }
        for other in [
            "073100000000",
            "12800008000",
            "1380000800",
            "",
            "400 000 0000",
        ] {
            assert!(!is_mobile(other), "{other}");
        }
        let phones = Phones::of(["0731-0000000", "13800008000"]);
        assert!(phones.mobile && phones.landline && phones.any());
        assert!(!Phones::of(["", "无"]).any());
    }
}
