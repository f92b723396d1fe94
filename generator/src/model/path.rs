//! Paths of requests: literal text and variables, in the syntax of `google.api.http`.

use std::fmt;

/// The path of a method from the root of the service.
///
/// It is written as `google/api/http.proto` has it, such as `v1/{name=projects/*/secrets/*}:access`;
/// the runtime reads this syntax.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PathTemplate {
    pub(crate) parts: Vec<PathPart>,
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathPart {
    /// Text that is sent as it stands, slashes included.
    Literal(String),
    /// The value of the path parameter with this name on the wire.
    Variable { name: String, shape: PathShape },
}

/// What the value of a path parameter looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathShape {
    /// One segment; a `/` in it is encoded.
    Segment,
    /// Segments as the parts say, such as a resource name; each `/` stays.
    Segments(Vec<ShapePart>),
}

/// A segment of a value with several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShapePart {
    /// This text.
    Literal(String),
    /// Any text.
    Any,
    /// One or more segments with any text; nothing follows.
    Rest,
}

impl PathTemplate {
    /// Whether the value of some variable has several segments.
    pub(crate) fn has_segments(&self) -> bool {
        self.parts.iter().any(|part| {
            matches!(
                part,
                PathPart::Variable {
                    shape: PathShape::Segments(_),
                    ..
                }
            )
        })
    }

    /// What the value of a variable looks like.
    pub(crate) fn shape(&self, variable: &str) -> Option<&PathShape> {
        self.parts.iter().find_map(|part| match part {
            PathPart::Variable { name, shape } if name == variable => Some(shape),
            _ => None,
        })
    }
}

impl PathShape {
    /// Any number of segments.
    pub(crate) fn any() -> Self {
        Self::Segments(vec![ShapePart::Rest])
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                PathPart::Literal(text) => f.write_str(text)?,
                PathPart::Variable { name, shape } => write!(f, "{{{name}{shape}}}")?,
            }
        }
        Ok(())
    }
}

/// As it follows the name of a variable.
impl fmt::Display for PathShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Segments(parts) = self else {
            return Ok(());
        };
        for (index, part) in parts.iter().enumerate() {
            f.write_str(if index == 0 { "=" } else { "/" })?;
            f.write_str(match part {
                ShapePart::Literal(text) => text,
                ShapePart::Any => "*",
                ShapePart::Rest => "**",
            })?;
        }
        Ok(())
    }
}
