//! The committed figures that repeat exactly, and how far a run may be above them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

/// A figure may grow by this factor: compilers and libraries change a little with each release.
const TOLERANCE: f64 = 1.03;

/// Figures by name; less is better for each.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Recorded(BTreeMap<String, f64>);

impl Recorded {
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        serde_json::from_str(&text)
            .with_context(|| format!("{} is no list of figures", path.display()))
    }

    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Adds a figure, rounded to a thousandth.
    pub(crate) fn add(&mut self, name: String, figure: f64) {
        self.0.insert(name, (figure * 1000.0).round() / 1000.0);
    }

    /// Keeps figures that this run has not measured.
    pub(crate) fn keep(&mut self, before: Self) {
        for (name, figure) in before.0 {
            self.0.entry(name).or_insert(figure);
        }
    }

    /// Fails if a figure of this run is more than 3 percent above the recorded one, or has none.
    pub(crate) fn compare(&self, recorded: &Self) -> Result<()> {
        let grown = self
            .0
            .iter()
            .filter_map(|(name, now)| match recorded.0.get(name) {
                Some(then) if *now <= then * TOLERANCE => None,
                Some(then) => Some(format!("{name}: {then} recorded, {now} now")),
                None => Some(format!("{name}: not recorded, {now} now")),
            });
        let grown: Vec<_> = grown.collect();
        if grown.is_empty() {
            return Ok(());
        }
        bail!(
            "these figures have grown by more than 3 percent, or are new; find the reason, or record \
             them with `cargo xtask bench --write`:\n{}",
            grown.join("\n")
        )
    }
}
