//! What generating a crate costs, beside the least that printing it costs.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use benches::generation::{Cost, document};

use super::builds::Programs;
use super::calls::{callgrind, collected};
use super::recorded::Recorded;
use super::table::{Table, ratio};

/// What the table shows.
pub(crate) const TEXT: &str = "\
Documents that are made for the purpose, with as much prose as large ones of Google have: about 170
bytes a property, four tenths of it said before. The floor is what syn's parser and prettyplease cost
over the same tokens in the same process; memory is the most that the process had, beside the size of
the document. Small documents show what any process has. Memory and wall / CPU are those of a run that
also writes the crate.";

/// The size whose instructions are recorded.
const COUNTED: usize = 30;

/// Generates documents of several sizes.
pub(crate) fn measure(
    programs: &Programs,
    quick: bool,
    recorded: &mut Recorded,
) -> Result<(Table, Vec<Cost>)> {
    let sizes: &[usize] = if quick {
        &[30, 300]
    } else {
        &[10, 30, 100, 300, 1000, 3000, 10_000]
    };
    let cores = std::thread::available_parallelism()?;
    let mut table = Table::new(&[
        "schemas",
        "document, KB",
        "lines",
        "CPU / floor",
        "CPU a KB / that of the first",
        "memory / document",
        &format!("wall / CPU, {cores} cores"),
    ]);
    let mut costs: Vec<Cost> = Vec::new();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("document.json");
    for schemas in sizes {
        // Made here, so that it takes no memory of the measured process.
        std::fs::write(&path, document(*schemas))?;
        let rounds = if *schemas > 1000 { "1" } else { "3" };
        let mut command = Command::new(&programs.generate);
        command.arg(&path).args(["--rounds", rounds]);
        let output = command.output()?;
        if !output.status.success() {
            bail!("generate: {}", String::from_utf8_lossy(&output.stderr));
        }
        let cost: Cost = serde_json::from_slice(&output.stdout)?;
        costs.push(cost);
        if *schemas == COUNTED {
            let figure = instructions(programs, &path)? / cost.document as f64;
            let name = format!("generation and its floor, instructions a byte, {COUNTED} schemas");
            recorded.add(name, figure);
        }
        table.push(vec![
            schemas.to_string(),
            (cost.document / 1000).to_string(),
            cost.lines.to_string(),
            ratio(cost.generation as f64 / cost.floor as f64),
            ratio(rate(cost) / rate(costs[0])),
            ratio(cost.memory as f64 / cost.document as f64),
            ratio(cost.wall as f64 / cost.run as f64),
        ]);
    }
    Ok((table, costs))
}

/// Instructions of one round: those of two less those of one, which leaves the first run out.
fn instructions(programs: &Programs, document: &Path) -> Result<f64> {
    let count = |rounds: &str| {
        let mut command = callgrind(&programs.generate);
        command.arg(document).args(["--rounds", rounds]);
        collected(command)
    };
    Ok(count("2")? - count("1")?)
}

fn rate(cost: Cost) -> f64 {
    cost.generation as f64 / cost.document as f64
}
