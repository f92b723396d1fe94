//! What the crate of the Photos API alone costs the compiler, beside the published one: everything
//! that it depends on has been built, and only the crate is built again.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::builds::{KINDS, build, built, cargo, cpu};
use super::folder;
use super::table::median;

/// Consumers, and the crate of each.
const OURS: (&str, &str) = ("ours", "google-photoslibrary-v1");
const PUBLISHED: (&str, &str) = ("published", "google-photoslibrary1");

/// CPU time of each kind of build, and lines of source: ours to the published one's. The consumers have
/// been built in the target folder.
pub(super) fn measure(target: &Path) -> Result<Vec<(&'static str, f64)>> {
    const ROUNDS: usize = 5;
    let mut ratios = Vec::new();
    for (name, arguments) in KINDS {
        // Built by itself, a crate may have other features than as a dependency: that comes first.
        for (consumer, package) in [OURS, PUBLISHED] {
            cpu(build(consumer, target, arguments).args(["--package", package]))?;
        }
        let rounds = (0..ROUNDS).map(|_| {
            let ours = crate_alone(OURS, target, arguments)?;
            Ok(ours / crate_alone(PUBLISHED, target, arguments)?)
        });
        ratios.push((name, median(rounds.collect::<Result<_>>()?)));
    }
    ratios.push(("lines", lines(OURS)? / lines(PUBLISHED)?));
    Ok(ratios)
}

/// CPU seconds of building the crate, less those of finding that nothing is to be done.
fn crate_alone(
    (consumer, package): (&str, &str),
    target: &Path,
    arguments: &[&str],
) -> Result<f64> {
    let mut clean = cargo(&folder().join("consumers").join(consumer));
    clean.args(["clean", "--quiet", "--locked", "--package", package]);
    clean.args(
        arguments
            .iter()
            .filter(|argument| **argument == "--release"),
    );
    clean
        .arg("--target-dir")
        .arg(built(consumer, target, arguments));
    ensure!(clean.status()?.success(), "{package} cannot be removed");
    let mut build = build(consumer, target, arguments);
    build.args(["--package", package]);
    Ok(cpu(&mut build)? - cpu(&mut build)?)
}

/// Lines of the crate's source.
#[allow(clippy::cast_precision_loss)]
fn lines((consumer, package): (&str, &str)) -> Result<f64> {
    let mut metadata = cargo(&folder().join("consumers").join(consumer));
    metadata.args(["metadata", "--locked", "--format-version", "1"]);
    let metadata: Value = serde_json::from_slice(&metadata.output()?.stdout)?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest = packages
        .find(|known| known["name"] == package)
        .and_then(|known| known["manifest_path"].as_str())
        .with_context(|| format!("{consumer} does not depend on {package}"))?;
    Ok(lines_below(&Path::new(manifest).with_file_name("src"))? as f64)
}

fn lines_below(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        lines += if path.is_dir() {
            lines_below(&path)?
        } else {
            fs::read_to_string(&path)?.lines().count()
        };
    }
    Ok(lines)
}
