//! What a snapshot shows of an emitted file: as much as its idea needs.

/// A part of a file. Each choice narrows what the ones before it have left.
#[derive(Clone, Copy)]
pub struct View {
    section: &'static str,
    items: Needles,
    members: Needles,
    lines: Needles,
    is_code: bool,
}

type Needles = &'static [&'static str];

const ALL: View = View {
    section: "",
    items: &[],
    members: &[],
    lines: &[],
    is_code: false,
};

/// The items that have one of these texts in their code.
pub const fn items(needles: Needles) -> View {
    View {
        items: needles,
        ..ALL
    }
}

/// The functions inside of items that have one of these texts in their code.
pub const fn members(needles: Needles) -> View {
    View {
        members: needles,
        ..ALL
    }
}

/// The lines that begin with one of these texts.
pub const fn lines(starts: Needles) -> View {
    ALL.lines(starts)
}

/// The module's documentation from the line that begins like this.
pub const fn section(start: &'static str) -> View {
    View {
        section: start,
        ..ALL
    }
}

impl View {
    /// Of what is shown, the lines that begin with one of these texts.
    #[must_use]
    pub const fn lines(self, starts: Needles) -> Self {
        Self {
            lines: starts,
            ..self
        }
    }

    /// The same without documentation and attributes.
    #[must_use]
    pub const fn code(self) -> Self {
        Self {
            is_code: true,
            ..self
        }
    }

    /// What is shown of a text.
    pub fn of(self, text: &str) -> String {
        let mut shown = vec![text.to_owned()];
        if !self.section.is_empty() {
            let lines = text
                .lines()
                .skip_while(|line| !line.starts_with(self.section));
            let lines: Vec<&str> = lines.take_while(|line| line.starts_with("//!")).collect();
            shown = vec![lines.join("\n")];
        }
        if !self.items.is_empty() {
            shown = chosen(&blocks(text), self.items);
        }
        if !self.members.is_empty() {
            let members: Vec<String> = shown
                .iter()
                .flat_map(|item| blocks(&inside(item)))
                .collect();
            shown = chosen(&members, self.members);
        }
        let is_shown = |line: &&str| {
            let line = line.trim_start();
            let is_told = self.lines.is_empty() || begins(line, self.lines);
            is_told && !(self.is_code && begins(line, &["//", "#["]))
        };
        let shown = shown.iter().map(|text| {
            let lines: Vec<&str> = text.lines().filter(is_shown).collect();
            lines.join("\n")
        });
        shown.collect::<Vec<_>>().join("\n\n")
    }
}

fn begins(line: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| line.starts_with(start))
}

/// Those blocks that have one of the needles in their code; documentation is not searched.
fn chosen(blocks: &[String], needles: Needles) -> Vec<String> {
    let has = |line: &str| {
        !line.trim_start().starts_with("//") && needles.iter().any(|needle| line.contains(needle))
    };
    let is_meant = |block: &&String| block.lines().any(has);
    blocks.iter().filter(is_meant).cloned().collect()
}

/// The blocks of a text: one begins at the margin, after an empty line.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut is_after_gap = true;
    for line in text.lines() {
        let is_start = is_after_gap && !line.starts_with([' ', '}']) && !line.is_empty();
        match blocks.last_mut() {
            Some(block) if !is_start => {
                block.push_str(line);
                block.push('\n');
            }
            _ => blocks.push(format!("{line}\n")),
        }
        is_after_gap = line.is_empty();
    }
    blocks
        .iter()
        .map(|block| block.trim_end().to_owned())
        .collect()
}

/// What stands inside of an item, at the margin.
fn inside(item: &str) -> String {
    // The first and the last line of the item become empty.
    let inner = |line: &'_ str| line.strip_prefix("    ").unwrap_or_default().to_owned();
    let lines = item.lines().map(inner);
    lines.collect::<Vec<_>>().join("\n")
}
