//! `cargo xtask soak`: all targets and schedules for minutes, with progress, and one table.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use fuzz::run::{Until, corpus, corpus_folder, run};
use fuzz::table::{Row, table};
use fuzz::{SCHEDULES, Schedules, TARGETS, Target, build, schedules};
use indicatif::{ProgressBar, ProgressStyle};

/// Runs all fuzz targets and the random schedules of uploads and downloads, and prints one table
#[derive(Debug, Parser)]
#[command(name = "cargo xtask soak", bin_name = "cargo xtask soak")]
struct Arguments {
    /// Minutes for each target
    #[arg(long, default_value_t = 5.0)]
    minutes: f64,
    /// Only this target, or `schedules`
    #[arg(long)]
    target: Option<String>,
    /// Where the inputs start; the seed of a failure gives it again as the first one
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many random schedules each of the property tests runs
    #[arg(long, default_value_t = 20_000)]
    schedules: u32,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let chosen = |name: &str| arguments.target.as_deref().is_none_or(|only| only == name);
    let targets: Vec<&Target> = TARGETS
        .iter()
        .filter(|target| chosen(target.name))
        .collect();
    let planned: &[Schedules] = if chosen("schedules") { SCHEDULES } else { &[] };
    if targets.is_empty() && planned.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!(
            "error: there is no such target; there are {} and schedules",
            names.join(", ")
        );
        return ExitCode::from(2);
    }
    // A failure is told once, with its input.
    std::panic::set_hook(Box::new(|_| {}));
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    for target in targets {
        match fuzzed(*target, &arguments) {
            Ok((row, failure)) => {
                rows.push(row);
                failures.extend(failure);
            }
            Err(message) => failures.push(message),
        }
    }
    for what in planned {
        let (row, failure) = scheduled(*what, &arguments);
        rows.push(row);
        failures.extend(failure);
    }
    print!("{}", table(&rows));
    for failure in &failures {
        eprintln!("\nerror: {failure}");
    }
    if failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The row of a target, and what it found.
fn fuzzed(target: Target, arguments: &Arguments) -> Result<(Row, Option<String>), String> {
    let folder = corpus_folder();
    let corpus = corpus(&folder, &target)
        .map_err(|error| format!("{}: {error}", folder.join(target.name).display()))?;
    let limit = Duration::from_secs_f64(arguments.minutes.max(0.0) * 60.0);
    let bar = bar(target.name, limit);
    let start = Instant::now();
    let report = run(
        target,
        corpus,
        arguments.seed,
        Until::Time(limit),
        |cases| {
            bar.set_position(start.elapsed().as_millis().try_into().unwrap_or(u64::MAX));
            bar.set_message(format!("{cases} inputs"));
        },
    );
    bar.finish_and_clear();
    let failure = report.failure.map(|failure| {
        let kept = keep(target.name, failure.seed, &failure.input);
        format!(
            "{0}: {1}\nthe input is {2}; repeat with `cargo xtask soak --target {0} --seed {3}`, and keep it as a file of fuzz/corpus/{0}",
            target.name, failure.message, kept, failure.seed
        )
    });
    let row = Row {
        name: format!("`{}`", target.name),
        holds: target.holds.to_owned(),
        cases: report.cases,
        took: start.elapsed(),
        slowest: Some(report.slowest),
        found: if failure.is_some() {
            "a failure"
        } else {
            "nothing"
        }
        .to_owned(),
    };
    Ok((row, failure))
}

fn scheduled(what: Schedules, arguments: &Arguments) -> (Row, Option<String>) {
    let bar = ProgressBar::new_spinner().with_message(format!("schedules of {}s", what.test));
    bar.enable_steady_tick(Duration::from_millis(200));
    let built = build(root(), what);
    let start = Instant::now();
    let run = || schedules(root(), what, arguments.schedules, arguments.seed);
    let done = built.and_then(|()| run());
    bar.finish_and_clear();
    let row = Row {
        name: format!("random faults of {}s", what.test),
        holds: what.holds.to_owned(),
        cases: arguments.schedules.into(),
        took: start.elapsed(),
        slowest: None,
        found: if done.is_err() {
            "a failure"
        } else {
            "nothing"
        }
        .to_owned(),
    };
    let failure = done.err().map(|output| {
        format!(
            "{} {}, with the seed {}:\n{output}",
            what.test, what.filter, arguments.seed
        )
    });
    (row, failure)
}

fn bar(name: &str, limit: Duration) -> ProgressBar {
    let bar = ProgressBar::new(limit.as_millis().try_into().unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{prefix:12} {bar:40} {elapsed} {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(name.to_owned());
    bar
}

/// Keeps an input; what is printed says where it is, or why not.
fn keep(target: &str, seed: u64, input: &[u8]) -> String {
    let folder = root().join("target/soak");
    let path = folder.join(format!("{target}-{seed}"));
    match fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input)) {
        Ok(()) => path.display().to_string(),
        Err(error) => format!("lost: {}: {error}", path.display()),
    }
}

fn root() -> &'static Path {
    static ROOT: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    ROOT.get_or_init(|| corpus_folder().join("../.."))
}
