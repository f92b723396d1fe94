//! What the processes that transfer bytes share: the jobs, and what a job cost.

use std::future::Future;
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};

/// The bytes of one request of a resumable upload, as the runtime sends them.
pub const CHUNK: u64 = 16 << 20;

/// How many files go up at the same time.
pub const PARALLEL: usize = 4;

/// How many pages a list has.
pub const PAGES: u64 = 100;

/// What a process does once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Job {
    /// All files of a folder become items.
    Folder,
    /// The bytes of one file go up in a session.
    Upload,
    /// Bytes come down, and nothing is done with them.
    Download,
    /// All albums by `items()`, or by a loop of calls.
    Pages,
    /// Nothing but a client: what a process has in any case.
    Nothing,
}

/// How a process is run.
#[derive(Clone, Debug, Parser)]
pub struct Arguments {
    /// What it does.
    #[arg(long)]
    pub job: Job,
    /// Where the server listens, such as `http://127.0.0.1:8080`.
    #[arg(long)]
    pub server: String,
    /// An access token.
    #[arg(long, default_value = "TOKEN")]
    pub token: String,
    /// The folder, or the file.
    #[arg(long, default_value = ".")]
    pub path: PathBuf,
    /// How many bytes come down.
    #[arg(long, default_value_t = 0)]
    pub bytes: u64,
}

/// What the job cost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Cost {
    /// From its begin to its end.
    pub seconds: f64,
    /// CPU time of the process, user and system.
    pub cpu: f64,
    /// The most memory that the process had, in KiB.
    pub peak: u64,
}

/// Runs a job as the command line says, and prints what it cost. The job gives how many things it
/// transferred, which are compared with those that there are.
///
/// # Errors
///
/// The job failed, or did something else.
pub fn run<F: Future<Output = anyhow::Result<u64>>>(
    job: impl FnOnce(Arguments) -> F,
) -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let expected = match arguments.job {
        Job::Folder => std::fs::read_dir(&arguments.path)?.count() as u64,
        Job::Upload => std::fs::metadata(&arguments.path)?.len(),
        Job::Download => arguments.bytes,
        Job::Pages => PAGES * 50,
        Job::Nothing => 0,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let (began, cpu) = (Instant::now(), ProcessTime::now());
    let done = runtime.block_on(job(arguments))?;
    let cost = Cost {
        seconds: began.elapsed().as_secs_f64(),
        cpu: cpu.elapsed().as_secs_f64(),
        peak: peak("self")?,
    };
    anyhow::ensure!(done == expected, "{done} of {expected}");
    println!("{}", serde_json::to_string(&cost)?);
    Ok(())
}

/// The most memory that a process had so far, in KiB.
///
/// # Errors
///
/// There is no such process, or this is not Linux.
pub fn peak(process: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| anyhow::anyhow!("the system does not say how much memory a process has"))
}
