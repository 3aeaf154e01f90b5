//! How many allocations a booking costs, from bytes to the owned record.
//!
//! The counting allocator is that of the whole program, hence a test program of its own.

use paxnorm::Reader;

#[path = "../benches/synth/mod.rs"]
mod synth;

/// Allocations that a booking of two passengers may cost on average, in both kinds of traffic: what
/// it costs now and little more.
const BUDGETS: [(&synth::Habits, f64); 2] = [(&synth::ORDINARY, 36.0), (&synth::DENSE, 32.0)];

#[test]
fn a_booking_of_two_passengers_keeps_to_its_budget() {
    for (habits, budget) in BUDGETS {
        let each = allocations(&synth::pnrgov(habits, 1, 1000));
        assert!(each <= budget, "{each:.1} allocations, budget {budget}");
    }
}

/// Allocations for each booking of two passengers.
fn allocations(traffic: &[u8]) -> f64 {
    let mut reader = Reader::new(traffic).expect("the traffic is recognised");
    let (mut bookings, mut allocations) = (0, 0);
    loop {
        let mut next = None;
        let counted = allocation_counter::measure(|| next = reader.next());
        let Some(record) = next else { break };
        let record = record.expect("the traffic is whole");
        if record
            .booking
            .is_some_and(|booking| booking.passengers.len() == 2)
        {
            bookings += 1;
            allocations += counted.count_total;
        }
    }
    assert!(bookings > 100, "{bookings} bookings have two passengers");
    let each = allocations as f64 / f64::from(bookings);
    println!("{each:.1} allocations for each of {bookings} bookings of two passengers");
    each
}
