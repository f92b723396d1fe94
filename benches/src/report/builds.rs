//! Builds: the measured programs, and what a ten-line program costs to build with each client.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::folder;
use super::recorded::Recorded;
use super::table::{Table, ratio};

/// The measured programs.
pub(crate) struct Programs {
    pub(crate) ours: PathBuf,
    pub(crate) published: PathBuf,
    pub(crate) by_hand: PathBuf,
    pub(crate) generate: PathBuf,
    pub(crate) transfer_ours: PathBuf,
    pub(crate) transfer_bare: PathBuf,
}

/// Builds the measured programs beside this one.
pub(crate) fn programs() -> Result<Programs> {
    let this = std::env::current_exe()?;
    let beside = this.parent().context("this program is in no folder")?;
    let path = |name: &str| beside.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let mut build = cargo(&folder());
    build.args(["build", "--release", "--bins", "--target-dir"]);
    build.arg(
        beside
            .parent()
            .context("this program is in no target folder")?,
    );
    // This program is running, and up to date.
    ensure!(build.status()?.success(), "the programs do not build");
    Ok(Programs {
        ours: path("ours"),
        published: path("published"),
        by_hand: path("by_hand"),
        generate: path("generate"),
        transfer_ours: path("transfer_ours"),
        transfer_bare: path("transfer_bare"),
    })
}

/// What the table shows.
pub(crate) const TEXT: &str = "\
A clean build of a ten-line program that lists albums (`benches/consumers`): CPU seconds of cargo and
all that it starts, as ratios; crates in the build; the stripped release binary.";

/// Builds each consumer from nothing.
pub(crate) fn measure(recorded: &mut Recorded) -> Result<Table> {
    let costs = ["ours", "published", "by-hand"].map(consumer);
    let [ours, published, by_hand] = costs;
    let (ours, published, by_hand) = (ours?, published?, by_hand?);
    let mut table = Table::new(&["build", "ours / by hand", "ours / published"]);
    for (index, name) in [
        "check",
        "debug build",
        "release build",
        "crates",
        "release binary, bytes",
    ]
    .iter()
    .enumerate()
    {
        let (hand, theirs) = (ours[index] / by_hand[index], ours[index] / published[index]);
        if index > 2 {
            recorded.add(format!("{name}, ours / by hand"), hand);
        }
        table.push(vec![(*name).to_owned(), ratio(hand), ratio(theirs)]);
    }
    Ok(table)
}

/// CPU time of check, debug and release, the number of crates, the size of the binary.
#[allow(clippy::cast_precision_loss)]
fn consumer(name: &str) -> Result<[f64; 5]> {
    let source = folder().join("consumers").join(name);
    let target = tempfile::tempdir()?;
    let mut times = [0.0; 3];
    for (time, arguments) in
        times
            .iter_mut()
            .zip([&["check"][..], &["build"], &["build", "--release"]])
    {
        let before = children_cpu();
        let mut build = cargo(&source);
        build
            .args(arguments)
            .args(["--quiet", "--locked", "--target-dir"]);
        // Each kind in a folder of its own: none finds what another has built.
        build.arg(target.path().join(arguments.join("-")));
        ensure!(build.status()?.success(), "{name} does not build");
        *time = children_cpu() - before;
    }
    let mut tree = cargo(&source);
    tree.args([
        "tree",
        "--locked",
        "--prefix",
        "none",
        "--no-dedupe",
        "--edges",
        "normal,build",
    ]);
    let listing = String::from_utf8(tree.output()?.stdout)?;
    let mut crates: Vec<_> = listing
        .lines()
        .map(|line| line.split(" (").next().unwrap_or(line))
        .collect();
    crates.sort_unstable();
    crates.dedup();
    let binary = target
        .path()
        .join("build---release/release")
        .join(format!("{name}-consumer"));
    let stripped = target.path().join("stripped");
    let strip = Command::new("strip")
        .arg("-o")
        .arg(&stripped)
        .arg(&binary)
        .status();
    let binary = if strip.is_ok_and(|status| status.success()) {
        stripped
    } else {
        binary
    };
    let size = std::fs::metadata(binary)?.len();
    Ok([
        times[0],
        times[1],
        times[2],
        crates.len() as f64,
        size as f64,
    ])
}

pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).env_remove("RUSTFLAGS");
    // Build scripts are run again when variables that cargo gave to this program differ.
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in names.filter(|name| name.starts_with("CARGO_") && name != "CARGO_HOME") {
        command.env_remove(name);
    }
    command
}

/// CPU seconds of all children that have ended.
#[allow(clippy::cast_precision_loss)]
fn children_cpu() -> f64 {
    // The fields of `/proc/self/stat` after the name: utime is the 12th, cutime the 14th.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(") ").map_or("", |(_, after)| after);
    let fields: Vec<u64> = after
        .split(' ')
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    let ticks = fields.get(13..15).map_or(0, |fields| fields.iter().sum());
    ticks as f64 / 100.0
}
