//! The changelog of an emitted crate: what changes is added to the section of the version that comes
//! next, and what people wrote there stays.

use semver::Version;

/// Adds changes, as `Changes::markdown` writes them, to the section of `version`. The section of
/// `pending`, the version that was to come next until now, becomes that section.
pub(crate) fn add(
    changelog: &str,
    pending: Option<&Version>,
    version: &Version,
    changes: &str,
) -> String {
    let mut lines: Vec<String> = changelog.lines().map(str::to_owned).collect();
    // The newest version comes first.
    let start = position(&lines, 0, "## ");
    let pending = pending.map(|pending| format!("## {pending}"));
    let is_there = pending.is_some_and(|pending| lines.get(start) == Some(&pending));
    let end = if is_there {
        lines[start] = format!("## {version}");
        position(&lines, start + 1, "## ")
    } else {
        lines.splice(start..start, [format!("## {version}"), String::new()]);
        start + 2
    };
    let mut section: Vec<String> = lines.drain(start + 1..end).collect();
    // A group that is not there yet goes in front of the others: in reverse, they keep their order.
    for group in groups(changes).into_iter().rev() {
        merge(&mut section, group);
    }
    lines.splice(start + 1..=start, section);
    let text = lines.join("\n");
    format!("{}\n", text.trim_end())
}

/// A heading of the third level, and the changes below it.
type Group<'a> = (&'a str, Vec<&'a str>);

fn groups(changes: &str) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in changes.lines().filter(|line| !line.is_empty()) {
        match groups.last_mut() {
            _ if line.starts_with("### ") => groups.push((line, Vec::new())),
            Some((_, changes)) => changes.push(line),
            None => {}
        }
    }
    groups
}

/// Adds those changes of a group to a section that are not there yet.
fn merge(section: &mut Vec<String>, (heading, mut changes): Group<'_>) {
    changes.retain(|change| !section.iter().any(|line| line == change));
    if changes.is_empty() {
        return;
    }
    if let Some(at) = section.iter().position(|line| line == heading) {
        let next = position(section, at + 1, "### ");
        let last = section[..next].iter().rposition(|line| !line.is_empty());
        let end = last.map_or(next, |last| last + 1);
        section.splice(end..end, changes.into_iter().map(str::to_owned));
        return;
    }
    if section.last().is_none_or(|line| !line.is_empty()) {
        section.push(String::new());
    }
    let at = position(section, 0, "### ");
    let group = [heading, ""].into_iter().chain(changes).chain([""]);
    section.splice(at..at, group.map(str::to_owned));
}

/// The first line from `from` that begins like this, or the end.
fn position(lines: &[String], from: usize, beginning: &str) -> usize {
    let rest = lines.iter().skip(from);
    let found = rest.take_while(|line| !line.starts_with(beginning)).count();
    from + found
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::add;

    const ADDED: &str = "### Added\n\n* a\n";
    const FIRST: &str = "## 0.1.0\n\nThe first version.\n";

    fn added(changelog: &str, pending: Option<&str>, version: &str, changes: &str) -> String {
        let version_of = |text: &str| Version::parse(text).unwrap();
        let pending = pending.map(version_of);
        let text = add(changelog, pending.as_ref(), &version_of(version), changes);
        // Nothing before the newest version changes.
        let (before, _) = changelog.split_at(changelog.find("## ").unwrap_or(changelog.len()));
        text.strip_prefix(before).unwrap().to_owned()
    }

    #[test]
    fn version_without_a_section_gets_one() {
        let text = added(&format!("# Changelog\n\n{FIRST}"), None, "0.1.1", ADDED);
        assert_eq!(text, format!("## 0.1.1\n\n### Added\n\n* a\n\n{FIRST}"));
        let text = added("# Changelog\n\n", None, "0.1.1", ADDED);
        assert_eq!(text, "## 0.1.1\n\n### Added\n\n* a\n");
    }

    #[test]
    fn section_of_the_pending_version_takes_more() {
        let before = format!("## 0.1.1\n\nBy hand.\n\n### Added\n\n* A, said better\n\n{FIRST}");
        let changes = "### Incompatible\n\n* b\n\n### Added\n\n* c\n\n### Behavior\n\n* d\n";
        let after = "## 0.2.0\n\nBy hand.\n\n### Incompatible\n\n* b\n\n### Behavior\n\n* d\n\n\
                     ### Added\n\n* A, said better\n* c\n\n## 0.1.0\n\nThe first version.\n";
        let text = added(&before, Some("0.1.1"), "0.2.0", changes);
        assert_eq!(text, after);
        // A second run adds nothing.
        assert_eq!(added(&text, Some("0.2.0"), "0.2.0", changes), after);
    }

    #[test]
    fn section_with_text_only_takes_a_group() {
        let text = added("## 0.2.0\n\nBy hand.\n", Some("0.2.0"), "0.2.0", ADDED);
        assert_eq!(text, "## 0.2.0\n\nBy hand.\n\n### Added\n\n* a\n");
    }
}
