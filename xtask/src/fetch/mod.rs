//! `cargo xtask fetch NAME:VERSION`: takes the service's live document over ours, if it is one that
//! crates can be made from and not older than what is there.

mod http;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use discovery_generator::{Input, Options as Generate, Origin, Release, RuntimeDependency, Source};
use discovery_generator::{crate_folder, output};
use serde_json::Value;

use crate::workspace::{CRATE, Document};
use crate::{Failure, Workspace};

/// The largest document that is taken, in bytes; the largest known one has 6 MB.
const LARGEST: u64 = 64 << 20;

/// What to fetch.
#[derive(Clone, Debug)]
pub struct Options {
    /// The `id` of the document: `photoslibrary:v1`.
    pub api: String,
    /// An https address or a file, in place of the API's own address.
    pub from: Option<String>,
    /// A PEM file with certificates to trust in place of the public ones, as for a proxy that opens
    /// TLS.
    pub authority: Option<PathBuf>,
}

/// Fetches and checks a document, writes it into `discovery/` in canonical form, and records where it
/// came from. Texts of ours stay: where a document has a file of them, only its structure is taken.
///
/// # Errors
///
/// It cannot be fetched, is not the Discovery document of that API, is older than ours, or no crate
/// can be made from it. Then nothing is written.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Vec<String>, Failure> {
    let from = match &options.from {
        Some(from) => from.clone(),
        None => address(&options.api)?,
    };
    let bytes = if from.contains("://") {
        http::get(&from, LARGEST, options.authority.as_deref())?
    } else {
        read(Path::new(&from))?
    };
    let text = String::from_utf8(bytes)
        .map_err(|error| Failure::failed(format!("{from}: the document is not UTF-8: {error}")))?;
    let served = Source {
        name: from.clone(),
        text,
    };
    let revision = revision(&served, &options.api)?;
    let ours = ours(workspace, &options.api)?;
    if let Some(ours) = &ours {
        refuse_older(ours, &revision, &options.api)?;
    }
    let companions = check(&served, ours.as_ref())?;
    write(workspace, &served, &revision, ours.as_ref(), companions)
}

/// The API's own address of its document.
fn address(api: &str) -> Result<String, Failure> {
    let is_plain = |text: &str, also: &[char]| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || also.contains(&c);
        (1..=64).contains(&text.len()) && text.chars().all(is_allowed)
    };
    match api.split_once(':') {
        Some((name, version)) if is_plain(name, &['-']) && is_plain(version, &['-', '_', '.']) => {
            Ok(format!(
                "https://{name}.googleapis.com/$discovery/rest?version={version}"
            ))
        }
        _ => Err(Failure::failed(format!(
            "`{api}` names no API: write its name and version, such as `photoslibrary:v1`"
        ))),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |what: String| Failure::failed(format!("`{}` {what}", path.display()));
    let file = fs::File::open(path).map_err(|error| failed(format!("cannot be read: {error}")))?;
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(format!("cannot be read: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        return Err(failed(format!(
            "is larger than {} MiB: it is no document",
            LARGEST >> 20
        )));
    }
    Ok(bytes)
}

/// The revision of a document, which has to be the Discovery document of the API.
fn revision(served: &Source, api: &str) -> Result<String, Failure> {
    let failed = |what: String| Failure::failed(format!("{}: {what}", served.name));
    let tree: Value = serde_json::from_str(&served.text)
        .map_err(|error| failed(format!("this is not JSON: {error}")))?;
    let text = |key: &str| tree[key].as_str().unwrap_or_default();
    if text("kind") != "discovery#restDescription" {
        let kind = text("kind").escape_debug();
        return Err(failed(format!(
            "this is no Discovery document: its `kind` is `{kind:.80}`"
        )));
    }
    if text("id") != api {
        let id = text("id").escape_debug();
        return Err(failed(format!(
            "this is the document of `{id:.80}`, not of `{api}`: name that, or another address"
        )));
    }
    let revision = text("revision");
    if revision.is_empty() || !revision.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let revision = revision.escape_debug();
        return Err(failed(format!("`{revision:.80}` is no revision")));
    }
    Ok(revision.to_owned())
}

/// The document of the same API in `discovery/`.
fn ours(workspace: &Workspace, api: &str) -> Result<Option<Document>, Failure> {
    let mut documents = workspace.documents()?.into_iter();
    Ok(documents.find(|document| member(&document.input.document, "id") == api))
}

fn member(source: &Source, key: &str) -> String {
    let tree: Value = serde_json::from_str(&source.text).unwrap_or_default();
    tree[key].as_str().unwrap_or_default().to_owned()
}

/// Servers of one service do not change at the same moment: one can still have an older document.
fn refuse_older(ours: &Document, revision: &str, api: &str) -> Result<(), Failure> {
    let own = member(&ours.input.document, "revision");
    // Revisions are dates, `20251221`; what is something else cannot be compared.
    match (own.parse::<u64>(), revision.parse::<u64>()) {
        (Ok(had), Ok(got)) if got < had => Err(Failure::failed(format!(
            "{api} was served as of revision {revision}, and {} is of {own}, which is newer: try again \
             later",
            ours.input.document.name
        ))),
        _ => Ok(()),
    }
}

/// Checks that a crate can be made from the document. Texts and overrides that do not fit it yet are
/// for the maintainer to adapt, and returned as a message.
fn check(served: &Source, ours: Option<&Document>) -> Result<Option<String>, Failure> {
    let options = Generate::new(RuntimeDependency::Version("0".to_owned()), "fetch");
    let generate = |input: &Input| discovery_generator::generate(input, &options);
    let alone = Input::new(served.clone());
    let Some(ours) = ours else {
        return generate(&alone).map(|_| None).map_err(Failure::failed);
    };
    let corrected = Input {
        document: served.clone(),
        ..ours.input.clone()
    };
    match generate(&corrected) {
        Ok(_) => Ok(None),
        Err(refused) => match generate(&alone) {
            Ok(_) => Ok(Some(refused.to_string())),
            Err(error) => Err(Failure::failed(error)),
        },
    }
}

fn write(
    workspace: &Workspace,
    served: &Source,
    revision: &str,
    ours: Option<&Document>,
    companions: Option<String>,
) -> Result<Vec<String>, Failure> {
    let has_prose = ours.is_some_and(|ours| ours.input.prose.is_some());
    let canonical = if has_prose {
        discovery_generator::structure(served)
    } else {
        discovery_generator::canonicalize(served)
    };
    let canonical = canonical.map_err(Failure::failed)?;
    let stem = match ours {
        Some(ours) => ours.companion(""),
        None => format!(
            "discovery/{}",
            crate_folder(served).map_err(Failure::failed)?
        ),
    };
    let sha256 = discovery_generator::sha256(canonical.as_bytes());
    let mut release = ours.map_or_else(Release::default, |ours| ours.release.clone());
    release.version = Some(release.version());
    // Where a file was says something about the machine, and nothing about the document.
    let from = if served.name.contains("://") {
        served.name.clone()
    } else {
        let name = Path::new(&served.name).file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let origin = Some(Origin {
        from,
        revision: revision.to_owned(),
        sha256: sha256.clone(),
    });
    let put = |ending: &str, text: &str| {
        let path = workspace.root().join(format!("{stem}{ending}"));
        output::write_file(&path, text).map_err(Failure::failed)
    };
    let changed = put(".json", &canonical)?;
    if changed || release.origin.is_none() {
        release.origin = origin;
        put(CRATE, &release.text())?;
    }
    let what = match (ours, changed) {
        (None, _) => "new",
        (_, true) => "changed",
        (_, false) => "as before",
    };
    let mut lines = vec![format!(
        "{stem}.json: {what}, revision {revision}, SHA-256 {sha256}"
    )];
    if let Some(message) = companions {
        lines.push(format!(
            "its texts or its overrides do not fit any more:\n{message}"
        ));
    }
    if what != "as before" {
        lines.push(
            "run `cargo xtask changes` to see what that means for users, then `cargo xtask codegen`"
                .to_owned(),
        );
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn address_is_the_one_of_the_api() {
        assert_eq!(
            address("photoslibrary:v1").unwrap(),
            "https://photoslibrary.googleapis.com/$discovery/rest?version=v1"
        );
        for api in [
            "photoslibrary",
            ":v1",
            "photoslibrary:",
            "a.example.com/:v1",
            "user@host:v1",
            "photoslibrary:v1&x=y",
            "photoslibrary:v1#x",
            "a b:v1",
        ] {
            assert!(address(api).is_err(), "{api}");
        }
    }
}
