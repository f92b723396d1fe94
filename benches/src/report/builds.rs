//! Builds: the measured programs, and what a ten-line program costs to build with each client.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

use super::recorded::Recorded;
use super::table::{Table, ratio};
use super::{alone, folder};

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
all that it starts, as ratios; crates in the build; the stripped release binary. *Ours* has the default
features of the client's crate, uploads among them; *calls only* leaves those out
(`default-features = false, features = [\"default-transport\", \"ring\"]`). Then the Photos crate
alone, all that it depends on being built: medians, without what cargo takes to find nothing to do. The
published one is generic over its connector, so that most of its machine code is made where it is used.";

/// What is built.
pub(super) const KINDS: [(&str, &[&str]); 3] = [
    ("check", &["check"]),
    ("debug build", &["build"]),
    ("release build", &["build", "--release"]),
];

/// Builds each consumer from nothing, then the crates of the API alone.
pub(crate) fn measure(recorded: &mut Recorded) -> Result<Table> {
    let target = tempfile::tempdir()?;
    let costs = ["ours", "ours-calls", "published", "by-hand"];
    let [ours, calls, published, by_hand] = costs.map(|name| consumer(name, target.path()));
    let (ours, calls, published, by_hand) = (ours?, calls?, published?, by_hand?);
    let mut table = Table::new(&[
        "build",
        "calls only / by hand",
        "ours / by hand",
        "ours / published",
    ]);
    let names = KINDS.map(|(name, _)| name);
    for (index, name) in names
        .into_iter()
        .chain(["crates", "release binary, bytes"])
        .enumerate()
    {
        let (calls, hand) = (calls[index] / by_hand[index], ours[index] / by_hand[index]);
        if index > 2 {
            recorded.add(format!("{name}, calls only / by hand"), calls);
            recorded.add(format!("{name}, ours / by hand"), hand);
        }
        let theirs = ours[index] / published[index];
        table.push(vec![
            name.to_owned(),
            ratio(calls),
            ratio(hand),
            ratio(theirs),
        ]);
    }
    for (name, theirs) in alone::measure(target.path())? {
        let name = format!("Photos crate alone, {name}");
        if name.ends_with("lines") {
            recorded.add(format!("{name}, ours / published"), theirs);
        }
        table.push(vec![name, "-".to_owned(), "-".to_owned(), ratio(theirs)]);
    }
    Ok(table)
}

/// CPU time of check, debug and release, the number of crates, the size of the binary.
#[allow(clippy::cast_precision_loss)]
fn consumer(name: &str, target: &Path) -> Result<[f64; 5]> {
    let source = folder().join("consumers").join(name);
    let mut times = [0.0; 3];
    for (time, (_, arguments)) in times.iter_mut().zip(KINDS) {
        *time = cpu(&mut build(name, target, arguments))?;
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
    let release = built(name, target, KINDS[2].1).join("release");
    let binary = release.join(format!("{name}-consumer"));
    let stripped = release.join("stripped");
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

/// The command that builds a consumer.
pub(super) fn build(name: &str, target: &Path, arguments: &[&str]) -> Command {
    let mut build = cargo(&folder().join("consumers").join(name));
    build.args(arguments).args(["--quiet", "--locked"]);
    build
        .arg("--target-dir")
        .arg(built(name, target, arguments));
    // As cargo builds what comes from a registry, from which users have the crates.
    build.env("CARGO_INCREMENTAL", "0");
    build
}

/// Each kind in a folder of its own: none finds what another has built.
pub(super) fn built(name: &str, target: &Path, arguments: &[&str]) -> PathBuf {
    target.join(name).join(arguments.join("-"))
}

/// Runs a command to its end: CPU seconds of it and of all that it started.
pub(super) fn cpu(command: &mut Command) -> Result<f64> {
    let used = || {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        let time = usage.user_time() + usage.system_time();
        anyhow::Ok(time.num_microseconds() as f64 / 1e6)
    };
    let before = used()?;
    ensure!(command.status()?.success(), "{command:?} failed");
    Ok(used()? - before)
}
