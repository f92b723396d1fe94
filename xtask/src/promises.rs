//! `promises`: what these crates promise, with the tests that hold it, counted where they stand.
//! Written to `docs/promises.md`, and checked by a test.
//!
//! A figure is rounded down to tens from ten on, so that not each new test changes the page.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Failure, Workspace};

/// The page, from the root.
const PAGE: &str = "docs/promises.md";

/// Something that is promised, and what holds it.
struct Promise {
    text: &'static str,
    evidence: &'static [Evidence],
}

/// What is counted in a file, or in all files of a folder and below it.
struct Evidence {
    path: &'static str,
    counted: Counted,
}

#[derive(Clone, Copy)]
enum Counted {
    /// Functions that are tests.
    Tests,
    /// Rows of a table, by how each begins.
    Rows(&'static str, &'static str),
    /// Cases of property tests in each run.
    Random,
    /// Files.
    Files(&'static str),
}

const fn tests(path: &'static str) -> Evidence {
    Evidence {
        path,
        counted: Counted::Tests,
    }
}

const fn rows(path: &'static str, begin: &'static str, noun: &'static str) -> Evidence {
    Evidence {
        path,
        counted: Counted::Rows(begin, noun),
    }
}

const fn random(path: &'static str) -> Evidence {
    Evidence {
        path,
        counted: Counted::Random,
    }
}

const fn files(path: &'static str, noun: &'static str) -> Evidence {
    Evidence {
        path,
        counted: Counted::Files(noun),
    }
}

const PROMISES: &[Promise] = &[
    Promise {
        text: "A call is retried only if it is idempotent, or if the server did not do it; each fault has its requests, its delay and its error",
        evidence: &[
            rows(
                "runtime/tests/calls/fault_matrix",
                "Fault::new(",
                "faults, each for three kinds of calls",
            ),
            tests("runtime/tests/calls/retries.rs"),
        ],
    },
    Promise {
        text: "An upload has exactly the bytes of its source, or fails",
        evidence: &[
            tests("runtime/tests/upload"),
            random("runtime/tests/upload"),
        ],
    },
    Promise {
        text: "A download is whole, or fails",
        evidence: &[
            tests("runtime/tests/download"),
            random("runtime/tests/download"),
        ],
    },
    Promise {
        text: "Whatever a response holds, reading it ends within limits and loses nothing that can be read",
        evidence: &[
            tests("runtime/tests/wire"),
            tests("runtime/tests/transport"),
            files("fuzz/corpus/responses", "bodies and their mutations"),
            files("fuzz/corpus/heads", "heads and their mutations"),
        ],
    },
    Promise {
        text: "Pages end, and no item is skipped or given twice",
        evidence: &[
            tests("runtime/tests/calls/paging.rs"),
            tests("runtime/tests/calls/page_errors.rs"),
            tests("tests/end_to_end/paging.rs"),
        ],
    },
    Promise {
        text: "No secret prints: not in errors, `Debug` or traces",
        evidence: &[
            tests("runtime/tests/secrets.rs"),
            tests("runtime/tests/calls/masking.rs"),
            tests("runtime/tests/upload/secrets.rs"),
        ],
    },
    Promise {
        text: "A token goes to its endpoint only; no value changes where a request goes",
        evidence: &[
            tests("runtime/tests/calls/addresses.rs"),
            tests("runtime/tests/upload/urls.rs"),
            tests("runtime/tests/download/urls.rs"),
            files("fuzz/corpus/paths", "values and their mutations"),
        ],
    },
    Promise {
        text: "A sign-in survives hostile pages, a crash and other processes; its file is nobody else's",
        evidence: &[
            tests("runtime/tests/oauth"),
            files("fuzz/corpus/token_file", "files and their mutations"),
        ],
    },
    Promise {
        text: "Each file of a folder has an outcome; a run that was killed goes on, and creates nothing twice",
        evidence: &[
            tests("photos/tests"),
            files(
                "fuzz/corpus/journal",
                "changes of a journal and their mutations",
            ),
        ],
    },
    Promise {
        text: "A document becomes files that compile, or messages with a place; its texts become no code",
        evidence: &[
            tests("tests/robustness"),
            tests("tests/diagnostics"),
            rows("tests/payloads.rs", "    (", "hostile texts"),
            files("fuzz/corpus/document", "documents and their mutations"),
        ],
    },
    Promise {
        text: "What is emitted compiles without a warning, and is the same on every machine",
        evidence: &[
            tests("tests/compiles"),
            tests("tests/determinism.rs"),
            tests("tests/codegen.rs"),
        ],
    },
    Promise {
        text: "The emulator behaves as the service is documented and known to",
        evidence: &[tests("tests/emulator")],
    },
];

/// Writes the page.
///
/// # Errors
///
/// A test is not where it was, or the page cannot be written.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let page = page(&workspace.root)?;
    let path = workspace.root.join(PAGE);
    let written =
        fs::create_dir_all(workspace.root.join("docs")).and_then(|()| fs::write(&path, page));
    written.map_err(|error| Failure::failed(format!("cannot write {PAGE}: {error}")))
}

/// Compares the page with what it would be.
///
/// # Errors
///
/// It differs, a test is not where it was, or the page cannot be read.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let page = page(&workspace.root)?;
    let found = fs::read_to_string(workspace.root.join(PAGE)).unwrap_or_default();
    if found == page {
        return Ok(());
    }
    Err(Failure::Outdated(vec![format!(
        "{PAGE} is out of date: run `cargo xtask promises`"
    )]))
}

fn page(root: &Path) -> Result<String, Failure> {
    let mut text = "# Promises\n\nWhat is promised, and what holds it. `cargo xtask promises` counts the tests where they stand and\nwrites this page; figures from ten on are rounded down to tens. How often the fuzz targets and the random\nschedules ran without a failure is in [soak.md](soak.md).\n\n| Promise | How it is tested | Figure |\n|---|---|---|\n".to_owned();
    for promise in PROMISES {
        let mut places = Vec::new();
        let mut figures = Vec::new();
        for evidence in promise.evidence {
            let count = count(root, evidence)?;
            if count == 0 {
                return Err(Failure::failed(format!(
                    "there is nothing to count in `{}` for the promise \"{}\": correct its entry in xtask/src/promises.rs",
                    evidence.path, promise.text
                )));
            }
            let place = format!("[`{0}`](../{0})", evidence.path);
            places.push(place);
            figures.push(figure(count, evidence.counted));
        }
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            promise.text,
            places.join("<br>"),
            figures.join("<br>")
        ));
    }
    Ok(text)
}

fn figure(count: usize, counted: Counted) -> String {
    let rounded = if count < 10 {
        count.to_string()
    } else {
        format!("{}+", count / 10 * 10)
    };
    let noun = match counted {
        Counted::Tests if count == 1 => "test",
        Counted::Tests => "tests",
        Counted::Random => "random cases a run",
        Counted::Rows(_, noun) | Counted::Files(noun) => noun,
    };
    format!("{rounded} {noun}")
}

fn count(root: &Path, evidence: &Evidence) -> Result<usize, Failure> {
    let files = below(&root.join(evidence.path))?;
    if matches!(evidence.counted, Counted::Files(_)) {
        return Ok(files.len());
    }
    let mut count = 0;
    for file in files {
        if file.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&file).map_err(|error| cannot_read(&file, &error))?;
            count += text
                .lines()
                .map(|line| in_line(line, evidence.counted))
                .sum::<usize>();
        }
    }
    Ok(count)
}

/// What one line adds.
fn in_line(line: &str, counted: Counted) -> usize {
    match counted {
        Counted::Tests => {
            let line = line.trim_start();
            usize::from(line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
        }
        Counted::Rows(begin, _) => usize::from(line.trim_end().contains(begin)),
        Counted::Random => {
            let cases = line
                .split("cases: ")
                .nth(1)
                .filter(|_| line.contains("ProptestConfig"));
            let digits = cases.and_then(|cases| {
                cases
                    .split(|c: char| !c.is_ascii_digit())
                    .find(|digits| !digits.is_empty())
            });
            digits
                .and_then(|digits| digits.parse().ok())
                .unwrap_or_default()
        }
        Counted::Files(_) => 0,
    }
}

/// A file, or all files below a folder.
fn below(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| cannot_read(path, &error))? {
        let entry = entry.map_err(|error| cannot_read(path, &error))?;
        found.extend(below(&entry.path())?);
    }
    Ok(found)
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Failure {
    Failure::failed(format!("cannot read {}: {error}", path.display()))
}
