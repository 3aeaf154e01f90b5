//! Intake, masking at six months, and the way back: what is taken away, by which rule.
//!
//! ```text
//! cargo run --features seal --example depersonalise [-- PATH...]
//! ```
//! Without a path it reads a sample of `examples/data`. Nothing of a booking is printed: the
//! tables show fields, articles and counts.

use std::error::Error;

use chrono::{DateTime, Months, Utc};
use paxnorm::privacy::{
    Authorisation, Disposition, Held, Reading, Report, Retention, SealKey, seal, unseal,
};
use paxnorm::{Booking, Policy, Reader};

const SAMPLE: &str = "examples/data/family-with-infants.edi";

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        paths.push(SAMPLE.to_owned());
    }
    let policy = Policy::named("depersonalise-6-months").ok_or("it is shipped")?;
    println!("{}", policy.explain());
    for path in &paths {
        println!("{path}: at intake, under {}", Policy::eu_pnr().name());
        let bookings = intake(path)?;
        due();
        println!("{path}: after six months, under {}", policy.name());
        mask(bookings, policy)?;
    }
    Ok(())
}

/// Reads under the default policy and shows what that took away.
fn intake(path: &str) -> Result<Vec<Booking>, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let mut reader = Reader::new(&bytes)?;
    let mut bookings = Vec::new();
    for record in reader.by_ref() {
        bookings.extend(record?.booking.map(|booking| *booking));
    }
    println!("{}", reader.report());
    Ok(bookings)
}

/// Says what the law asks for a record received on 31 August.
fn due() {
    let received = DateTime::from_timestamp(1_756_641_600, 0).unwrap_or_default();
    let held = Held::since(received);
    let later = received
        .checked_add_months(Months::new(7))
        .unwrap_or(received);
    for reading in [Reading::AsWritten, Reading::AfterRuling] {
        let rules = Retention::new(reading, Utc);
        match rules.disposition(&held, later) {
            Ok(Disposition::MaskDue(at)) => {
                println!("{reading:?}: received {received}, mask since {at}")
            }
            Ok(Disposition::DeleteDue(at)) => {
                println!("{reading:?}: received {received}, delete since {at}")
            }
            other => println!("{reading:?}: {other:?}"),
        }
    }
    println!();
}

/// Masks and seals every booking, shows what is hidden, and opens the seals again.
fn mask(bookings: Vec<Booking>, policy: &Policy) -> Result<(), Box<dyn Error>> {
    // A real key lies in a key store, and real numbers come from a source of random ones.
    let key = SealKey::new("example", [0x42; 32]);
    let mut counter = 0_u64;
    let mut nonces = || {
        counter += 1;
        let mut nonce = [0; 24];
        nonce[..8].copy_from_slice(&counter.to_be_bytes());
        nonce
    };
    let approved = Authorisation {
        authority: "court of Utopia".into(),
        reference: "12/2026".into(),
        at: DateTime::default(),
    };
    let mut report = Report::default();
    let (mut count, mut restored) = (0, 0);
    for booking in bookings {
        let (masked, sealed, taken) = seal(booking.clone(), policy, &key, &mut nonces)?;
        report.add(&taken);
        count += 1;
        restored += usize::from(unseal(&masked, &sealed, &key, &approved)? == booking);
    }
    println!("{report}");
    println!("{restored} of {count} bookings come back with the key and an authorisation");
    Ok(())
}
