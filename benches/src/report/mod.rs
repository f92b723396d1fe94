//! The parts of the report in order, and what becomes of it.

mod alone;
mod builds;
mod calls;
mod decoding;
mod generation;
mod page;
mod plot;
mod recorded;
mod table;
mod transfers;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use benches::generation::Cost;

use self::builds::Programs;
use self::page::Page;
use self::recorded::Recorded;
use self::table::Table;
use crate::{Arguments, Section};

/// Measures what was asked for, prints the report, and checks or records it.
///
/// # Errors
///
/// A program could not be built or run, or with `check` a figure has grown.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let docs = folder().join("../docs");
    let mut report = Report {
        programs: builds::programs()?,
        quick: arguments.quick,
        recorded: Recorded::default(),
        page: Page::read(&docs.join("performance.md"))?,
        pictures: Vec::new(),
    };
    for section in arguments.sections() {
        report.measure(section)?;
    }
    let path = folder().join("recorded.json");
    if arguments.check {
        report.recorded.compare(&Recorded::read(&path)?)?;
        println!("\nNo recorded figure has grown by more than 3 percent.");
    }
    if arguments.write {
        if path.exists() {
            report.recorded.keep(Recorded::read(&path)?);
        }
        report.recorded.write(&path)?;
        for picture in report.pictures {
            save(&docs.join(picture.file), &picture.svg)?;
        }
        save(&docs.join("performance.md"), &report.page.to_string())?;
    }
    Ok(())
}

/// What was measured so far.
struct Report {
    programs: Programs,
    quick: bool,
    recorded: Recorded,
    page: Page,
    pictures: Vec<Picture>,
}

/// A picture that belongs to a section.
struct Picture {
    file: &'static str,
    caption: &'static str,
    svg: String,
}

impl Report {
    fn measure(&mut self, section: Section) -> Result<()> {
        let (programs, quick) = (&self.programs, self.quick);
        match section {
            Section::Calls => {
                let table = calls::measure(programs, quick, &mut self.recorded)?;
                self.add("Calls", calls::TEXT, &table, None);
            }
            Section::Decoding => {
                let measured = decoding::measure(programs, quick, &mut self.recorded)?;
                if let Some((table, svg)) = measured {
                    let picture = Picture {
                        file: "decoding.svg",
                        caption: "Cost of decoding against the size of the page",
                        svg,
                    };
                    self.add("Decoding", decoding::TEXT, &table, Some(picture));
                }
            }
            Section::Transfers => {
                let table = transfers::measure(programs, quick)?;
                self.add("Transfers", transfers::TEXT, &table, None);
                if !quick {
                    let table = transfers::folders()?;
                    self.add("Large folders", transfers::FOLDERS, &table, None);
                }
            }
            Section::Generation => {
                let (table, costs) = generation::measure(programs, quick, &mut self.recorded)?;
                let picture = Picture {
                    file: "generation.svg",
                    caption: "Cost of generation against the size of the document",
                    svg: generation_plot(&costs),
                };
                self.add("Generation", generation::TEXT, &table, Some(picture));
            }
            Section::Builds => {
                let table = builds::measure(&mut self.recorded)?;
                self.add("Builds", builds::TEXT, &table, None);
            }
        }
        Ok(())
    }

    fn add(&mut self, title: &str, text: &str, table: &Table, picture: Option<Picture>) {
        let mut section = format!("{text}\n\n{table}");
        print!("\n## {title}\n\n{section}");
        if let Some(picture) = picture {
            section.push_str(&format!("\n![{}]({})\n", picture.caption, picture.file));
            self.pictures.push(picture);
        }
        self.page.set(title, section);
    }
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

/// The folder of this package.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn save(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
