//! The requests of emitted crates beside those of google-api-python-client for the same documents:
//! what the reference client sends is what the services are used to.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Map, Value, from_str};

use super::install::Python;
use super::process::Server;
use super::program::{folder, output};

/// Rows where the reference client is wrong: the target that is right, with its segments and
/// parameters decoded, and why.
const DIFFERENT: &[(&str, &str, &str)] = &[
    (
        "topic with a percent",
        "GET v1 | projects | p | topics | a%20b ?",
        "a `%` is legal in an id of Pub/Sub, and the client takes `%20` for a space; \
         http.proto: everything but [-_.~/0-9a-zA-Z] is encoded",
    ),
    (
        "query at the root",
        "POST v1 | projects | p | databases | (default) | documents:runQuery ?",
        "the pattern of the parameter has no place for the root, which its description allows; \
         the client refuses it",
    ),
];

/// The headers that belong to a call.
const HEADERS: &[&str] = &[
    "content-range",
    "x-upload-content-type",
    "x-upload-content-length",
    "content-type",
];

/// Compares all rows, prints a line for each and fails if one differs.
pub(crate) fn compare(python: &Python) {
    let folder = folder();
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let recorder = text("recorder.py");
    let server = Server::start(
        |port| python.program(&recorder, &[&port.to_string()]),
        "recorder",
    );
    let files = files();
    let (documents, address) = (folder.join("documents"), server.address());
    let arguments = [documents.to_str().unwrap(), &address, &files];
    let mut client = python.program(&text("reference.py"), &arguments);
    let theirs = rows(&client.output().unwrap());
    let ours = rows(&output("reference", &[&address, &files]));
    assert_eq!(
        ours.keys().collect::<Vec<_>>(),
        theirs.keys().collect::<Vec<_>>()
    );

    let mut failed = 0;
    for (row, requests) in &ours {
        let (ours, theirs) = (described(requests), described(&theirs[row]));
        let right = DIFFERENT.iter().find(|(name, ..)| name == row);
        let same = match right {
            Some((_, target, why)) => {
                assert_ne!(theirs[0], *target, "{row}: no longer: {why}");
                ours[0] == *target
            }
            None => ours == theirs,
        };
        if same {
            println!("ok: {row}");
            continue;
        }
        failed += 1;
        let indented = |lines: &[String]| lines.join("\n          ");
        println!(
            "FAILED: {row}\n  ours:   {}\n  theirs: {}",
            indented(&ours),
            indented(&theirs)
        );
        if let Some((_, target, why)) = right {
            println!("  right:  {target}\n  since {why}");
        }
    }
    println!("\nreference client: {failed} of {} rows differ", ours.len());
    assert_eq!(failed, 0, "rows that differ");
}

/// A folder with a file for each ending: texts that look like nothing but their names.
fn files() -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("servers/files");
    fs::create_dir_all(&folder).unwrap();
    for ending in [
        "eml", "pdf", "txt", "json", "csv", "mp3", "png", "jpg", "mp4",
    ] {
        let text = "Nothing of what stands here is what the ending says.\n";
        fs::write(folder.join(format!("file.{ending}")), text).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

fn rows(output: &Output) -> Map<String, Value> {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// What the requests of a row mean, line by line.
fn described(requests: &Value) -> Vec<String> {
    let Some(requests) = requests.as_array() else {
        return vec!["refused".to_owned()];
    };
    requests.iter().flat_map(request).collect()
}

fn request(request: &Value) -> Vec<String> {
    let mut lines = vec![target(request["line"].as_str().unwrap())];
    let header = |name: &str| request["headers"][name].as_str();
    for name in HEADERS {
        // Of no bytes at all the Python client says no range, and the one in Go says this.
        if let Some(value) = header(name).filter(|value| *value != "bytes */0") {
            // A boundary is chosen at random, and UTF-8 needs no mention.
            lines.push(format!("{name}: {}", value.split(';').next().unwrap()));
        }
    }
    let body = request["body"].as_str().unwrap();
    let boundary = header("content-type").and_then(|value| value.split_once("boundary="));
    match boundary {
        Some((_, boundary)) => lines.extend(parts(body, boundary.trim_matches('"'))),
        None => lines.push(content(body)),
    }
    // The type of a body without bytes means nothing.
    if lines.last().is_some_and(String::is_empty) {
        lines.retain(|line| !line.starts_with("content-type: "));
    }
    lines
}

/// The method, the segments and the parameters, decoded. A server splits a path before it decodes,
/// so `%2F` and `/` differ here, while `%28` and `(` are the same.
fn target(line: &str) -> String {
    let [method, target, _] = line.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{line} is no request line");
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let segments: Vec<String> = path[1..].split('/').map(decoded).collect();
    let mut parameters: Vec<String> = query
        .split('&')
        // What is the case anyway need not be said.
        .filter(|parameter| *parameter != "alt=json")
        .map(|parameter| decoded(&parameter.replace('+', " ")))
        .collect();
    parameters.sort();
    format!(
        "{method} {} ?{}",
        segments.join(" | "),
        parameters.join(" & ")
    )
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

/// The parts of a body: their types, and what they hold.
fn parts(body: &str, boundary: &str) -> Vec<String> {
    let pieces: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    assert_eq!(pieces.last().map(|end| end.trim()), Some("--"), "{body}");
    let mut lines = Vec::new();
    for piece in &pieces[1..pieces.len() - 1] {
        let piece = piece.trim_start().replace("\r\n", "\n");
        let (head, content_of) = piece.split_once("\n\n").unwrap();
        let kind = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-type")
                .then(|| value.split(';').next().unwrap().trim())
        });
        lines.push(format!("part of type {}", kind.unwrap_or("(none)")));
        lines.push(content(content_of.strip_suffix('\n').unwrap_or(content_of)));
    }
    lines
}

/// A body as it compares: JSON without its blanks, in the order of its keys.
fn content(body: &str) -> String {
    from_str::<Value>(body).map_or_else(|_| body.to_owned(), |json| json.to_string())
}
