//! `generate`: from documents to crates on disk, or to a list of what differs.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use discovery_generator::output::{self, Crate, Difference};
use discovery_generator::{Input, Options, Release, RuntimeDependency, parallel};

use super::input::{self, Job};
use super::screen::Screen;
use super::summary::Summary;
use super::{Status, runtime};

/// Emit a client crate for each document
///
/// The crate of a document goes to the folder <name>-<version> in the output folder. Only files that
/// differ are replaced, and files of yours beside them stay. A generated file that you have edited is
/// reported, and overwritten only with --force.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The Discovery documents, JSON of at most 64 MiB each
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,
    /// The folder for the crates; it is made if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The file with corrections to the document [default: <document>.overrides.json beside
    /// <document>.json, if it exists]
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// The `discovery-runtime` that the crates depend on: a version, or its folder
    #[arg(long, value_name = "PATH-OR-VERSION", default_value = env!("CARGO_PKG_VERSION"))]
    runtime: String,
    /// Write nothing; print how the output folder differs, and exit with status 1 if it does
    #[arg(long)]
    check: bool,
    /// Overwrite generated files that were edited by hand, and files in their place
    #[arg(long, conflicts_with = "check")]
    force: bool,
    /// Allow an output folder that is reached through symbolic links
    #[arg(long)]
    follow_symlinks: bool,
}

const EXAMPLES: &str = "\
Examples:
  discovery-generator generate photoslibrary-v1.json --out generated
  discovery-generator generate discovery/*.json --out generated --runtime ../runtime
  discovery-generator generate discovery/*.json --out generated --check";

pub(super) fn run(arguments: &Arguments, screen: &mut Screen) -> Status {
    let prepared = jobs(arguments, screen).and_then(|jobs| {
        Ok((
            jobs,
            runtime::dependency(&arguments.runtime, &arguments.out)?,
        ))
    });
    let (jobs, runtime) = match prepared {
        Ok(prepared) => prepared,
        Err(message) => {
            screen.error(message);
            return Status::Failed;
        }
    };
    let mut run = Run {
        arguments,
        folders: BTreeMap::new(),
        summary: Summary::default(),
        status: Status::Done,
    };
    parallel::in_order(
        &jobs,
        |job| made(job, runtime.clone()),
        |number, job, made| {
            let name = job.document.display();
            if jobs.len() > 1 {
                screen.progress(format_args!("[{}/{}] {name}", number + 1, jobs.len()));
            }
            if let Err(message) = made.and_then(|files| run.document(job, &files, screen)) {
                screen.progress(message);
                run.summary.add_failed(&name.to_string());
                run.status = Status::Failed;
            }
        },
    );
    screen.result(&run.summary);
    run.status
}

/// The documents with what belongs to them. Overrides and texts among several documents, as a
/// pattern such as `*.json` brings them along, are not documents.
fn jobs(arguments: &Arguments, screen: &mut Screen) -> Result<Vec<Job>, String> {
    if let ([document], Some(overrides)) = (&*arguments.documents, &arguments.overrides) {
        return Ok(vec![Job {
            overrides: Some(overrides.clone()),
            ..Job::new(document)
        }]);
    }
    if arguments.overrides.is_some() {
        let help = "name one document, or leave the overrides beside the documents";
        return Err(format!(
            "`--overrides` goes with one document\n  help: {help}"
        ));
    }
    let mut jobs = Vec::new();
    for path in &arguments.documents {
        if arguments.documents.len() > 1 && input::is_companion(path) {
            continue;
        }
        let job = Job::new(path);
        if let Some(overrides) = &job.overrides {
            let (document, overrides) = (path.display(), overrides.display());
            screen.progress(format_args!("{document}: corrected by {overrides}"));
        }
        if let Some(prose) = &job.prose {
            let (document, prose) = (path.display(), prose.display());
            screen.progress(format_args!("{document}: described by {prose}"));
        }
        jobs.push(job);
    }
    if jobs.is_empty() {
        return Err("all of these belong to a document\n  help: name the documents".to_owned());
    }
    Ok(jobs)
}

/// What the documents of one run share.
struct Run<'a> {
    arguments: &'a Arguments,
    /// Which document has made each folder.
    folders: BTreeMap<String, PathBuf>,
    summary: Summary,
    status: Status,
}

/// The crate of a document.
fn made(job: &Job, runtime: RuntimeDependency) -> Result<Crate, String> {
    let beside = |path: &Option<PathBuf>| path.as_deref().map(input::read).transpose();
    let input = Input {
        document: input::read(&job.document).map_err(error)?,
        prose: beside(&job.prose).map_err(error)?,
        overrides: beside(&job.overrides).map_err(error)?,
    };
    let mut options = Options::new(runtime, command(&job.document));
    if let Some(source) = beside(&job.release).map_err(error)? {
        let release = Release::read(&source);
        options.version = release
            .map_err(|diagnostics| diagnostics.to_string())?
            .version();
    }
    options.changelog = beside(&job.changelog)
        .map_err(error)?
        .map(|source| source.text);
    let files = discovery_generator::generate(&input, &options)
        .map_err(|diagnostics| diagnostics.to_string())?;
    let mut files = Crate::new(files).map_err(error)?;
    files.record(&input);
    Ok(files)
}

fn error(message: impl Display) -> String {
    format!("error: {message}")
}

impl Run<'_> {
    fn document(&mut self, job: &Job, files: &Crate, screen: &mut Screen) -> Result<(), String> {
        self.claim(files, &job.document)?;
        self.output(files, screen).map_err(error)
    }

    /// Two documents that make one crate would overwrite each other's.
    fn claim(&mut self, files: &Crate, document: &Path) -> Result<(), String> {
        let folder = files.folder();
        match self.folders.insert(folder.to_owned(), document.to_owned()) {
            None => Ok(()),
            Some(first) => Err(format!(
                "error: `{}` and `{}` both make `{folder}`\n  help: name one of them",
                first.display(),
                document.display()
            )),
        }
    }

    fn output(&mut self, files: &Crate, screen: &mut Screen) -> Result<(), output::Error> {
        let out = &self.arguments.out;
        let options = output::Options {
            force: self.arguments.force,
            follow_symlinks: self.arguments.follow_symlinks,
        };
        let result = if self.arguments.check {
            let differences = output::compare(out, files, options)?;
            for difference in &differences {
                screen.result(difference);
            }
            if !differences.is_empty() {
                self.status = self.status.max(Status::Differs);
            }
            differs(differences.len())
        } else {
            changes(&output::write(out, files, options)?)
        };
        self.summary.add(files.folder(), files.file_count(), result);
        Ok(())
    }
}

/// The command that the emitted files name. It stands in comments: a name that could end one, or
/// says something about the machine, is left out.
fn command(document: &Path) -> String {
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let name = if plain { &name } else { "DOCUMENT" };
    format!("discovery-generator generate {name}")
}

fn differs(count: usize) -> String {
    match count {
        0 => "up to date".to_owned(),
        1 => "1 difference".to_owned(),
        count => format!("{count} differences"),
    }
}

fn changes(written: &[Difference]) -> String {
    match written {
        [] => return "up to date".to_owned(),
        // It changes alone when the document does, but not what is made from it.
        [only] if only.is_of_manifest() => return "manifest changed".to_owned(),
        _ => {}
    }
    let mut counts = Vec::new();
    for action in ["added", "changed", "removed"] {
        let count = written
            .iter()
            .filter(|file| file.action() == action)
            .count();
        if count > 0 {
            counts.push(format!("{count} {action}"));
        }
    }
    counts.join(", ")
}
