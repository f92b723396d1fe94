//! Generates a crate from a document, and prints what that cost beside the least that today's way of
//! printing costs: syn's parser and prettyplease over the same tokens.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use benches::generation::Cost;
use clap::Parser;
use cpu_time::ProcessTime;
use discovery_generator::output::{self, Crate};
use discovery_generator::{File, Input, Options, RuntimeDependency, Source};
use proc_macro2::TokenStream;

#[derive(Parser)]
struct Arguments {
    /// The document.
    document: PathBuf,
    /// Rounds; the least CPU time counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let text = std::fs::read_to_string(&arguments.document)?;
    let bytes = text.len();
    let input = Input::new(Source {
        name: "bench.json".to_owned(),
        text,
    });
    let options = Options::new(RuntimeDependency::Version("0.1".to_owned()), "bench");
    let (cpu, wall) = (ProcessTime::now(), Instant::now());
    write(&input, &options)?;
    let (run, wall) = (cpu.elapsed(), wall.elapsed());
    // The first run alone says how much memory one needs.
    let memory = peak_memory().unwrap_or_default();
    let mut generation = Duration::MAX;
    let mut files = Vec::new();
    for _ in 0..arguments.rounds {
        let start = ProcessTime::now();
        files = generate(&input, &options)?;
        generation = generation.min(start.elapsed());
    }
    let sources: Vec<TokenStream> = files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .map(|file| {
            file.text
                .parse()
                .map_err(|error| anyhow::anyhow!("{}: {error}", file.path))
        })
        .collect::<Result<_>>()?;
    let mut floor = Duration::MAX;
    for _ in 0..arguments.rounds {
        let sources = sources.clone();
        let start = ProcessTime::now();
        for tokens in sources {
            let file = syn::parse2(tokens).context("emitted code does not parse")?;
            std::hint::black_box(prettyplease::unparse(&file));
        }
        floor = floor.min(start.elapsed());
    }
    let cost = Cost {
        document: bytes,
        lines: files.iter().map(|file| file.text.lines().count()).sum(),
        generation: generation.as_nanos(),
        floor: floor.as_nanos(),
        run: run.as_nanos(),
        wall: wall.as_nanos(),
        memory,
    };
    println!("{}", serde_json::to_string(&cost)?);
    Ok(())
}

fn generate(input: &Input, options: &Options) -> Result<Vec<File>> {
    let files = discovery_generator::generate(input, options);
    files.map_err(|error| anyhow::anyhow!("{error}"))
}

/// Generates a crate and writes it, as `discovery-generator generate` does.
fn write(input: &Input, options: &Options) -> Result<()> {
    let out = tempfile::tempdir()?;
    let mut files = Crate::new(generate(input, options)?)?;
    files.record(input);
    output::write(out.path(), &files, output::Options::default())?;
    Ok(())
}

/// The most memory that the process has had, in bytes, where the system says so.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: usize = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
