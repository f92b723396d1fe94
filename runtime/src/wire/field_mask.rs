//! Lists of field paths (format `google-fieldmask`).

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A list of field paths (format `google-fieldmask`): `title,coverPhotoMediaItemId` on the wire.
///
/// Paths are written as in the JSON of the API, in camelCase, with a point between nested fields.
/// Nothing is converted: what is given is what is sent. A key of a map that is no plain name
/// stands in backticks and may then hold a comma or a point: ``labels.`a,b` ``.
///
/// Calls that take a mask for what they change make it themselves, of what their body sets, and go
/// down to what is set inside of nested objects. A path to such an object replaces all of it: give
/// a mask only where that is meant.
///
/// ```
/// use discovery_runtime::FieldMask;
///
/// let mask = FieldMask::from("title,coverPhotoMediaItemId");
/// assert!(mask.contains("title"));
/// assert_eq!(mask, FieldMask::from_iter(["title", "coverPhotoMediaItemId"]));
/// assert_eq!(mask.to_string(), "title,coverPhotoMediaItemId");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldMask {
    paths: Vec<String>,
}

impl FieldMask {
    /// A mask without a path.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a path, or several with commas between them. Spaces around a path are dropped.
    pub fn push(&mut self, path: impl AsRef<str>) {
        // A comma that follows an odd number of backticks is part of a key.
        let mut quoted = false;
        let separated = path.as_ref().split(|character| {
            quoted ^= character == '`';
            character == ',' && !quoted
        });
        let paths = separated.map(str::trim).filter(|path| !path.is_empty());
        self.paths.extend(paths.map(str::to_owned));
    }

    /// The paths in the order in which they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// Whether exactly this path was added; a parent of it does not count.
    pub fn contains(&self, path: &str) -> bool {
        self.iter().any(|own| own == path)
    }

    /// The number of paths.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is no path.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}

impl fmt::Display for FieldMask {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, path) in self.iter().enumerate() {
            if index > 0 {
                formatter.write_str(",")?;
            }
            formatter.write_str(path)?;
        }
        Ok(())
    }
}

impl<P: AsRef<str>> Extend<P> for FieldMask {
    fn extend<I: IntoIterator<Item = P>>(&mut self, paths: I) {
        for path in paths {
            self.push(path);
        }
    }
}

impl<P: AsRef<str>> FromIterator<P> for FieldMask {
    fn from_iter<I: IntoIterator<Item = P>>(paths: I) -> Self {
        let mut mask = Self::new();
        mask.extend(paths);
        mask
    }
}

impl IntoIterator for FieldMask {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.paths.into_iter()
    }
}

impl From<&str> for FieldMask {
    fn from(paths: &str) -> Self {
        Self::from_iter([paths])
    }
}

impl From<String> for FieldMask {
    fn from(paths: String) -> Self {
        Self::from(paths.as_str())
    }
}

impl FromStr for FieldMask {
    type Err = Infallible;

    fn from_str(paths: &str) -> Result<Self, Infallible> {
        Ok(Self::from(paths))
    }
}

super::leaf::wire_by_text!(FieldMask, "a list of field paths");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owned_mask_gives_all_of_its_paths() {
        let mask = FieldMask::from_iter(["title", "cover.id"]);
        let paths: Vec<String> = mask.into_iter().collect();
        assert_eq!(paths, ["title", "cover.id"]);
    }
}
