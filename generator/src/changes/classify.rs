//! What it means for users that an item is not what it was.

use super::{Change, ChangeKind, Step};
use crate::listing::Item;

/// The facts that are texts for people.
const TEXTS: &[&str] = &["documentation", "documentation of arguments"];
/// The fact that says since when an item is deprecated, and what to do instead.
const DEPRECATION: &str = "deprecation";

/// Adds each change of an item.
pub(super) fn changed(old: &Item, new: &Item, changes: &mut Vec<Change>) {
    let mut add = |step: Step, kind: ChangeKind| {
        changes.push(Change {
            item: old.path.clone(),
            kind,
            step,
        });
    };
    if old.signature != new.signature {
        let (step, effect) = effect(&old.signature, &new.signature);
        let (before, after) = (old.signature.clone(), new.signature.clone());
        add(
            step,
            ChangeKind::Signature {
                before,
                after,
                effect,
            },
        );
    }
    abilities(old, new, &mut add);
    match (old.deprecated, new.deprecated) {
        (false, true) => add(
            Step::Minor,
            ChangeKind::Deprecated {
                note: new.facts.get(DEPRECATION).cloned().unwrap_or_default(),
            },
        ),
        (true, false) => add(Step::Patch, ChangeKind::Undeprecated),
        _ => {}
    }
    facts(old, new, &mut add);
}

fn abilities(old: &Item, new: &Item, add: &mut impl FnMut(Step, ChangeKind)) {
    // An item with features is there if one of them is on; one without is always there.
    let is_feature = |ability: &&String| ability.starts_with("feature ");
    let was_always = !old.abilities.iter().any(|ability| is_feature(&ability));
    let is_always = !new.abilities.iter().any(|ability| is_feature(&ability));
    let lost = old.abilities.difference(&new.abilities);
    for ability in lost.filter(|ability| !(is_always && is_feature(ability))) {
        add(Step::Major, ChangeKind::Lost(ability.clone()));
    }
    if is_always && !was_always {
        let always = "without a feature".to_owned();
        add(Step::Minor, ChangeKind::Gained(always));
    }
    if was_always && !is_always {
        let always = "without a feature".to_owned();
        add(Step::Major, ChangeKind::Lost(always));
    }
    let gained = new.abilities.difference(&old.abilities);
    for ability in gained.filter(|ability| !(was_always && is_feature(ability))) {
        add(Step::Minor, ChangeKind::Gained(ability.clone()));
    }
}

fn facts(old: &Item, new: &Item, add: &mut impl FnMut(Step, ChangeKind)) {
    let mut names: Vec<&&'static str> = old.facts.keys().chain(new.facts.keys()).collect();
    names.sort();
    names.dedup();
    let value = |item: &Item, name: &str| item.facts.get(name).cloned().unwrap_or_default();
    let mut texts = false;
    for name in names {
        let (before, after) = (value(old, name), value(new, name));
        // That an item is deprecated is one change, reported with its note.
        let is_said = *name == DEPRECATION && old.deprecated != new.deprecated;
        if before == after || is_said {
            continue;
        }
        if TEXTS.contains(name) {
            texts = true;
            continue;
        }
        add(
            Step::Patch,
            ChangeKind::Behavior {
                fact: name,
                before,
                after,
            },
        );
    }
    if texts {
        add(Step::Patch, ChangeKind::Documentation);
    }
}

/// The step that another signature takes, and why.
fn effect(old: &str, new: &str) -> (Step, &'static str) {
    let (Some(old), Some(new)) = (Function::read(old), Function::read(new)) else {
        let effect = match old.split([' ', '(']).next() {
            Some("call") => "it gives something else",
            _ => "code that reads or sets it has to be changed",
        };
        return (Step::Major, effect);
    };
    if old.gives != new.gives {
        return (Step::Major, "it gives something else");
    }
    if old.types() != new.types() {
        return (Step::Major, "calls of it have to be changed");
    }
    let (mut before, mut after) = (old.names(), new.names());
    before.sort_unstable();
    after.sort_unstable();
    if before == after {
        return (
            Step::Major,
            "arguments of one type have changed places: calls compile, and mean something else",
        );
    }
    (Step::Patch, "only the name of an argument has changed")
}

/// `fn(name: type, name: type) -> gives`; the argument of a setter has no name.
struct Function<'a> {
    arguments: Vec<(&'a str, &'a str)>,
    gives: &'a str,
}

impl<'a> Function<'a> {
    fn read(signature: &'a str) -> Option<Self> {
        let rest = signature.strip_prefix("fn(")?;
        let mut depth = 0_usize;
        let mut start = 0;
        let mut arguments = Vec::new();
        let mut end = None;
        for (at, c) in rest.char_indices() {
            match c {
                '(' | '<' => depth += 1,
                ')' if depth == 0 => {
                    end = Some(at);
                    break;
                }
                ')' | '>' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    arguments.push(rest.get(start..at)?);
                    start = at + 1;
                }
                _ => {}
            }
        }
        let end = end?;
        arguments.push(rest.get(start..end)?);
        let arguments = arguments
            .into_iter()
            .map(|argument| argument.trim().split_once(": ").unwrap_or(("", argument)));
        Some(Self {
            arguments: arguments.collect(),
            gives: rest.get(end + 1..)?,
        })
    }

    fn names(&self) -> Vec<&'a str> {
        self.arguments.iter().map(|(name, _)| *name).collect()
    }

    fn types(&self) -> Vec<&'a str> {
        self.arguments.iter().map(|(_, ty)| *ty).collect()
    }
}
