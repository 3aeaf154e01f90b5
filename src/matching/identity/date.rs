//! Dates of birth as sources tell them, and how two of them agree.

use serde::{Deserialize, Serialize};

/// A date of which parts may be unknown; 0 stands for a part that is.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Date {
    /// Year; below 100 one of two digits, of which the century is open.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// Hides the date: it is personal data.
impl std::fmt::Debug for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Date")
    }
}

/// How two dates agree, from nothing said to the same day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateAgreement {
    /// One side does not tell enough.
    #[default]
    Missing,
    /// They differ.
    Different,
    /// A year apart, where one side tells only the year.
    Near,
    /// The year agrees, and nothing more is told by both.
    Year,
    /// One digit differs.
    Digit,
    /// Year and month agree, and no day is told by both.
    Month,
    /// Day and month are exchanged.
    Exchanged,
    /// The same day.
    Same,
}

impl Date {
    /// A date of year, month and day; 0 for a part that is not known.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// How two dates agree. A year of two digits agrees with every century;
    /// the first of January stands for an unknown day of the year only where
    /// the other side says no more than the year.
    ///
    /// ```
    /// use paxnorm::matching::{Date, DateAgreement};
    ///
    /// let born = Date::new(1984, 3, 7);
    /// assert_eq!(born.compare(&Date::new(84, 3, 7)), DateAgreement::Same);
    /// assert_eq!(born.compare(&Date::new(1984, 7, 3)), DateAgreement::Exchanged);
    /// assert_eq!(born.compare(&Date::new(1984, 0, 0)), DateAgreement::Year);
    /// assert_eq!(born.compare(&Date::new(1964, 3, 7)), DateAgreement::Digit);
    /// assert_eq!(born.compare(&Date::new(1971, 11, 20)), DateAgreement::Different);
    /// ```
    #[must_use]
    pub fn compare(&self, other: &Self) -> DateAgreement {
        if self.year == 0 || other.year == 0 {
            return DateAgreement::Missing;
        }
        let (full, years) = (
            self.month != 0 && other.month != 0,
            years(self.year, other.year),
        );
        match years {
            0 if !full => DateAgreement::Year,
            0 => self.within_year(other),
            1 if !full => DateAgreement::Near,
            _ if full && self.digits_apart(other) == 1 => DateAgreement::Digit,
            _ => DateAgreement::Different,
        }
    }

    fn within_year(&self, other: &Self) -> DateAgreement {
        let days = self.day != 0 && other.day != 0;
        if self.month == other.month && (self.day == other.day && days) {
            DateAgreement::Same
        } else if self.month == other.month && !days {
            DateAgreement::Month
        } else if days && (self.month, self.day) == (other.day, other.month) {
            DateAgreement::Exchanged
        } else if self.digits_apart(other) == 1 {
            DateAgreement::Digit
        } else {
            DateAgreement::Different
        }
    }

    /// How many digits of the two written out differ.
    fn digits_apart(&self, other: &Self) -> usize {
        let (mut a, mut b) = (self.digits(), other.digits());
        if self.year < 100 || other.year < 100 {
            (a[0], a[1], b[0], b[1]) = (0, 0, 0, 0);
        }
        a.iter().zip(&b).filter(|(x, y)| x != y).count()
    }

    fn digits(&self) -> [u8; 8] {
        let (year, month, day) = (self.year, self.month, self.day);
        let place = |power: u16| (year / power % 10) as u8;
        [
            place(1000),
            place(100),
            place(10),
            place(1),
            month / 10,
            month % 10,
            day / 10,
            day % 10,
        ]
    }
}

/// Years apart; a year of two digits may be of any century.
fn years(a: u16, b: u16) -> u16 {
    if a < 100 || b < 100 {
        let apart = (a % 100).abs_diff(b % 100);
        apart.min(100 - apart)
    } else {
        a.abs_diff(b)
    }
}
