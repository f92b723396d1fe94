//! The loop that a client process runs, and what it reports.
//!
//! A process has one client and makes the calls of one case, some before the count and the rest in
//! it, one at a time or several. It prints one line of JSON.

use std::alloc::System;
use std::future::Future;

use clap::Parser;
use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};
use stats_alloc::StatsAlloc;

use crate::Case;

/// How a client process is run.
#[derive(Clone, Debug, Parser)]
pub struct Arguments {
    /// Where the server listens, such as `http://127.0.0.1:8080/`.
    #[arg(long)]
    pub server: String,
    /// The call.
    #[arg(long)]
    pub case: Case,
    /// Entries of the page, or items to create [default: those of the case].
    #[arg(long)]
    pub entries: Option<usize>,
    /// Calls that are counted.
    #[arg(long)]
    pub calls: usize,
    /// Calls before the count, which open connections and fill caches.
    #[arg(long, default_value_t = 4)]
    pub warm_up: usize,
    /// Calls at the same time.
    #[arg(long, default_value_t = 1)]
    pub at_once: usize,
}

/// What the counted calls cost the process.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Cost {
    /// CPU time, user and system, in nanoseconds.
    pub cpu: u128,
    /// Allocations and reallocations.
    pub allocations: usize,
    /// Bytes that were allocated.
    pub bytes: usize,
}

/// Runs `call` as the command line says, and prints the cost. `call` gives the number of entries
/// of its response.
///
/// # Errors
///
/// A call failed, or its response has another number of entries than the page.
pub fn run<F>(
    allocator: &'static StatsAlloc<System>,
    start: impl FnOnce(&Arguments) -> anyhow::Result<F>,
) -> anyhow::Result<()>
where
    F: AsyncCall,
{
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let cost = runtime.block_on(async {
        let client = start(&arguments)?;
        several(
            &client,
            &arguments,
            arguments.warm_up.max(arguments.at_once),
        )
        .await?;
        let (before, cpu) = (allocator.stats(), ProcessTime::now());
        several(&client, &arguments, arguments.calls).await?;
        let (after, cpu) = (allocator.stats() - before, cpu.elapsed());
        anyhow::Ok(Cost {
            cpu: cpu.as_nanos(),
            allocations: after.allocations + after.reallocations,
            bytes: after.bytes_allocated,
        })
    })?;
    println!("{}", serde_json::to_string(&cost)?);
    Ok(())
}

/// A client that can make the call of a case.
pub trait AsyncCall: Clone + Send + Sync + 'static {
    /// Makes the call for so many entries; the result is the number that the response has.
    fn call(
        &self,
        case: Case,
        entries: usize,
    ) -> impl Future<Output = anyhow::Result<usize>> + Send;
}

async fn several(
    client: &impl AsyncCall,
    arguments: &Arguments,
    calls: usize,
) -> anyhow::Result<()> {
    let case = arguments.case;
    // Each client counts them, so that all do the same work.
    let entries = arguments.entries.unwrap_or_else(|| case.entries());
    if arguments.at_once == 1 {
        for _ in 0..calls {
            check(entries, client.call(case, entries).await?)?;
        }
        return Ok(());
    }
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..arguments.at_once {
        let client = client.clone();
        let share = calls / arguments.at_once + usize::from(task < calls % arguments.at_once);
        tasks.spawn(async move {
            for _ in 0..share {
                check(entries, client.call(case, entries).await?)?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

fn check(expected: usize, entries: usize) -> anyhow::Result<()> {
    anyhow::ensure!(entries == expected, "{entries} entries of {expected}");
    Ok(())
}
