//! Generates documents in parallel; each is on its own, so one that fails stops no other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use discovery_generator::output::{self, Crate};
use discovery_generator::{Input, Options, RuntimeDependency, Source};
use indicatif::ProgressBar;
use serde_json::Value;

use super::Row;
use crate::{Failure, Workspace};

/// Generates all documents into `out`, `jobs` at a time.
pub(super) fn all(
    workspace: &Workspace,
    documents: &[PathBuf],
    out: &Path,
    jobs: usize,
) -> Result<Vec<Row>, Failure> {
    std::fs::create_dir_all(out)
        .map_err(|error| Failure::failed(format!("cannot make `{}`: {error}", out.display())))?;
    let options = Options::new(
        RuntimeDependency::Path(workspace.runtime()),
        "cargo xtask corpus",
    );
    let bar = super::table::bar(documents.len(), "generating");
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, documents.len()) {
            scope.spawn(|| {
                work(documents, &next, &rows, &bar, |document| {
                    one(document, out, &options)
                });
            });
        }
    });
    bar.finish_and_clear();
    Ok(rows.into_inner().unwrap_or_default())
}

fn work(
    documents: &[PathBuf],
    next: &AtomicUsize,
    rows: &Mutex<Vec<Row>>,
    bar: &ProgressBar,
    generate: impl Fn(&Path) -> Row,
) {
    while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
        bar.set_message(super::name_of(document));
        let row = generate(document);
        if let Ok(mut rows) = rows.lock() {
            rows.push(row);
        }
        bar.inc(1);
    }
}

fn one(document: &Path, out: &Path, options: &Options) -> Row {
    let started = Instant::now();
    let mut row = Row {
        name: super::name_of(document),
        methods: 0,
        schemas: 0,
        lines: 0,
        time: started.elapsed(),
        folder: None,
        failure: None,
    };
    // A panic of the generator is a bug to report beside the others.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        generate(document, out, options, &mut row)
    }));
    row.failure = match outcome {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => Some(failure),
        Err(_) => Some(("generate", "the generator panicked".to_owned())),
    };
    row.time = started.elapsed();
    row
}

fn generate(
    document: &Path,
    out: &Path,
    options: &Options,
    row: &mut Row,
) -> Result<(), (&'static str, String)> {
    let text = std::fs::read_to_string(document).map_err(|error| ("read", error.to_string()))?;
    let tree: Value = serde_json::from_str(&text).unwrap_or_default();
    row.methods = count_methods(&tree);
    row.schemas = tree
        .get("schemas")
        .and_then(Value::as_object)
        .map_or(0, serde_json::Map::len);
    let source = Source {
        name: document.display().to_string(),
        text,
    };
    let files = discovery_generator::generate(&Input::new(source), options)
        .map_err(|diagnostics| ("generate", diagnostics.to_string()))?;
    row.lines = files
        .iter()
        .filter(|file| {
            Path::new(&file.path)
                .extension()
                .is_some_and(|ending| ending == "rs")
        })
        .map(|file| file.text.lines().count())
        .sum();
    let files = Crate::new(files).map_err(|error| ("write", error.to_string()))?;
    row.folder = Some(files.folder().to_owned());
    let options = output::Options {
        force: true,
        follow_symlinks: true,
    };
    output::write(out, &files, options).map_err(|error| ("write", error.to_string()))?;
    Ok(())
}

fn count_methods(resource: &Value) -> usize {
    let own = resource
        .get("methods")
        .and_then(Value::as_object)
        .map_or(0, serde_json::Map::len);
    let below = resource.get("resources").and_then(Value::as_object);
    own + below.map_or(0, |resources| resources.values().map(count_methods).sum())
}
