//! A table on the terminal of what happened to each file.

/// Prints what happened to each file, and how often each of it happened.
pub fn print(rows: &[(String, String)]) {
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0)
        .clamp(4, 48);
    println!("{:width$}  what happened", "file");
    for (name, what) in rows {
        println!("{:width$}  {what}", shorten(name, width));
    }
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for (_, what) in rows {
        // The reason behind the colon is not the kind.
        let kind = what.split(':').next().unwrap_or(what);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    let kinds: Vec<_> = kinds
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    println!("\n{} files: {}", rows.len(), kinds.join(", "));
}

/// The end of a name tells more than its beginning.
fn shorten(name: &str, width: usize) -> String {
    let length = name.chars().count();
    if length <= width {
        return name.to_owned();
    }
    let end: String = name.chars().skip(length - width + 1).collect();
    format!("…{end}")
}
