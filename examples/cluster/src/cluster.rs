//! A scheduler and executors on this machine, each a process of its own that knows the functions.
//!
//! Ballista sends plans, in which a function is but a name: whoever reads one looks the name up
//! in a registry of its own. So the functions are registered three times: in the client's session
//! ([`Cluster::session`]), in the sessions of the scheduler ([`scheduler`]) and in each executor
//! ([`executor`]). The programs that come with Ballista do not know them; these do.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::execution::FunctionRegistry;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::{functions, guard, query};

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// After how long a silence an executor is taken for lost: one that is busy speaks every 5 seconds.
const SILENCE_SECONDS: u64 = 12;
/// Executors ask for work. Where the scheduler hands it out, a query waits for ever once an executor
/// is lost.
const POLICY: TaskSchedulingPolicy = TaskSchedulingPolicy::PullStaged;
/// What an executor may hold in memory before it spills.
const MEMORY_BYTES: u64 = 4 << 30;
/// How long a cluster may take to stand.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a question is put before its failure is believed.
const TRIES: usize = 3;

/// Prints what the engine says.
struct Voice;

impl log::Log for Voice {
    fn enabled(&self, about: &log::Metadata<'_>) -> bool {
        about.level() <= log::max_level()
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{}: {}", record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

/// Lets what the engine says go to standard error: with `PAXNORM_LOG=warn` its warnings, with
/// `PAXNORM_LOG=info` more.
pub fn speak() {
    let level = std::env::var("PAXNORM_LOG").ok();
    let level = level.and_then(|level| level.parse().ok());
    if log::set_logger(&Voice).is_ok() {
        log::set_max_level(level.unwrap_or(log::LevelFilter::Off));
    }
}

/// The words by which the program knows that it is to be one of these.
pub const SCHEDULER: &str = "scheduler";
/// See [`SCHEDULER`].
pub const EXECUTOR: &str = "executor";

/// How an executor fetches what another one has shuffled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Batch by batch, each read and written again by who gives it. What is cut off is an error.
    Flight,
    /// The bytes of the file as they lie there, which is Ballista's own choice: less work. Where
    /// they end in the middle of a batch, its reader takes that for the end.
    Blocks,
}

impl Transport {
    /// That of a name: `flight` or `blocks`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "flight" => Some(Self::Flight),
            "blocks" => Some(Self::Blocks),
            _ => None,
        }
    }
}

/// Asks, and again where the answer fails, as it does when an executor is lost: the answer, and
/// how often it was asked. A failure of another kind comes three times, and is then believed.
///
/// # Errors
/// What the engine says in the end.
pub async fn insist<T, F>(ask: impl Fn() -> F) -> datafusion::error::Result<(T, usize)>
where
    F: Future<Output = datafusion::error::Result<T>>,
{
    for time in 1..TRIES {
        match ask().await {
            Ok(answer) => return Ok((answer, time)),
            Err(error) => log::warn!("asked again, because: {error}"),
        }
    }
    Ok((ask().await?, TRIES))
}

/// Processes, which end with this value.
pub struct Cluster {
    scheduler: Child,
    executors: Vec<Member>,
    port: u16,
}

struct Member {
    process: Child,
    work: PathBuf,
}

impl Cluster {
    /// Starts a scheduler and so many executors, and waits until they have found each other.
    ///
    /// # Errors
    /// A process that does not start, or executors that do not register in time.
    pub async fn start(executors: usize, folder: &Path) -> Outcome<Self> {
        let port = free_port()?;
        let scheduler = child(&[SCHEDULER, &port.to_string(), &executors.to_string()])?;
        let members = (0..executors).map(|number| Member::start(port, number, folder));
        let cluster = Self {
            scheduler,
            executors: members.collect::<Outcome<_>>()?,
            port,
        };
        let begun = Instant::now();
        while !cluster.is_ready().await.unwrap_or(false) {
            if begun.elapsed() > PATIENCE {
                return Err("the executors did not register".into());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(cluster)
    }

    /// Whether the scheduler knows as many executors as it was told to wait for.
    async fn is_ready(&self) -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await?;
        let request = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    }

    /// A session whose queries run on the executors.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session(&self, transport: Transport) -> Outcome<SessionContext> {
        // The adaptive planner keeps no account of shuffled data that is lost with its executor
        // (apache/datafusion-ballista, pull request 1601).
        let config = SessionConfig::new_with_ballista()
            .with_target_partitions(query::PARTS)
            .with_ballista_adaptive_query_planner(false)
            .with_ballista_shuffle_reader_remote_prefer_flight(transport == Transport::Flight);
        let state = SessionStateBuilder::new_with_default_features()
            .with_config(config)
            .build();
        let url = format!("df://localhost:{}", self.port);
        let context = SessionContext::remote_with_state(&url, state).await?;
        // A list would be small enough to be sent to every executor; here both sides are to be
        // shuffled by their keys, as two large tables are.
        {
            let state = context.state_ref();
            let mut state = state.write();
            let optimizer = &mut state.config_mut().options_mut().optimizer;
            optimizer.prefer_hash_join = true;
            optimizer.hash_join_single_partition_threshold = 0;
            optimizer.hash_join_single_partition_threshold_rows = 0;
        }
        // Now, and not before: connecting puts the engine's own functions in place of all others.
        for function in functions::all() {
            context.register_udf(function.as_ref().clone());
        }
        Ok(context)
    }

    /// Bytes that an executor has written for others to fetch, results included.
    #[must_use]
    pub fn written(&self, executor: usize) -> u64 {
        self.executors
            .get(executor)
            .map_or(0, |member| bytes(&member.work))
    }

    /// Bytes that all have written for each other.
    #[must_use]
    pub fn shuffled(&self) -> u64 {
        (0..self.executors.len())
            .map(|number| self.written(number))
            .sum()
    }

    /// Ends an executor at once, as a power cut would, and all that it has written with it.
    ///
    /// # Errors
    /// An executor that has gone before.
    pub async fn lose(&mut self, executor: usize) -> Outcome {
        let member = self.executors.get_mut(executor).ok_or("no such executor")?;
        if member.process.try_wait()?.is_some() {
            return Err("the executor was gone already".into());
        }
        member.process.kill().await?;
        Ok(std::fs::remove_dir_all(&member.work)?)
    }

    /// Ends all processes, and removes what they have written.
    ///
    /// # Errors
    /// A process or a folder that does not go.
    pub async fn stop(mut self) -> Outcome {
        for member in &mut self.executors {
            member.process.kill().await?;
            if member.work.exists() {
                std::fs::remove_dir_all(&member.work)?;
            }
        }
        Ok(self.scheduler.kill().await?)
    }
}

impl Member {
    fn start(port: u16, number: usize, folder: &Path) -> Outcome<Self> {
        let work = folder.join(format!("executor-{number}"));
        if work.exists() {
            std::fs::remove_dir_all(&work)?;
        }
        std::fs::create_dir_all(&work)?;
        let place = work.to_str().ok_or("the folder's name is not Unicode")?;
        let process = child(&[EXECUTOR, &port.to_string(), place])?;
        Ok(Self { process, work })
    }
}

/// This program again, in another part.
fn child(words: &[&str]) -> Outcome<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(words).stdin(Stdio::null()).kill_on_drop(true);
    Ok(command.spawn()?)
}

/// A port that nobody listens on.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// Bytes of all files beneath a folder; files may go while it is read.
fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(about) if about.is_dir() => bytes(&entry.path()),
        Ok(about) => about.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// A session of the engine that knows the functions.
fn knowing(config: SessionConfig) -> datafusion::error::Result<SessionState> {
    let mut state = default_session_builder(config)?;
    for function in functions::all() {
        state.register_udf(function)?;
    }
    Ok(state)
}

/// Schedules, until the process ends: a port, and how many executors make it ready.
///
/// # Errors
/// Words that are no numbers, or what the scheduler says.
pub async fn scheduler(words: &[String]) -> Outcome {
    let [port, executors] = words else {
        return Err("a scheduler wants a port and a number of executors".into());
    };
    let port: u16 = port.parse()?;
    let config = SchedulerConfig {
        bind_port: port,
        min_ready_executors: executors.parse()?,
        scheduling_policy: POLICY,
        executor_timeout_seconds: SILENCE_SECONDS,
        expire_dead_executor_interval_seconds: 1,
        // What was shuffled and cannot be fetched is not made up for by one stage alone: see `guard`.
        stage_max_failures: 1,
        override_session_builder: Some(Arc::new(knowing)),
        ..SchedulerConfig::default()
    };
    let cluster = guard::guarded(&BallistaCluster::new_from_config(&config).await?);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    Ok(start_server(cluster, address, Arc::new(config)).await?)
}

/// Executes, until the process ends: the scheduler's port, and a folder to write in.
///
/// # Errors
/// Words that are no such things, or what the executor says.
pub async fn executor(words: &[String]) -> Outcome {
    let [port, work] = words else {
        return Err("an executor wants a port and a folder".into());
    };
    let state = knowing(SessionConfig::new_with_ballista())?;
    let config = ExecutorProcessConfig {
        port: free_port()?,
        grpc_port: free_port()?,
        scheduler_port: port.parse()?,
        scheduler_connect_timeout_seconds: PATIENCE.as_secs() as u16,
        // One core each, so that their number is what a run is measured by.
        vcores: 1,
        task_scheduling_policy: POLICY,
        work_dir: Some(work.clone()),
        memory_pool_size: Some(MEMORY_BYTES),
        override_function_registry: Some(Arc::new(BallistaFunctionRegistry::from(&state))),
        ..ExecutorProcessConfig::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}
