//! Throughput of policies.

fn main() {}
