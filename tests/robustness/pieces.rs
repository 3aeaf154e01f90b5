//! A transmission that comes in pieces.

use std::io::Read;

use super::reading::Dice;

/// A stream that hands out pieces of random length.
pub struct Pieces<'a> {
    pub bytes: &'a [u8],
    pub longest: usize,
    pub dice: Dice,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = (1 + self.dice.roll(self.longest)).min(buffer.len());
        let (now, later) = self.bytes.split_at(most.min(self.bytes.len()));
        buffer[..now.len()].copy_from_slice(now);
        self.bytes = later;
        Ok(now.len())
    }
}
