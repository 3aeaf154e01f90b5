//! Screens invented travellers against a list in one process, on one executor, two, and more, and
//! on a cluster that loses an executor in the middle; the results must be the same.
//!
//! ```text
//! cargo run --release -- --travellers 100000 --list 1000 --executors 2
//! ```

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use datafusion::prelude::{SessionConfig, SessionContext};
use paxnorm_cluster::cluster::{self, Cluster};
use paxnorm_cluster::query::{self, Hit};
use paxnorm_cluster::{functions, travellers};

mod args;

use args::{Args, USAGE};

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Plans are walked by recursion, and this one is deep.
const STACK_BYTES: usize = 32 << 20;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK_BYTES)
        .build();
    cluster::speak();
    let words: Vec<String> = std::env::args().skip(1).collect();
    match runtime
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(part(&words)))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Which of its parts the program is to play.
async fn part(words: &[String]) -> Outcome {
    match words.split_first() {
        Some((role, rest)) if role == cluster::SCHEDULER => cluster::scheduler(rest).await,
        Some((role, rest)) if role == cluster::EXECUTOR => cluster::executor(rest).await,
        _ => show(&Args::parse(words.iter().cloned()).ok_or(USAGE)?).await,
    }
}

async fn show(args: &Args) -> Outcome {
    let (sizes, folder) = (args.sizes, args.folder.clone());
    let invented = tokio::task::spawn_blocking(move || {
        travellers::write(&folder, sizes).map_err(|error| error.to_string())
    });
    let invented = invented.await??;
    println!(
        "{} travellers, {} journeys a person; a list of {}, of whom {} travel; keys that more than {} of the list bear are left out",
        sizes.travellers,
        sizes.journeys,
        sizes.list,
        invented.planted.len(),
        args.hub
    );
    let expected = [invented.bookings as i64, invented.persons as i64];
    let sql = query::screening(args.hub, args.threshold);

    let context = alone(&args.folder).await?;
    read(&context, "one process", expected).await?;
    let (reference, time) = timed(query::screen(&context, &sql)).await?;
    let mut table = Table::new(&reference);
    table.row("one process, two threads", time, None, &reference)?;
    for executors in 1..=args.executors {
        let (cluster, context) = together(executors, args).await?;
        read(&context, "the cluster", expected).await?;
        let asked = timed(cluster::insist(|| query::screen(&context, &sql)));
        let (asked, shuffled) = watched(&cluster, asked).await;
        let ((hits, times), time) = asked?;
        table.shuffled = shuffled;
        let label = format!("executors: {executors}{}", again(times));
        table.row(&label, time, Some(shuffled), &hits)?;
        cluster.stop().await?;
    }
    for number in 1..=args.losses {
        lose(args, &sql, number, &table).await?;
    }
    found(&invented.planted, &reference);
    explain(&context, &reference, &invented.planted).await
}

/// The engine in this process.
async fn alone(folder: &Path) -> Outcome<SessionContext> {
    let config = SessionConfig::new().with_target_partitions(query::PARTS);
    let context = SessionContext::new_with_config(config);
    for function in functions::all() {
        context.register_udf(function.as_ref().clone());
    }
    query::register(&context, folder).await?;
    Ok(context)
}

/// The engine in so many processes.
async fn together(executors: usize, args: &Args) -> Outcome<(Cluster, SessionContext)> {
    let cluster = Cluster::start(executors, &args.folder).await?;
    let context = cluster.session(args.transport).await?;
    query::register(&context, &args.folder).await?;
    Ok((cluster, context))
}

/// Reads the transmissions, and compares with what was written into them.
async fn read(context: &SessionContext, by: &str, expected: [i64; 2]) -> Outcome {
    let (counts, time) = timed(query::numbers(context, query::READING)).await?;
    let [bookings, persons, doubts] = counts.as_slice() else {
        return Err("the reading gave no numbers".into());
    };
    println!(
        "read by {by}: {bookings} bookings, {persons} named, {doubts} doubts, {:.1} s",
        time.as_secs_f64()
    );
    if [*bookings, *persons] != expected {
        return Err(format!("{expected:?} bookings and persons were written").into());
    }
    Ok(())
}

async fn timed<T>(
    work: impl Future<Output = datafusion::error::Result<T>>,
) -> Outcome<(T, Duration)> {
    let begun = Instant::now();
    let result = work.await?;
    Ok((result, begun.elapsed()))
}

/// Awaits an answer, and how much is shuffled until then: afterwards executors tidy up.
async fn watched<T>(cluster: &Cluster, answer: impl Future<Output = T>) -> (T, u64) {
    let mut most = 0;
    tokio::pin!(answer);
    loop {
        tokio::select! {
            answer = &mut answer => return (answer, most.max(cluster.shuffled())),
            () = tokio::time::sleep(Duration::from_millis(50)) => most = most.max(cluster.shuffled()),
        }
    }
}

/// The last executor goes, with all it has written, once so much is shuffled: of three losses, at
/// a quarter, a half and three quarters.
async fn lose(args: &Args, sql: &str, number: u64, table: &Table<'_>) -> Outcome {
    let (mut cluster, context) = together(args.executors, args).await?;
    let moment = table.shuffled * number / (args.losses + 1);
    let sql = sql.to_owned();
    let begun = Instant::now();
    let asked =
        tokio::spawn(async move { cluster::insist(|| query::screen(&context, &sql)).await });
    while cluster.shuffled() < moment {
        if asked.is_finished() {
            return Err("the query ended before an executor could be lost".into());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let victim = args.executors - 1;
    let (lost, at) = (cluster.written(victim), begun.elapsed());
    cluster.lose(victim).await?;
    if asked.is_finished() {
        return Err("the query ended before the executor was lost".into());
    }
    let (hits, shuffled) = watched(&cluster, asked).await;
    let (hits, times) = hits??;
    let label = format!(
        "executors: {}, of which one is lost after {:.1} s with {} MB{}",
        args.executors,
        at.as_secs_f64(),
        lost / 1_000_000,
        again(times)
    );
    table.row(&label, begun.elapsed(), Some(shuffled + lost), &hits)?;
    cluster.stop().await
}

/// Says that a question was put more than once.
fn again(times: usize) -> String {
    match times {
        1 => String::new(),
        _ => format!("; asked {times} times"),
    }
}

/// Prints runs as they end; each must have given what the first gave.
struct Table<'a> {
    reference: &'a [Hit],
    /// Bytes of the last run.
    shuffled: u64,
}

impl<'a> Table<'a> {
    fn new(reference: &'a [Hit]) -> Self {
        println!("\n| run | seconds | MB shuffled | hits |\n|---|---:|---:|---|");
        Self {
            reference,
            shuffled: 0,
        }
    }

    fn row(&self, run: &str, time: Duration, shuffled: Option<u64>, hits: &[Hit]) -> Outcome {
        let bytes = shuffled.map_or("-".to_owned(), |bytes| format!("{:.1}", bytes as f64 / 1e6));
        let same = hits == self.reference;
        println!(
            "| {run} | {:.1} | {bytes} | {}, {} |",
            time.as_secs_f64(),
            hits.len(),
            if same { "the same" } else { "NOT THE SAME" }
        );
        if same {
            Ok(())
        } else {
            Err("the results differ".into())
        }
    }
}

/// How many of those who are on the list were found as who they are, by what became of the name.
fn found(planted: &[travellers::Planted], hits: &[Hit]) {
    let hits: HashSet<(u64, &str)> = hits
        .iter()
        .map(|hit| (hit.listed, hit.name.as_str()))
        .collect();
    let mut counts = BTreeMap::<&str, [usize; 2]>::new();
    for person in planted {
        let [found, all] = counts.entry(person.change).or_default();
        *found += usize::from(hits.contains(&(person.listed, person.name.as_str())));
        *all += 1;
    }
    println!("\n| on the list, booked | found | of |\n|---|---:|---:|");
    for (change, [found, all]) in counts {
        println!("| {change} | {found} | {all} |");
    }
}

/// The steps of one score, of the first who was found under another name.
async fn explain(
    context: &SessionContext,
    hits: &[Hit],
    planted: &[travellers::Planted],
) -> Outcome {
    let changed = planted.iter().filter(|person| person.change != "as listed");
    let is_hit = |person: &&travellers::Planted| {
        hits.iter()
            .any(|hit| hit.listed == person.listed && hit.name == person.name)
    };
    if let Some(person) = changed.clone().find(is_hit) {
        let name = format!("SELECT name FROM list WHERE id = {}", person.listed);
        let listed = query::text(context, &name).await?;
        let why = query::text(context, &query::explanation(&listed, &person.name)).await?;
        println!("\n{listed} and {}: {why}", person.name);
    }
    Ok(())
}
