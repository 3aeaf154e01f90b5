//! Depersonalises bookings.

fn main() {}
