//! Bounds against hostile input: reaching one is an error with its place, nothing is cut in silence.

use core::fmt;

/// How large the pieces of a message may grow. The syntax itself bounds nothing.
///
/// ```
/// use paxnorm::edifact::Limits;
///
/// let tight = Limits { segment_bytes: 4096, ..Limits::default() };
/// assert_eq!(tight.segments, Limits::default().segments);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one segment, its tag included: 1 MiB. History lines and texts stay below 10 KiB.
    pub segment_bytes: usize,
    /// Bytes of one component: 256 KiB.
    pub component_bytes: usize,
    /// Segments of one scan: 1,048,576. A booking of 8,000 history lines is known.
    pub segments: usize,
    /// Bytes of one scan: 1 GiB, and never more than 2 GiB.
    pub scan_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            segment_bytes: 1 << 20,
            component_bytes: 1 << 18,
            segments: 1 << 20,
            scan_bytes: 1 << 30,
        }
    }
}

/// Which of the [`Limits`] was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::segment_bytes`].
    SegmentBytes,
    /// [`Limits::component_bytes`].
    ComponentBytes,
    /// [`Limits::segments`].
    Segments,
    /// [`Limits::scan_bytes`].
    ScanBytes,
    /// Elements of a segment or components of an element: 65,535.
    Positions,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::SegmentBytes => "bytes of a segment",
            Limit::ComponentBytes => "bytes of a component",
            Limit::Segments => "segments of a scan",
            Limit::ScanBytes => "bytes of a scan",
            Limit::Positions => "positions of a segment",
        })
    }
}

/// A piece of the input is larger than the [`Limits`] allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {maximum} {limit} at byte {offset}")]
pub struct LimitReached {
    /// Which limit.
    pub limit: Limit,
    /// Where the piece starts in the window.
    pub offset: usize,
    /// The limit's value.
    pub maximum: usize,
}
