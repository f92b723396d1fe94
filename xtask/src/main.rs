//! The verbs of `cargo xtask`: a line here for each, the work in a module of the library.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use discovery_generator::output::Difference;
use xtask::{
    Failure, Workspace, bench, canonicalize, changes, codegen, corpus, fetch, promises, soak,
};

/// What maintainers do
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make generated/ from discovery/
    Codegen {
        /// Write nothing; print what differs, and exit with status 1 if anything does
        #[arg(long)]
        check: bool,
        /// Overwrite generated files that were edited by hand
        #[arg(long, conflicts_with = "check")]
        force: bool,
        /// Raise the version of a crate whose API has changed, and say so in its changelog
        #[arg(long, conflicts_with = "check")]
        raise_version: bool,
    },
    /// Take the live document of an API into discovery/
    Fetch {
        /// The name and the version of the API, such as photoslibrary:v1
        #[arg(value_name = "NAME:VERSION")]
        api: String,
        /// An https address or a file, in place of the API's own address
        #[arg(long, value_name = "URL-OR-FILE")]
        from: Option<String>,
        /// Trust the certificates in this PEM file in place of the public ones
        #[arg(long, value_name = "FILE")]
        authority: Option<std::path::PathBuf>,
    },
    /// Show what the documents in discovery/ change for users, compared with what is committed
    Changes {
        /// Two documents to compare instead; what belongs to them is found beside them
        #[arg(value_names = ["OLD", "NEW"], num_args = 2)]
        documents: Vec<std::path::PathBuf>,
        /// Markdown, for a pull request and the changelog
        #[arg(long)]
        markdown: bool,
    },
    /// Generate every document of a folder, and print how each fared
    Corpus {
        /// The folder with the documents
        folder: std::path::PathBuf,
        /// How many to work on at once [default: one for each core]
        #[arg(long, default_value_t = 0, hide_default_value = true)]
        jobs: usize,
        /// Compile, lint and document what comes out, and compile its examples
        #[arg(long)]
        check: bool,
        /// Only compile what comes out, and print the processor time that the compiler takes for it
        #[arg(long, conflicts_with = "check")]
        cpu: bool,
        /// Only documents whose name matches; `*` stands for any text
        #[arg(long, value_name = "PATTERN")]
        only: Option<String>,
    },
    /// Count the tests behind each promise, and write docs/promises.md
    Promises {
        /// Write nothing; exit with status 1 if the page is out of date
        #[arg(long)]
        check: bool,
    },
    /// Run all fuzz targets and random schedules for minutes, and print one table
    Soak {
        /// `--minutes N`, `--target T`, `--seed S`, `--schedules N`; `--help` explains them
        #[arg(
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "OPTIONS"
        )]
        options: Vec<std::ffi::OsString>,
    },
    /// Sort the keys of the documents in discovery/
    Canonicalize {
        /// Write nothing; print which documents are not sorted, and exit with status 1 if any is not
        #[arg(long)]
        check: bool,
    },
    /// Measure calls, generation and builds beside a published client and one by hand
    Bench {
        /// What to measure (calls, decoding, transfers, generation, builds), --quick, --check, --write
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = Workspace::here().and_then(|workspace| run(&Arguments::parse().verb, &workspace));
    match done {
        Ok(lines) => {
            if !lines.is_empty() {
                print(io::stdout(), lines.join("\n"));
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            print(io::stderr(), &failure);
            ExitCode::from(match failure {
                Failure::Outdated(_) => 1,
                Failure::Failed(_) => 2,
            })
        }
    }
}

/// Does what the verb says; the lines are for people.
fn run(verb: &Verb, workspace: &Workspace) -> Result<Vec<String>, Failure> {
    match verb {
        Verb::Bench { arguments } => bench::run(workspace, arguments).map(|()| Vec::new()),
        Verb::Corpus {
            folder,
            jobs,
            check,
            cpu,
            only,
        } => {
            let options = corpus::Options {
                folder: folder.clone(),
                jobs: *jobs,
                check: *check,
                cpu: *cpu,
                only: only.clone(),
            };
            corpus::run(workspace, &options)
        }
        Verb::Codegen { check: true, .. } => {
            codegen::check(workspace)?;
            Ok(vec!["generated/ is up to date".to_owned()])
        }
        Verb::Codegen {
            check: false,
            force,
            raise_version,
        } => {
            let options = codegen::Options {
                force: *force,
                raise_version: *raise_version,
            };
            let done = codegen::run(workspace, options)?;
            Ok(done
                .iter()
                .map(|(folder, written)| codegen_line(folder, written))
                .collect())
        }
        Verb::Promises { check: true } => {
            promises::check(workspace)?;
            Ok(vec!["docs/promises.md is up to date".to_owned()])
        }
        Verb::Promises { check: false } => {
            promises::run(workspace)?;
            Ok(Vec::new())
        }
        Verb::Soak { options } => {
            soak::run(workspace, options)?;
            Ok(Vec::new())
        }
        Verb::Fetch {
            api,
            from,
            authority,
        } => {
            let options = fetch::Options {
                api: api.clone(),
                from: from.clone(),
                authority: authority.clone(),
            };
            fetch::run(workspace, &options)
        }
        Verb::Changes {
            documents,
            markdown,
        } => {
            let documents = match documents.as_slice() {
                [old, new] => Some((old.clone(), new.clone())),
                _ => None,
            };
            let options = changes::Options {
                documents,
                markdown: *markdown,
            };
            changes::run(workspace, &options)
        }
        Verb::Canonicalize { check: true } => {
            canonicalize::check(workspace)?;
            Ok(vec!["all documents are in canonical form".to_owned()])
        }
        Verb::Canonicalize { check: false } => {
            let rewritten = canonicalize::run(workspace)?;
            Ok(rewritten
                .iter()
                .map(|name| format!("{name}: rewritten"))
                .collect())
        }
    }
}

fn codegen_line(folder: &str, written: &[Difference]) -> String {
    if written.is_empty() {
        return format!("generated/{folder}: up to date");
    }
    let count = |action| {
        written
            .iter()
            .filter(|file| file.action() == action)
            .count()
    };
    let (added, changed, removed) = (count("added"), count("changed"), count("removed"));
    format!("generated/{folder}: {added} added, {changed} changed, {removed} removed")
}

fn print(mut stream: impl Write, text: impl Display) {
    // A reader that has gone away does not change what was done.
    let _ = writeln!(stream, "{text}");
}
