//! Results that must not change by a bit, as sums of their bytes (FNV-1a).

/// A sum over bytes that come one after the other.
pub struct Sum(pub u64);

impl Sum {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn bytes(&mut self, bytes: impl IntoIterator<Item = u8>) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

/// What is summed, how, and its sum.
pub type Group = (&'static str, fn() -> u64, u64);

/// Asserts that each group still has its sum, and tells the sums of those that have not.
pub fn assert_unchanged(groups: &[Group]) {
    let wrong: Vec<String> = groups
        .iter()
        .filter_map(|(name, group, sum)| {
            let found = group();
            (found != *sum).then(|| format!("(\"{name}\", {name}, {found:#018x})"))
        })
        .collect();
    assert!(wrong.is_empty(), "others are {}", wrong.join(", "));
}
