//! Errors for `{:?}`: as text for people, who see it when `main` returns an error or a test unwraps
//! one, as anyhow does; `{:#?}` has the fields.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Formatter};

use super::{Error, Inner};

impl Debug for Error {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if formatter.alternate() {
            return self.fields(formatter);
        }
        with_causes(self, formatter)
    }
}

/// An error and its causes as text for people.
///
/// # Errors
///
/// Those of the formatter.
pub fn with_causes(error: &dyn StdError, formatter: &mut Formatter<'_>) -> fmt::Result {
    write!(formatter, "{error}")?;
    let mut cause = error.source();
    if cause.is_some() {
        formatter.write_str("\n\nCaused by:")?;
    }
    while let Some(error) = cause {
        write!(formatter, "\n    {error}")?;
        cause = error.source();
    }
    Ok(())
}

impl Error {
    fn fields(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let Inner { kind, attempts, .. } = &*self.0;
        // The body of a success is what the user asked for, and nobody else's.
        let body = self.body().filter(|_| self.is_api());
        formatter
            .debug_struct("Error")
            .field("method", &self.method())
            .field("kind", kind)
            .field("http_status", &self.http_status())
            .field("body", &body)
            .field("outcome_unknown", &self.is_outcome_unknown())
            .field("retry_after", &self.retry_after())
            .field("attempts", attempts)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorKind, TransferProblem};

    #[test]
    fn debug_is_a_sentence_with_its_causes() {
        let error = Error::invalid_argument("pageSize is 0").with_method("albums.list", &[]);
        assert_eq!(
            format!("{error:?}"),
            "albums.list: invalid argument: pageSize is 0"
        );
        let source = std::io::Error::other("the stick was pulled out");
        let problem = TransferProblem::Source(source.into());
        let error = Error::new(ErrorKind::Transfer(problem));
        assert_eq!(
            format!("{error:?}"),
            "the source of the upload failed\n\nCaused by:\n    the stick was pulled out"
        );
    }

    #[test]
    fn alternate_debug_has_the_fields() {
        let error = Error::invalid_argument("pageSize is 0");
        let text = format!("{error:#?}");
        assert!(
            text.starts_with("Error {") && text.contains("InvalidArgument"),
            "{text}"
        );
    }
}
