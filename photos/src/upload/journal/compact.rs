//! Forgets what was replaced, secrets of finished uploads first of all.

use std::collections::BTreeMap;

use super::line::{Key, Line};

/// The last line of each file; `None` if there are no others.
pub(super) fn compact(lines: &[Line]) -> Option<Vec<Line>> {
    let last: BTreeMap<&Key, usize> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| (&line.key, index))
        .collect();
    let is_last = |(index, line): &(usize, &Line)| last.get(&line.key) == Some(index);
    let kept: Vec<Line> = lines
        .iter()
        .enumerate()
        .filter(is_last)
        .map(|(_, line)| line.clone())
        .collect();
    (kept.len() < lines.len()).then_some(kept)
}
