//! The parts of the report in order, and what becomes of it.

mod builds;
mod calls;
mod generation;
mod plot;
mod recorded;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use self::recorded::Recorded;
use self::table::Table;
use crate::Arguments;

/// Measures everything, prints the report, and checks or records it.
///
/// # Errors
///
/// A program could not be built or run, or with `check` a figure has grown.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let quick = arguments.quick;
    let programs = builds::programs()?;
    let mut recorded = Recorded::default();
    let mut page = String::from(INTRODUCTION);
    let mut add = |title: &str, text: &str, table: Table| {
        let section = format!("\n## {title}\n\n{text}\n\n{table}");
        print!("{section}");
        page.push_str(&section);
    };
    let calls = calls::measure(&programs, quick, &mut recorded)?;
    add("Calls", calls::TEXT, calls);
    let (generation, points) = generation::measure(&programs, quick, &mut recorded)?;
    add("Generation", generation::TEXT, generation);
    if arguments.builds {
        add("Builds", builds::TEXT, builds::measure(&mut recorded)?);
    }
    if arguments.check {
        recorded.compare(&Recorded::read(&folder().join("recorded.json"))?)?;
        println!("\nNo recorded figure has grown by more than 3 percent.");
    }
    if arguments.write {
        let docs = folder().join("../docs");
        let path = folder().join("recorded.json");
        if path.exists() {
            recorded.keep(Recorded::read(&path)?);
        }
        recorded.write(&path)?;
        save(&docs.join("generation.svg"), &plot::svg(&points))?;
        page.push_str("\n![Cost of generation against the size of the document](generation.svg)\n");
        save(&docs.join("performance.md"), &page)?;
    }
    Ok(())
}

/// The folder of this package.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn save(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

const INTRODUCTION: &str = "\
# Performance

Made by `cargo xtask bench --write`. Each figure is a ratio within one run on one machine, so that
it can be compared with a run on another. *By hand* is a client of hyper and serde's derives with all
fields of the reference, without retries or limits (`benches/src/bin/by_hand.rs`); *published* is
`google-photoslibrary1` 7.0.0. Below 1 is less than theirs.
";
