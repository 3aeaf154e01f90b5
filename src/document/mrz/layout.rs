/// The size and arrangement of a machine-readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Layout {
    /// Card of 3 lines of 30 (Doc 9303 Part 5).
    Td1,
    /// Card of 2 lines of 36 (Part 6).
    Td2,
    /// Passport of 2 lines of 44 (Part 4).
    Td3,
    /// Visa of 2 lines of 44 (Part 7).
    MrvA,
    /// Visa of 2 lines of 36 (Part 7).
    MrvB,
}

/// Line, first and last column, counted from 1 as Doc 9303 prints them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span(pub(super) usize, pub(super) usize, pub(super) usize);

impl Span {
    pub(super) fn width(self) -> usize {
        (self.2 + 1).saturating_sub(self.1)
    }
}

/// Where each field of a layout stands.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) code: Span,
    pub(super) issuer: Span,
    pub(super) number: Span,
    pub(super) number_check: Span,
    pub(super) nationality: Span,
    pub(super) birth: Span,
    pub(super) birth_check: Span,
    pub(super) sex: Span,
    pub(super) expiry: Span,
    pub(super) expiry_check: Span,
    pub(super) optional: Span,
    pub(super) optional_2: Option<Span>,
    /// Check digit over `optional`, the personal number of a passport.
    pub(super) personal_check: Option<Span>,
    pub(super) composite: Option<(&'static [Span], Span)>,
    pub(super) name: Span,
}

const TD1: Plan = Plan {
    code: Span(1, 1, 2),
    issuer: Span(1, 3, 5),
    number: Span(1, 6, 14),
    number_check: Span(1, 15, 15),
    nationality: Span(2, 16, 18),
    birth: Span(2, 1, 6),
    birth_check: Span(2, 7, 7),
    sex: Span(2, 8, 8),
    expiry: Span(2, 9, 14),
    expiry_check: Span(2, 15, 15),
    optional: Span(1, 16, 30),
    optional_2: Some(Span(2, 19, 29)),
    personal_check: None,
    composite: Some((
        &[
            Span(1, 6, 30),
            Span(2, 1, 7),
            Span(2, 9, 15),
            Span(2, 19, 29),
        ],
        Span(2, 30, 30),
    )),
    name: Span(3, 1, 30),
};

/// The second line that all layouts of two lines share.
const TD3: Plan = Plan {
    code: Span(1, 1, 2),
    issuer: Span(1, 3, 5),
    number: Span(2, 1, 9),
    number_check: Span(2, 10, 10),
    nationality: Span(2, 11, 13),
    birth: Span(2, 14, 19),
    birth_check: Span(2, 20, 20),
    sex: Span(2, 21, 21),
    expiry: Span(2, 22, 27),
    expiry_check: Span(2, 28, 28),
    optional: Span(2, 29, 42),
    optional_2: None,
    personal_check: Some(Span(2, 43, 43)),
    composite: Some((
        &[Span(2, 1, 10), Span(2, 14, 20), Span(2, 22, 43)],
        Span(2, 44, 44),
    )),
    name: Span(1, 6, 44),
};

const TD2: Plan = Plan {
    optional: Span(2, 29, 35),
    personal_check: None,
    composite: Some((
        &[Span(2, 1, 10), Span(2, 14, 20), Span(2, 22, 35)],
        Span(2, 36, 36),
    )),
    name: Span(1, 6, 36),
    ..TD3
};

const MRV_A: Plan = Plan {
    optional: Span(2, 29, 44),
    personal_check: None,
    composite: None,
    ..TD3
};

const MRV_B: Plan = Plan {
    optional: Span(2, 29, 36),
    composite: None,
    ..TD2
};

impl Layout {
    /// Every layout.
    pub const ALL: [Layout; 5] = [
        Layout::Td1,
        Layout::Td2,
        Layout::Td3,
        Layout::MrvA,
        Layout::MrvB,
    ];

    /// Number of lines.
    #[must_use]
    pub fn lines(self) -> usize {
        if self == Self::Td1 { 3 } else { 2 }
    }

    /// Characters of a line.
    #[must_use]
    pub fn width(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 | Self::MrvB => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }

    /// Characters of the name field.
    #[must_use]
    pub fn name_width(self) -> usize {
        self.plan().name.width()
    }

    /// True for the visas.
    #[must_use]
    pub fn is_visa(self) -> bool {
        matches!(self, Self::MrvA | Self::MrvB)
    }

    /// True where a number of more than nine characters goes on in the optional data (Parts 5 and 6).
    pub(super) fn holds_long_numbers(self) -> bool {
        matches!(self, Self::Td1 | Self::Td2)
    }

    pub(super) fn plan(self) -> &'static Plan {
        match self {
            Self::Td1 => &TD1,
            Self::Td2 => &TD2,
            Self::Td3 => &TD3,
            Self::MrvA => &MRV_A,
            Self::MrvB => &MRV_B,
        }
    }
}
