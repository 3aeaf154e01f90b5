//! Masking that can be undone on approval (art. 12(2) and (3)): what is hidden is
//! kept apart, encrypted and authenticated.
//!
//! The library draws no random numbers and keeps no keys: the caller brings both.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Policy, Report};
use crate::Booking;
use crate::model::Text;

/// A key of 256 bits and the name by which the unit knows it. `Debug` shows the name.
#[derive(Clone)]
pub struct SealKey {
    id: Text,
    key: [u8; 32],
}

impl SealKey {
    /// A key under its name.
    #[must_use]
    pub fn new(id: &str, key: [u8; 32]) -> Self {
        Self {
            id: Text::from(id),
            key,
        }
    }
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealKey({})", self.id)
    }
}

/// Where numbers come from that are never used twice with one key: a counter that
/// is kept, or 24 bytes of a source of random numbers.
pub trait Nonces {
    /// The next number.
    fn next(&mut self) -> [u8; 24];
}

impl<F: FnMut() -> [u8; 24]> Nonces for F {
    fn next(&mut self) -> [u8; 24] {
        self()
    }
}

/// What masking hid, encrypted (XChaCha20-Poly1305) and bound to the masked
/// booking. Its length is rounded up, so that it does not tell how many travel
/// together.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Version of this form.
    version: u8,
    /// Name of the key.
    key: Text,
    /// Number used once, in hexadecimal digits.
    nonce: Text,
    /// What was hidden, in hexadecimal digits.
    hidden: Text,
}

impl Sealed {
    /// Name of the key that opens it.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({}, {})", self.key, self.hidden.len() / 2)
    }
}

/// By whom, on what and when it was approved that full data be disclosed (art.
/// 12(3)). It is for the caller's log; it is no protection: the key is.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorisation {
    /// The judicial or other competent authority.
    pub authority: Text,
    /// The reference of its decision.
    pub reference: Text,
    /// When it decided.
    pub at: DateTime<Utc>,
}

/// Why a seal was not made or opened. It holds no datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The authorisation names no authority or no reference.
    #[error("the authorisation names no authority or no reference")]
    NotAuthorised,
    /// It was sealed with another key.
    #[error("it was sealed with another key")]
    OtherKey,
    /// It was changed, or belongs to another booking.
    #[error("the sealed part was changed or belongs to another booking")]
    Broken,
    /// The form is of a version that this library does not know.
    #[error("the sealed part has an unknown form")]
    UnknownForm,
}

/// Masks a booking by a policy and seals what that hides.
///
/// # Errors
/// [`SealError::Broken`] where the booking has no JSON form, which does not happen.
///
/// ```
/// use paxnorm::{Booking, Name, Policy};
/// use paxnorm::model::Passenger;
/// use paxnorm::privacy::{Authorisation, SealKey, seal, unseal};
///
/// let mut booking = Booking::default();
/// booking.passengers.push(Passenger::default());
/// booking.passengers[0].name = Name::new("ERIKSSON", "ANNA");
///
/// let key = SealKey::new("2026-11", [7; 32]);
/// let mut counter = 0_u8;
/// let mut nonces = || { counter += 1; [counter; 24] };
/// let policy = Policy::named("depersonalise-6-months").unwrap();
/// let (masked, sealed, _) = seal(booking.clone(), policy, &key, &mut nonces)?;
/// assert!(masked.passengers.is_empty());
///
/// let approved = Authorisation {
///     authority: "court of Utopia".into(), reference: "12/2026".into(), at: Default::default(),
/// };
/// assert_eq!(unseal(&masked, &sealed, &key, &approved)?, booking);
/// # Ok::<(), paxnorm::privacy::SealError>(())
/// ```
pub fn seal(
    booking: Booking,
    policy: &Policy,
    key: &SealKey,
    nonces: &mut dyn Nonces,
) -> Result<(Booking, Sealed, Report), SealError> {
    let mut plain = serde_json::to_vec(&booking).map_err(|_| SealError::Broken)?;
    pad(&mut plain);
    let mut masked = booking;
    let report = policy.apply(&mut masked);
    let (nonce, bound) = (nonces.next(), bound(&masked, &key.id)?);
    let payload = Payload {
        msg: &plain,
        aad: &bound,
    };
    let hidden = cipher(key).encrypt(&XNonce::from(nonce), payload);
    let hidden = hidden.map_err(|_| SealError::Broken)?;
    let sealed = Sealed {
        version: VERSION,
        key: key.id.clone(),
        nonce: hexadecimal(&nonce),
        hidden: hexadecimal(&hidden),
    };
    Ok((masked, sealed, report))
}

/// The booking as it was before it was masked.
///
/// # Errors
/// [`SealError`] where nobody approved, where the key is another, or where either
/// part was changed.
pub fn unseal(
    masked: &Booking,
    sealed: &Sealed,
    key: &SealKey,
    approved: &Authorisation,
) -> Result<Booking, SealError> {
    let stated = |text: &Text| !text.trim().is_empty();
    if !(stated(&approved.authority) && stated(&approved.reference)) {
        return Err(SealError::NotAuthorised);
    }
    if sealed.version != VERSION {
        return Err(SealError::UnknownForm);
    }
    if sealed.key != key.id {
        return Err(SealError::OtherKey);
    }
    let nonce: [u8; 24] = octets(&sealed.nonce)
        .and_then(|nonce| nonce.try_into().ok())
        .ok_or(SealError::Broken)?;
    let (hidden, bound) = (
        octets(&sealed.hidden).ok_or(SealError::Broken)?,
        bound(masked, &key.id)?,
    );
    let payload = Payload {
        msg: &hidden,
        aad: &bound,
    };
    let plain = cipher(key).decrypt(&XNonce::from(nonce), payload);
    let plain = plain.map_err(|_| SealError::Broken)?;
    serde_json::from_slice(&plain).map_err(|_| SealError::Broken)
}

const VERSION: u8 = 1;

fn cipher(key: &SealKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.key.into())
}

/// What the seal vouches for beside its content: the form, the key, the booking.
fn bound(masked: &Booking, key: &str) -> Result<Vec<u8>, SealError> {
    let booking = serde_json::to_vec(masked).map_err(|_| SealError::Broken)?;
    let length = u64::try_from(key.len()).unwrap_or(u64::MAX).to_be_bytes();
    Ok([&[VERSION][..], &length, key.as_bytes(), &booking].concat())
}

/// Blanks up to the next power of two, 4 KiB at least: JSON ignores them.
fn pad(plain: &mut Vec<u8>) {
    let length = plain.len().max(4096).checked_next_power_of_two();
    plain.resize(length.unwrap_or(plain.len()), b' ');
}

fn hexadecimal(octets: &[u8]) -> Text {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS.get(usize::from(value)).copied().unwrap_or(b'0'));
    let pairs = octets
        .iter()
        .flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]);
    Text::from(pairs.collect::<String>())
}

fn octets(digits: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|value| u8::try_from(value).ok())
    };
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(value(*high)? << 4 | value(*low)?),
            _ => None,
        })
        .collect()
}
