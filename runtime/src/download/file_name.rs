//! File names that somebody else chose.

/// The longest name that file systems take, in bytes.
const MAX_LENGTH: usize = 255;

/// Names that stand for devices on Windows, whatever their ending.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// A name for a file, made of one that somebody else chose, such as the file name of a media item.
///
/// It is a single component that every system takes: no separators, no control characters, not
/// empty, not hidden, not the name of a device, at most 255 bytes long. The ending is kept. What is
/// fine already stays as it is.
///
/// ```
/// use discovery_runtime::download::file_name;
///
/// assert_eq!(file_name("lake.jpg"), "lake.jpg");
/// assert_eq!(file_name("../../etc/passwd"), "passwd");
/// assert_eq!(file_name("CON"), "_CON");
/// ```
pub fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let forbidden = |character: char| {
        character.is_control() || r#"<>:"|?*"#.contains(character) || is_invisible(character)
    };
    let clean: String = last
        .chars()
        .map(|character| if forbidden(character) { '_' } else { character })
        .collect();
    let clean = clean.trim_end_matches([' ', '.']).trim_start();
    if clean.is_empty() {
        return "unnamed".to_owned();
    }
    let prefix = if clean.starts_with('.') || is_device(clean) {
        "_"
    } else {
        ""
    };
    shorten(&format!("{prefix}{clean}"))
}

/// Characters that change how the others are shown.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    let numbered = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    let numbered = numbered.is_some_and(|number| number.chars().count() == 1 && number != "0");
    DEVICES.contains(&stem.as_str()) || numbered
}

fn shorten(name: &str) -> String {
    if name.len() <= MAX_LENGTH {
        return name.to_owned();
    }
    let ending = name
        .rfind('.')
        .and_then(|dot| name.get(dot..))
        .filter(|ending| ending.len() <= 16);
    let ending = ending.unwrap_or_default();
    let mut length = MAX_LENGTH - ending.len();
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    format!("{}{ending}", name.get(..length).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names() {
        let cases = [
            ("a b (1).jpeg", "a b (1).jpeg"),
            ("озеро 湖 😀.jpg", "озеро 湖 😀.jpg"),
            (r"C:\x\y.png", "y.png"),
            ("a\0b\nc.jpg", "a_b_c.jpg"),
            ("gpj.\u{202e}exe", "gpj._exe"),
            ("..", "unnamed"),
            ("", "unnamed"),
            ("/", "unnamed"),
            (".ssh", "_.ssh"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("COM10.jpg", "COM10.jpg"),
            ("x. ", "x"),
        ];
        for (name, expected) in cases {
            assert_eq!(file_name(name), expected, "{name:?}");
        }
        let long = file_name(&format!("{}.jpg", "é".repeat(300)));
        assert!(long.len() <= MAX_LENGTH && long.ends_with("é.jpg"));
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_component(name in any::<String>()) {
            let safe = file_name(&name);
            prop_assert!(!safe.is_empty() && safe.len() <= MAX_LENGTH && !safe.starts_with('.'));
            prop_assert!(!safe.contains(['/', '\\', '\0', ':']));
            prop_assert_eq!(std::path::Path::new(&safe).components().count(), 1);
            prop_assert_eq!(file_name(&safe), safe);
        }
    }
}
