//! A transmission of any length, without its bytes in memory: one message over and over, as a
//! stream. Reach for it to see how cost grows, and that memory does not.

use std::io::{self, Read};

use super::synth;

/// An interchange of one message of a hundred bookings, repeated.
pub(crate) struct Repeated {
    once: Vec<u8>,
    /// Where the message stands in it.
    message: std::ops::Range<usize>,
    left: usize,
    at: usize,
}

impl Repeated {
    /// `messages` messages of `synth::PER_MESSAGE` bookings; of a smaller number, that one alone.
    pub(crate) fn new(bookings: usize) -> Repeated {
        let once = synth::pnrgov(&synth::ORDINARY, 1, bookings.min(synth::PER_MESSAGE));
        let find = |tag: &[u8]| once.windows(tag.len()).position(|bytes| bytes == tag);
        let start = find(b"'UNH+").expect("a message begins") + 1;
        let end = find(b"'UNE+").expect("the group ends") + 1;
        Repeated {
            message: start..end,
            left: bookings.div_ceil(synth::PER_MESSAGE).max(1),
            once,
            at: 0,
        }
    }

    /// Bytes of the whole stream.
    pub(crate) fn len(&self) -> usize {
        self.once.len() + (self.left - 1) * self.message.len()
    }
}

impl Read for Repeated {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let end = if self.left > 0 {
            self.message.end
        } else {
            self.once.len()
        };
        let ready = &self.once[self.at..end];
        let given = ready.len().min(room.len());
        room[..given].copy_from_slice(&ready[..given]);
        self.at += given;
        if self.at == self.message.end && self.left > 0 {
            self.left -= 1;
            self.at = if self.left > 0 {
                self.message.start
            } else {
                self.at
            };
        }
        Ok(given)
    }
}
