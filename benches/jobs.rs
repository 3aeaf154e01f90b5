//! Every job of `examples/measure` and its references as criterion benches, for tuning.
//!
//! ```text
//! cargo bench --bench jobs -- --save-baseline before
//! cargo bench --bench jobs -- --baseline before pnrgov-records
//! ```

#[path = "jobs/mod.rs"]
mod jobs;

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use jobs::{Data, Unit, Work};

fn main() {
    let data = Data::new(0.25);
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    for mut job in jobs::all(&data) {
        let mut group = criterion.benchmark_group(job.work.name);
        bench(&mut group, job.unit, &mut job.work);
        for reference in &mut job.references {
            bench(&mut group, job.unit, reference);
        }
        group.finish();
    }
    criterion.final_summary();
}

fn bench(group: &mut BenchmarkGroup<'_, WallTime>, unit: Unit, work: &mut Work<'_>) {
    let amount = work.amount as u64;
    group.throughput(match unit {
        Unit::Bytes => Throughput::Bytes(amount),
        _ => Throughput::Elements(amount),
    });
    group.bench_function(work.name, |bencher| {
        bencher.iter_custom(|goes| (0..goes).map(|_| work.time()).sum::<Duration>());
    });
}
