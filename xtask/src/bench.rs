//! Runs the measurements, which are a workspace of their own: they build peers that nothing else needs.

use std::process::Command;

use crate::{Failure, Workspace};

/// Builds and runs `benches/` with these arguments; it prints its tables by itself.
///
/// # Errors
///
/// It does not build, a measurement failed, or a recorded figure has grown.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--release", "--locked", "--quiet", "--manifest-path"]);
    command.arg(workspace.benches().join("Cargo.toml"));
    command
        .arg("--target-dir")
        .arg(workspace.target().join("bench"));
    // The same build again, from inside, has none of the variables that cargo gave to this program;
    // build scripts that look at them are run again where they differ.
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in names.filter(|name| name.starts_with("CARGO_") && name != "CARGO_HOME") {
        command.env_remove(name);
    }
    match command.arg("--").args(arguments).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::failed(format!(
            "the measurements ended with {status}"
        ))),
        Err(error) => Err(Failure::failed(format!("cargo cannot be run: {error}"))),
    }
}
