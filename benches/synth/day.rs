//! Days and minutes as airlines write them: reach for it wherever a segment holds a date.

use std::fmt::{self, Display, Formatter};

/// Days since 1 March 1900, so that the leap day ends the year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i32);

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

impl Day {
    /// 1 January 2025, where the generated traffic begins.
    pub(crate) const START: Day = Day(45_597);

    pub(crate) fn plus(self, days: u32) -> Day {
        Day(self.0 + days as i32)
    }

    pub(crate) fn minus(self, days: u32) -> Day {
        Day(self.0 - days as i32)
    }

    /// Year, month and day. The Julian rule of four years holds from 1901 to 2099.
    pub(crate) fn civil(self) -> (i32, usize, i32) {
        let year = (4 * self.0 + 3) / 1461;
        let of_year = self.0 - 1461 * year / 4;
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let shifted = month + 2;
        (1900 + year + shifted / 12, (shifted % 12) as usize, day)
    }

    /// `DDMMYY`, the date of message bodies.
    pub(crate) fn body(self) -> impl Display {
        let (year, month, day) = self.civil();
        Shown(move |f: &mut Formatter<'_>| write!(f, "{day:02}{:02}{:02}", month + 1, year % 100))
    }

    /// `YYMMDD`, the date of envelopes and of PAXLST.
    pub(crate) fn envelope(self) -> impl Display {
        let (year, month, day) = self.civil();
        Shown(move |f: &mut Formatter<'_>| write!(f, "{:02}{:02}{day:02}", year % 100, month + 1))
    }

    /// `DDMMMYY`, the date of free text.
    pub(crate) fn text(self) -> impl Display {
        let (year, month, day) = self.civil();
        Shown(move |f: &mut Formatter<'_>| write!(f, "{day:02}{}{:02}", MONTHS[month], year % 100))
    }
}

/// Minutes after midnight as `HHMM`.
pub(crate) fn clock(minutes: u32) -> impl Display {
    Shown(move |f: &mut Formatter<'_>| write!(f, "{:02}{:02}", minutes / 60 % 24, minutes % 60))
}

struct Shown<F>(F);

impl<F: Fn(&mut Formatter<'_>) -> fmt::Result> Display for Shown<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}
