//! The parts of the report in order, and what becomes of it.

mod alone;
mod builds;
mod calls;
mod decoding;
mod generation;
mod plot;
mod recorded;
mod table;
mod transfers;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use benches::generation::Cost;

use self::builds::Programs;
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
    if arguments.transfers {
        return transfers(&programs, arguments);
    }
    let mut recorded = Recorded::default();
    let mut page = String::from(INTRODUCTION);
    let mut pictures = Vec::new();
    let mut add = |title: &str, text: &str, table: Table| {
        let section = format!("\n## {title}\n\n{text}\n\n{table}");
        print!("{section}");
        page.push_str(&section);
    };
    let calls = calls::measure(&programs, quick, &mut recorded)?;
    add("Calls", calls::TEXT, calls);
    if let Some((table, picture)) = decoding::measure(&programs, quick, &mut recorded)? {
        add("Decoding", decoding::TEXT, table);
        pictures.push((
            "decoding",
            "Cost of decoding against the size of the page",
            picture,
        ));
    }
    transfer_tables(&programs, quick, &mut add)?;
    let (generation, costs) = generation::measure(&programs, quick, &mut recorded)?;
    add("Generation", generation::TEXT, generation);
    let picture = generation_plot(&costs);
    pictures.push((
        "generation",
        "Cost of generation against the size of the document",
        picture,
    ));
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
        for (name, caption, picture) in pictures {
            save(&docs.join(format!("{name}.svg")), &picture)?;
            page.push_str(&format!("\n![{caption}]({name}.svg)\n"));
        }
        save(&docs.join("performance.md"), &page)?;
    }
    Ok(())
}

fn generation_plot(costs: &[Cost]) -> String {
    let line = |cost: fn(&Cost) -> u128| {
        let points = costs
            .iter()
            .map(|at| (at.document as f64 / 1e3, cost(at) as f64));
        points.collect()
    };
    plot::svg(
        "size of the document; CPU time in units of the first generation",
        &[
            ("generation", line(|cost| cost.generation)),
            ("syn and prettyplease alone", line(|cost| cost.floor)),
        ],
    )
}

/// Measures transfers alone, and puts them in the place of what the page has of them.
fn transfers(programs: &Programs, arguments: &Arguments) -> Result<()> {
    let path = folder().join("../docs/performance.md");
    let mut page = std::fs::read_to_string(&path)?;
    transfer_tables(programs, arguments.quick, |title, text, table| {
        let section = format!("\n## {title}\n\n{text}\n\n{table}");
        print!("{section}");
        replace_section(&mut page, title, &section);
    })?;
    if arguments.write {
        save(&path, &page)?;
    }
    Ok(())
}

fn transfer_tables(
    programs: &Programs,
    quick: bool,
    mut add: impl FnMut(&str, &str, Table),
) -> Result<()> {
    let table = transfers::measure(programs, quick)?;
    add("Transfers", transfers::TEXT, table);
    if !quick {
        add("Large folders", transfers::FOLDERS, transfers::folders()?);
    }
    Ok(())
}

/// Puts a section in the place of the one of this title; a new one comes before what is generated.
fn replace_section(page: &mut String, title: &str, section: &str) {
    let head = format!("\n## {title}\n");
    let (begin, end) = if let Some(begin) = page.find(&head) {
        let next = page[begin + 1..].find("\n## ");
        (begin, next.map_or(page.len(), |next| begin + 1 + next))
    } else {
        let begin = page.find("\n## Generation\n").unwrap_or(page.len());
        (begin, begin)
    };
    page.replace_range(begin..end, section);
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
