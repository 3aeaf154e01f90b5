use super::Text;

/// Bytes that the longest date, number or amount needs.
const ROOM: usize = 48;

/// A short text of digits and signs, written without the machinery of formatting:
/// every date and amount of every booking goes this way.
#[derive(Clone, Copy)]
pub(super) struct Short {
    bytes: [u8; ROOM],
    len: usize,
}

impl Short {
    pub(super) fn new() -> Self {
        Self {
            bytes: [0; ROOM],
            len: 0,
        }
    }

    /// Adds a sign; what finds no room is left out.
    #[inline]
    pub(super) fn sign(&mut self, sign: u8) -> &mut Self {
        if let Some(byte) = self.bytes.get_mut(self.len) {
            *byte = sign;
            self.len += 1;
        }
        self
    }

    /// Adds a number below 100 in two digits.
    #[inline]
    pub(super) fn two(&mut self, number: u8) -> &mut Self {
        self.sign(b'0' + number / 10 % 10).sign(b'0' + number % 10)
    }

    /// Adds a number in at least so many digits.
    pub(super) fn number(&mut self, number: u64, width: usize) -> &mut Self {
        let digits = number.checked_ilog10().unwrap_or_default() as usize + 1;
        let width = width.max(digits);
        let Some(room) = self.bytes.get_mut(self.len..self.len + width) else {
            return self;
        };
        let mut rest = number;
        for byte in room.iter_mut().rev() {
            *byte = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.len += width;
        self
    }
}

impl std::ops::Deref for Short {
    type Target = str;

    fn deref(&self) -> &str {
        let bytes = self.bytes.get(..self.len).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl From<Short> for Text {
    fn from(short: Short) -> Self {
        Self::from(&*short)
    }
}
