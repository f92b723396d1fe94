//! All naming: from the words of a document to Rust identifiers, one scope at a time.

use std::collections::BTreeSet;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// The longest identifier that is made; longer names are cut and numbered.
const LONGEST: usize = 160;

/// `pageSize` → `page_size`, for functions, fields, modules and arguments.
pub(crate) fn snake(wire: &str) -> String {
    identifier(&ascii(wire).to_snake_case(), '_')
}

/// `mediaItems` → `MediaItems`, for types and variants.
pub(crate) fn camel(wire: &str) -> String {
    identifier(&ascii(wire).to_upper_camel_case(), 'V')
}

/// `photoslibrary.readonly` → `PHOTOSLIBRARY_READONLY`, for constants.
pub(crate) fn shouty(wire: &str) -> String {
    identifier(&ascii(wire).to_shouty_snake_case(), '_')
}

/// The name of the variant for an enum value: words that only repeat the name of the enum go, which
/// are the `prefixes` of its [owners](variant_prefix).
///
/// Each value is named by itself, so that a new value never renames another.
pub(crate) fn variant(value: &str, prefixes: &[String]) -> String {
    let full = ascii(value).to_snake_case();
    for prefix in prefixes {
        if let Some(rest) = full.strip_prefix(prefix)
            && rest.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return camel(rest);
        }
    }
    let name = camel(&full);
    match name.strip_prefix('V') {
        Some(digits)
            if digits.starts_with(|c: char| c.is_ascii_digit()) && !full.starts_with('v') =>
        {
            format!("Value{digits}")
        }
        _ => name,
    }
}

/// How values begin that repeat the name of their enum: `job_state_` for `JobState`.
pub(crate) fn variant_prefix(owner: &str) -> String {
    format!("{}_", ascii(owner).to_snake_case())
}

/// A cargo package or folder name: `admin`, `directory_v1` → `admin-directory_v1`.
pub(crate) fn folder(name: &str, version: &str) -> String {
    let slug = |text: &str| text.to_ascii_lowercase().replace('.', "-");
    format!("{}-{}", slug(name), slug(version))
}

/// Whether an API name or version has only characters that a folder name may have.
pub(crate) fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        && !text.contains("..")
}

/// The words of a name in ASCII; anything else separates words.
fn ascii(wire: &str) -> String {
    wire.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect()
}

/// Makes sure that the text can be an identifier: not empty, no digit first, not endless.
fn identifier(text: &str, lead: char) -> String {
    let mut name: String = text.chars().take(LONGEST).collect();
    if name.is_empty() {
        name.push_str(if lead == '_' { "unnamed" } else { "Unnamed" });
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, lead);
    }
    match name.as_str() {
        // The only words that cannot be raw identifiers.
        "self" | "super" | "crate" => name.push('_'),
        "Self" => name.push_str("Value"),
        _ => {}
    }
    name
}

/// Hands out the names of one scope, each once.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which some names already mean something.
    pub(crate) fn reserving(names: &[&str]) -> Self {
        Self {
            taken: names.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Gives `name`, or `name` with the suffix, or with the first number that is free.
    pub(crate) fn claim(&mut self, name: &str, suffix: &str) -> String {
        // `self_` and `_field` make `self_field`: Rust wants single underscores.
        let stem = name
            .strip_suffix('_')
            .filter(|_| suffix.starts_with('_'))
            .unwrap_or(name);
        let suffixed = format!("{stem}{suffix}");
        // A number after a number would be another number.
        let ends_in_digit = name.ends_with(|c: char| c.is_ascii_digit());
        let counted = if ends_in_digit { &suffixed } else { name };
        let free = [name, &suffixed]
            .into_iter()
            .map(str::to_owned)
            .chain((2..u32::MAX).map(|number| format!("{counted}{number}")))
            .find(|candidate| !self.taken.contains(candidate));
        let name = free.unwrap_or_else(|| name.to_owned());
        self.taken.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, camel, folder, is_slug, shouty, snake, variant, variant_prefix};

    #[test]
    fn words_become_identifiers() {
        let table = [
            // wire, snake, camel
            ("pageSize", "page_size", "PageSize"),
            ("$.xgafv", "xgafv", "Xgafv"),
            ("end-date", "end_date", "EndDate"),
            (
                "source.androidApp.certificate",
                "source_android_app_certificate",
                "SourceAndroidAppCertificate",
            ),
            ("_meta", "meta", "Meta"),
            ("HTMLSnippet", "html_snippet", "HtmlSnippet"),
            ("self", "self_", "SelfValue"),
            ("Self", "self_", "SelfValue"),
            ("crate", "crate_", "Crate"),
            ("type", "type", "Type"),
            ("1a", "_1a", "V1a"),
            ("", "unnamed", "Unnamed"),
            ("…", "unnamed", "Unnamed"),
            ("аlbum", "lbum", "Lbum"),
            ("Foo__Bar", "foo_bar", "FooBar"),
            ("a\n//x", "a_x", "AX"),
        ];
        for (wire, expected_snake, expected_camel) in table {
            assert_eq!(snake(wire), expected_snake, "{wire:?}");
            assert_eq!(camel(wire), expected_camel, "{wire:?}");
        }
        assert_eq!(
            shouty("photoslibrary.readonly.appcreateddata"),
            "PHOTOSLIBRARY_READONLY_APPCREATEDDATA"
        );
        assert_eq!(snake(&"x".repeat(1_000)).len(), 160);
    }

    #[test]
    fn variants_drop_the_words_of_their_enum() {
        let table = [
            ("STATE_UNSPECIFIED", "Unspecified"),
            ("JOB_STATE_RUNNING", "Running"),
            ("RUNNING", "Running"),
            ("STATE_2D", "State2d"),
            ("STATE", "State"),
            ("SELF", "SelfValue"),
            ("STATE_SELF", "SelfValue"),
            ("30fps", "Value30fps"),
            ("360", "Value360"),
            ("v2", "V2"),
            ("AES_128_GCM", "Aes128Gcm"),
            ("us-central1", "UsCentral1"),
        ];
        let prefixes = ["JobState", "state"].map(variant_prefix);
        for (wire, expected) in table {
            assert_eq!(variant(wire, &prefixes), expected, "{wire}");
        }
    }

    #[test]
    fn a_scope_gives_each_name_once() {
        let mut scope = Scope::reserving(&["send"]);
        assert_eq!(scope.claim("send", "_param"), "send_param");
        assert_eq!(scope.claim("send", "_param"), "send2");
        assert_eq!(scope.claim("get", "_param"), "get");
        assert_eq!(scope.claim("get", ""), "get2");
        assert_eq!(scope.claim("self_", "_field"), "self_");
        assert_eq!(scope.claim("self_", "_field"), "self_field");
        let names = [(); 3].map(|()| scope.claim("Ean13", "Value"));
        assert_eq!(names, ["Ean13", "Ean13Value", "Ean13Value2"]);
    }

    #[test]
    fn folders_are_plain() {
        assert_eq!(folder("youtubeAnalytics", "v1"), "youtubeanalytics-v1");
        assert_eq!(folder("chromewebstore", "v1.1"), "chromewebstore-v1-1");
        for good in ["photoslibrary", "v1.2", "prod_tt_sasportal", "directory_v1"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in [
            "", "..", ".", "a/b", "../x", "C:\\x", "a b", "-x", "é", "x\n",
        ] {
            assert!(!is_slug(bad), "{bad:?}");
        }
    }
}
