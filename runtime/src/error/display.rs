//! Errors as one line of text.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{BodyProblem, Error, ErrorKind, Limit, Phase, Received};
use crate::OneLine;
use crate::rpc::Status;

impl Display for Error {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if let Some(method) = self.method() {
            write!(formatter, "{method}: ")?;
        }
        self.write_kind(formatter)?;
        if self.is_scope_insufficient() && !self.accepted_scopes().is_empty() {
            let scopes = self.accepted_scopes().join(" or ");
            write!(formatter, "; the method needs the scope {scopes}")?;
        }
        if let Some(delay) = self.retry_after() {
            write!(
                formatter,
                "; the server asks to wait {} s",
                delay.as_secs_f64().ceil()
            )?;
        }
        if self.attempts().len() > 1 {
            write!(formatter, "; after {} attempts", self.attempts().len())?;
        }
        if self.0.budget_spent {
            formatter.write_str("; not retried, too many calls of this client failed lately")?;
        }
        if self.is_outcome_unknown() {
            formatter.write_str("; it is not known whether the call was carried out")?;
        }
        Ok(())
    }
}

impl Error {
    fn write_kind(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::InvalidArgument(message) => write!(formatter, "invalid argument: {message}"),
            ErrorKind::Configuration { message, .. } => formatter.write_str(message),
            ErrorKind::Credentials(error) if error.needs_sign_in() => {
                formatter.write_str("no access token: the user must sign in")
            }
            ErrorKind::Credentials(_) => formatter.write_str("no access token"),
            ErrorKind::Transport(error) => Display::fmt(error, formatter),
            ErrorKind::TimedOut { limit, phase } => write_timeout(formatter, *limit, *phase),
            ErrorKind::Api { status, .. } => write_api(formatter, self.received(), status.as_ref()),
            ErrorKind::Redirected { host } => {
                let status = self.http_status().unwrap_or_default();
                let host = host.as_deref().unwrap_or("another address");
                write!(
                    formatter,
                    "{status}: redirected to {}, which is not followed",
                    OneLine(host)
                )
            }
            ErrorKind::Body(problem) => {
                if let Some(status) = self.http_status() {
                    write!(formatter, "{status} with ")?;
                }
                formatter.write_str("a body that is no result: ")?;
                write_problem(formatter, problem)
            }
            ErrorKind::Transfer(problem) => Display::fmt(problem, formatter),
            ErrorKind::RepeatedPageToken => {
                formatter.write_str("the server sent the token of a page that was read before")
            }
            ErrorKind::OperationFailed(status) => {
                formatter.write_str("the operation failed: ")?;
                write!(formatter, "{}", OneLine(&status.message))
            }
            ErrorKind::NoResponse => formatter.write_str("the response was not decoded"),
        }
    }
}

fn write_timeout(formatter: &mut Formatter<'_>, limit: Limit, phase: Phase) -> fmt::Result {
    formatter.write_str(match phase {
        Phase::Credentials => "no access token",
        Phase::Request => "no response",
        Phase::Body => "the response was not complete",
        Phase::Operation => "the operation is not done",
    })?;
    formatter.write_str(match limit {
        Limit::Attempt => " within the time for an attempt",
        Limit::Total => " within the time for the call",
    })
}

fn write_api(
    formatter: &mut Formatter<'_>,
    received: Option<&Received>,
    status: Option<&Status>,
) -> fmt::Result {
    let Some(received) = received else {
        return formatter.write_str("the server responded with an error");
    };
    write!(formatter, "{}", received.status)?;
    if let Some(status) = status {
        if let Some(code) = &status.code {
            formatter.write_char(' ')?;
            write!(formatter, "{}", OneLine(code.as_str()))?;
        }
        formatter.write_str(": ")?;
        let message = Some(status.message.as_str()).filter(|message| !message.is_empty());
        return write!(
            formatter,
            "{}",
            OneLine(message.unwrap_or("the server gives no reason"))
        );
    }
    let text = received.text.trim();
    if received.status == 304 {
        return formatter.write_str(": not modified");
    }
    if text.is_empty() {
        return formatter.write_str(" with an empty body");
    }
    let html = text.starts_with('<');
    formatter.write_str(if html {
        " with a page of HTML"
    } else {
        " with a body that is no error of Google's"
    })?;
    formatter.write_str(": ")?;
    write!(formatter, "{}", OneLine(text))
}

fn write_problem(formatter: &mut Formatter<'_>, problem: &BodyProblem) -> fmt::Result {
    match problem {
        BodyProblem::ContentType(content_type) => {
            formatter.write_str("its type is ")?;
            write!(formatter, "{}", OneLine(content_type))?;
            formatter.write_str(" instead of JSON")?;
            // A page of HTML is a sign-in or a proxy; anything else can be what was asked for.
            if content_type == "text/html" {
                return Ok(());
            }
            formatter.write_str("; if the call has `download`, that gives it as bytes")
        }
        BodyProblem::ContentEncoding(encoding) => {
            formatter.write_str("its encoding is ")?;
            write!(formatter, "{}", OneLine(encoding))?;
            formatter.write_str(", which was not asked for")
        }
        BodyProblem::Undecodable { encoding, why } => {
            formatter.write_str("its encoding is ")?;
            write!(formatter, "{}", OneLine(encoding))?;
            write!(
                formatter,
                ": {why}; `Download::decode(false)` gives the bytes as they come"
            )
        }
        BodyProblem::TooLarge(limit) => write!(formatter, "it has more than {limit} bytes"),
        BodyProblem::Truncated => formatter.write_str("the JSON ends too early"),
        BodyProblem::Decode(error) => Display::fmt(error, formatter),
        BodyProblem::NoJson { line, column } => {
            write!(formatter, "it is other JSON at line {line} column {column}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::{BodyError, FromBody};
    use crate::transport::Headers;
    use crate::wire::Value;

    fn shown(status: u16, body: &str) -> String {
        let error = Error::from_response(status, Headers::new(), body.as_bytes(), None);
        error
            .with_method(
                "photoslibrary.albums.get",
                &["https://s.example/a", "https://s.example/b"],
            )
            .to_string()
    }

    #[test]
    fn each_kind_of_body_has_its_text() {
        let cases = [
            (
                404,
                r#"{"error": {"status": "NOT_FOUND", "message": "No such\n album."}}"#,
                "photoslibrary.albums.get: 404 NOT_FOUND: No such album.",
            ),
            (500, "", "photoslibrary.albums.get: 500 with an empty body"),
            (
                502,
                "<html>\n <title>Bad gateway</title>",
                "photoslibrary.albums.get: 502 with a page of HTML: <html> <title>Bad gateway</title>",
            ),
            (
                503,
                r#"{"error": {"mess"#,
                "photoslibrary.albums.get: 503 with a body that is no error of Google's: {\"error\": {\"mess",
            ),
            (
                403,
                r#"{"error": {"message": "Request had insufficient authentication scopes."}}"#,
                "photoslibrary.albums.get: 403: Request had insufficient authentication scopes.; the \
                 method needs the scope https://s.example/a or https://s.example/b",
            ),
        ];
        for (status, body, expected) in cases {
            assert_eq!(shown(status, body), expected);
        }
    }

    #[test]
    fn a_decode_error_never_shows_the_value() {
        let error = Value::from_body(b"{\"a\": CANARY}").unwrap_err();
        assert!(matches!(error, BodyError::Decode { .. }));
        let error = Error::new(ErrorKind::Body(BodyProblem::Decode(error)));
        assert!(!format!("{error} {error:?}").contains("CANARY"));
    }
}
