//! `policy-apply`: the default policy on bookings that were read under none; on copies each
//! time, whose making is not measured.

use std::cell::RefCell;
use std::rc::Rc;

use paxnorm::{Booking, Options, Policy, Reader};

use super::{Job, Unit, Work, synth};

pub(crate) struct Data {
    pnrgov: Vec<u8>,
    bookings: Vec<Booking>,
}

impl Data {
    pub(super) fn new(bookings: usize) -> Data {
        let pnrgov = synth::pnrgov(&synth::ORDINARY, 1, bookings);
        Data {
            bookings: read(&pnrgov),
            pnrgov,
        }
    }
}

pub(super) fn jobs(data: &Data) -> Vec<Job<'_>> {
    vec![Job {
        work: applying(&data.bookings),
        unit: Unit::Bookings,
        records: data.bookings.len(),
        references: vec![Work::new(
            "reading those bookings",
            data.bookings.len(),
            || read(&data.pnrgov).len(),
        )],
    }]
}

fn applying(bookings: &[Booking]) -> Work<'_> {
    let copies = Rc::new(RefCell::new(Vec::new()));
    let laid_out = Rc::clone(&copies);
    Work {
        lay_out: Box::new(move || *laid_out.borrow_mut() = bookings.to_vec()),
        ..Work::new("policy-apply", bookings.len(), move || {
            let mut copies = copies.borrow_mut();
            let reports = copies.iter_mut().map(|copy| Policy::eu_pnr().apply(copy));
            reports.map(|report| report.values() as usize).sum()
        })
    }
}

fn read(pnrgov: &[u8]) -> Vec<Booking> {
    let options = Options {
        policy: Policy::keep_all(),
        ..Options::default()
    };
    let reader = Reader::with(pnrgov, &options).expect("the format is known");
    let records = reader.map(|record| record.expect("the traffic is whole"));
    records
        .filter_map(|record| Some(*record.booking?))
        .collect()
}
