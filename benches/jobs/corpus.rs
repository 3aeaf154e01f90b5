//! Traffic of bookings as the shared corpus has them: reach for it to see what generated traffic
//! does not show.
//!
//! The corpus has one transmission of many bookings. They come as often as wanted, each drawn at
//! random, so that no processor learns their order, in messages of a hundred. Nothing of them is
//! kept here: without the shared folder (`PAXNORM_SHARED`, or `../shared`) there is no such job.

use std::path::PathBuf;

use super::synth::{PER_MESSAGE, Rng};

const TRANSMISSION: &str = "corpus/pnrgov/gtas/bigbigPnr.edi";

/// So many bookings, without line breaks, under a syntax identifier that the peer knows.
pub(crate) fn traffic(bookings: usize) -> Option<Vec<u8>> {
    let shared = std::env::var_os("PAXNORM_SHARED").map_or("../shared".into(), PathBuf::from);
    let sent = std::fs::read_to_string(shared.join(TRANSMISSION)).ok()?;
    let sent = sent
        .replace(['\r', '\n'], "")
        .replacen("IATA:1", "UNOA:4", 1);
    drawn(&sent, bookings)
}

/// The transmission with so many of its own bookings.
fn drawn(sent: &str, bookings: usize) -> Option<Vec<u8>> {
    let (header, message) = sent.split_at(sent.find("UNH+")?);
    let (head, own) = message.split_at(message.find("SRC'")?);
    let (own, _) = own.split_at(own.find("UNT+")?);
    let own: Vec<&str> = own.split("SRC'").skip(1).collect();
    let (mut rng, mut out) = (Rng::new(1), header.to_owned());
    let messages = bookings.div_ceil(PER_MESSAGE);
    for message in 0..messages {
        let begun = out.len();
        out.push_str(head);
        for _ in 0..PER_MESSAGE.min(bookings - message * PER_MESSAGE) {
            out.push_str("SRC'");
            out.push_str(rng.pick(&own));
        }
        let segments = out[begun..].matches('\'').count() + 1;
        out.push_str(&format!("UNT+{segments}'"));
    }
    out.push_str(&format!("UNZ+{messages}'"));
    Some(out.into_bytes())
}
