//! Uploads and downloads under faults in random order: the property tests of the runtime, with more
//! cases and another seed.

use std::path::Path;
use std::process::{Command, Stdio};

/// Property tests of one file.
#[derive(Clone, Copy, Debug)]
pub struct Schedules {
    /// The test of the runtime.
    pub test: &'static str,
    /// What the names of the functions contain.
    pub filter: &'static str,
    /// What had to hold.
    pub holds: &'static str,
}

/// All of them.
pub const SCHEDULES: &[Schedules] = &[
    Schedules {
        test: "upload",
        filter: "random",
        holds: "an upload passes transient faults, or fails within an hour of the clock",
    },
    Schedules {
        test: "download",
        filter: "random",
        holds: "a download has exactly the bytes, or fails; no part is left",
    },
];

/// Builds them, so that the time of a run is that of the schedules.
///
/// # Errors
///
/// What cargo printed.
pub fn build(root: &Path, what: Schedules) -> Result<(), String> {
    outcome(cargo(root, what).arg("--no-run"))
}

/// Runs them.
///
/// # Errors
///
/// What cargo and the tests printed.
pub fn schedules(root: &Path, what: Schedules, cases: u32, seed: u64) -> Result<(), String> {
    let mut command = cargo(root, what);
    command
        .arg(what.filter)
        .env("PROPTEST_CASES", cases.to_string())
        .env("PROPTEST_RNG_SEED", seed.to_string());
    outcome(&mut command)
}

fn cargo(root: &Path, what: Schedules) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root)
        .args([
            "test",
            "--profile",
            "soak",
            "--package",
            "discovery-runtime",
        ])
        .args(["--test", what.test])
        .stdin(Stdio::null());
    command
}

fn outcome(command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Err(text(&output.stderr) + &text(&output.stdout))
}
