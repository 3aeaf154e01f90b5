//! What the reading is measured against: a peer's tokens, and a plain count of delimiters.

use wide::u8x16;

/// Bare tokens of edifact-rs, which keeps spans and takes release characters out: the
/// segments that it gives. What it refuses is not counted.
///
/// It knows no `IATA:1`, so its input must name another syntax.
pub(crate) fn peer(input: &[u8]) -> usize {
    edifact_rs::from_bytes(input).filter(Result::is_ok).count()
}

/// The count of the four delimiters, 64 bytes at a time: the ceiling of any scan without
/// intrinsics.
pub(crate) fn structural(input: &[u8]) -> u32 {
    let wanted = [b':', b'+', b'?', b'\''].map(|byte| u8x16::from([byte; 16]));
    let (blocks, _) = input.as_chunks::<64>();
    let mut count = 0;
    for block in blocks {
        let (quarters, _) = block.as_chunks::<16>();
        let mut mask = 0u64;
        for (i, quarter) in quarters.iter().enumerate() {
            let bytes = u8x16::from(*quarter);
            let [a, b, c, d] = wanted.map(|byte| bytes.simd_eq(byte));
            mask |= u64::from((a | b | c | d).to_bitmask()) << (16 * i);
        }
        count += mask.count_ones();
    }
    count
}
