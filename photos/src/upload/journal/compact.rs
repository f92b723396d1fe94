//! Forgets what was replaced, secrets of finished uploads first of all.

use std::collections::{BTreeMap, HashSet};

use super::line::{Key, Line};

/// The last line of each file, without those of uploads that another file with the same bytes
/// finished; `None` if there are no others.
pub(super) fn compact(lines: &[Line]) -> Option<Vec<Line>> {
    let last: BTreeMap<&Key, usize> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| (&line.key, index))
        .collect();
    let is_last = |(index, line): &(usize, &Line)| last.get(&line.key) == Some(index);
    let kept = || {
        lines
            .iter()
            .enumerate()
            .filter(is_last)
            .map(|(_, line)| line)
    };
    let bytes = |line: &Line| (line.identity.content, line.key.album.clone());
    let done: HashSet<_> = kept()
        .filter(|line| line.state.is_done())
        .map(bytes)
        .collect();
    let kept: Vec<Line> = kept()
        .filter(|line| line.state.is_done() || !done.contains(&bytes(line)))
        .cloned()
        .collect();
    (kept.len() < lines.len()).then_some(kept)
}
