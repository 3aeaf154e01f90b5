//! Draws names by their frequency, the same ones in every run.

const TOKENS: &str = include_str!("../../tests/data/names/tokens.tsv");

/// Names to draw by their frequency.
pub(crate) struct Wheel(Vec<(u64, &'static str)>);

impl Wheel {
    pub(crate) fn new(part: &str) -> Self {
        let rows = TOKENS.lines().skip(2).filter_map(|line| {
            let mut cells = line.split('\t');
            Some((
                cells.next()?,
                cells.next()?,
                cells.next()?.parse::<u64>().ok()?,
            ))
        });
        let mut sum = 0;
        let chosen = rows.filter(|row| row.0 == part).map(|(_, name, count)| {
            sum += count;
            (sum, name)
        });
        Self(chosen.collect())
    }

    pub(crate) fn turn(&self, random: &mut Random) -> &'static str {
        let end = self.0.last().map_or(1, |last| last.0);
        let at = random.below(end);
        self.0[self.0.partition_point(|row| row.0 <= at)].1
    }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// People drawn by the frequency of their names: one or two given names, one or
/// two surnames.
pub(crate) struct Strangers {
    random: Random,
    given: Wheel,
    surnames: Wheel,
}

impl Strangers {
    pub(crate) fn new() -> Self {
        Self {
            random: Random(11),
            given: Wheel::new("g"),
            surnames: Wheel::new("s"),
        }
    }
}

impl Iterator for Strangers {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let random = &mut self.random;
        let mut name = self.given.turn(random).to_owned();
        let second = (random.below(2) == 0).then_some(&self.given);
        let another = (random.below(4) == 0).then_some(&self.surnames);
        for wheel in [second, Some(&self.surnames), another]
            .into_iter()
            .flatten()
        {
            name = name + " " + wheel.turn(random);
        }
        Some(name)
    }
}
