//! The Markdown files of the repository: links lead to files that are there, and each page of the
//! guide is compiled and can be found.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};
use tests::fixtures::repository;

#[test]
fn links_lead_to_files() {
    let files = markdown_files(&repository());
    assert!(files.len() > 10, "the repository was not read");
    let broken: Vec<_> = files.iter().flat_map(|file| broken_links(file)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A page that is no module of the guide would be neither compiled nor checked.
#[test]
fn guide_pages_are_compiled_and_linked() {
    let docs = repository().join("docs");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let (modules, contents) = (read(&docs.join("lib.rs")), read(&docs.join("README.md")));
    let front_page = read(&repository().join("README.md"));
    for page in modules
        .split('"')
        .filter(|part| is_markdown(Path::new(part)))
    {
        assert!(docs.join(page).is_file(), "{page}");
        if !["README.md", "links.md"].contains(&page) {
            assert!(contents.contains(&format!("]: {page}")), "{page}");
            assert!(front_page.contains(&format!("(docs/{page})")), "{page}");
        }
    }
    for file in markdown_files(&docs) {
        let text = read(&file);
        let name = file.file_name().unwrap().to_str().unwrap();
        let is_compiled = modules.contains(&format!("\"{name}\""));
        assert!(is_compiled || !text.contains("```rust"), "{name}");
    }
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // What is built, and what tools keep for themselves.
        if name.starts_with('.') || name == "target" {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            files.extend(markdown_files(&path));
        } else if is_markdown(&path) {
            files.push(path);
        }
    }
    files
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "md")
}

fn broken_links(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let targets = Parser::new(&text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    let folder = file.parent().unwrap();
    let is_broken = |target: &str| {
        let path = target.split('#').next().unwrap_or_default();
        // Addresses of the net, places in the same file, and names of items in rustdoc.
        let is_file = !path.is_empty() && !target.contains("://") && !target.contains("::");
        is_file && !folder.join(path).exists()
    };
    targets
        .filter(|target| is_broken(target))
        .map(|target| format!("{}: {target}", file.display()))
        .collect()
}
