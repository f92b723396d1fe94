//! The page of all sections. A run replaces the ones that it has measured, and leaves the others.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::{Context as _, Result};

/// The sections in their order.
const TITLES: [&str; 6] = [
    "Calls",
    "Decoding",
    "Transfers",
    "Large folders",
    "Generation",
    "Builds",
];

/// Sections by their place in the order.
pub(crate) struct Page(BTreeMap<usize, String>);

impl Page {
    /// The page as it is.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let mut page = Self(BTreeMap::new());
        for section in text.split("\n## ").skip(1) {
            if let Some((title, text)) = section.split_once("\n\n") {
                page.set(title, format!("{}\n", text.trim_end()));
            }
        }
        Ok(page)
    }

    /// Puts a section, which ends with a line feed, in its place.
    pub(crate) fn set(&mut self, title: &str, text: String) {
        if let Some(place) = TITLES.iter().position(|known| *known == title) {
            self.0.insert(place, text);
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(INTRODUCTION)?;
        for (place, text) in &self.0 {
            write!(formatter, "\n## {}\n\n{text}", TITLES[*place])?;
        }
        Ok(())
    }
}

const INTRODUCTION: &str = "\
# Performance

Made by `cargo xtask bench --write`. Each figure is a ratio within one run on one machine, so that
it can be compared with a run on another. *By hand* is a client of hyper and serde's derives with all
fields of the reference, without retries or limits (`benches/src/bin/by_hand.rs`); *published* is
`google-photoslibrary1` 7.0.0. Below 1 is less than theirs.
";
