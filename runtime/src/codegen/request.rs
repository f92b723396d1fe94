//! Requests as emitted code describes them.

use super::{MergePatch, Method, Params, Schema, UpdateMask, limits};
use crate::RawBody;
use crate::client::Payload;
use crate::url::Query;
use crate::wire::append::append;
use crate::wire::edit::{Edited, Edits};
use crate::wire::locate::path_to;
use crate::wire::slot::View;
use crate::wire::{Purpose, Wire};

/// A request of a method with its parameters and its body.
///
/// Nothing here fails: what is wrong is kept, and sending the request returns it before anything
/// goes out.
#[must_use]
pub struct Request {
    pub(crate) method: &'static Method,
    pub(crate) values: Vec<(&'static str, String)>,
    pub(crate) query: Query,
    pub(crate) body: Payload,
    pub(crate) error: Option<String>,
    /// Whether the body of the response may be anything, and not JSON only.
    pub(crate) any_response: bool,
    /// Whether a parameter has a value that could be absent.
    has_options: bool,
    /// Whether this is a change that sets nothing and takes nothing away.
    pub(crate) changes_nothing: bool,
}

impl Request {
    /// A request without parameters.
    pub fn new(method: &'static Method) -> Self {
        Self {
            method,
            values: Vec::new(),
            query: Query::default(),
            body: Payload::Empty,
            error: None,
            any_response: false,
            has_options: false,
            changes_nothing: false,
        }
    }

    /// The value of a path parameter.
    pub fn path(mut self, name: &'static str, value: &(impl Params + ?Sized)) -> Self {
        value.each(&mut |text| self.values.push((name, text.to_owned())));
        self
    }

    /// The values of a query parameter.
    pub fn query<P: Params + ?Sized>(mut self, name: &'static str, value: &P) -> Self {
        value.each(&mut |text| {
            self.query.push(name, text);
            self.has_options |= P::OPTIONAL;
        });
        self
    }

    /// How many entries a list may have.
    pub fn limit(mut self, name: &'static str, len: usize, min: usize, max: usize) -> Self {
        if let Err(message) = limits::check_length(name, len, &(min..=max)) {
            self.fail(message);
        }
        self
    }

    /// A body in JSON, without what only the server sets.
    pub fn body<T: Wire>(self, value: &T) -> Self {
        self.checked(value.view()).json_body(value.view())
    }

    /// A body that is sent as it is.
    pub fn raw_body(mut self, body: &RawBody) -> Self {
        self.body = Payload::Bytes {
            content_type: body
                .content_type()
                .unwrap_or("application/octet-stream")
                .to_owned(),
            bytes: body.bytes().clone(),
        };
        self
    }

    /// A body in JSON that changes a part of something, and the mask that says which part.
    pub fn masked_body<T: Schema>(
        mut self,
        value: &T,
        param: &'static str,
        mask: &UpdateMask,
        allowed: &'static [&'static str],
    ) -> Self {
        match mask.resolve(value, allowed) {
            Ok((paths, edits)) => {
                self.query.push(param, &paths.to_string());
                self.checked(value.view()).edited_body(value.view(), &edits)
            }
            Err(message) => {
                self.fail(message);
                self
            }
        }
    }

    /// A body in JSON that is merged into what the service has, and what it takes away.
    pub fn merge_patch<T: Schema>(mut self, value: &T, patch: &MergePatch) -> Self {
        match patch.resolve::<T>() {
            Ok(edits) => {
                let sets_nothing = value.present_fields(Purpose::Request).is_empty();
                // The change can also be in a parameter, as the parents of a file in Drive are;
                // one that is required names what is changed.
                self.changes_nothing = sets_nothing && edits.is_empty() && !self.has_options;
                self.checked(value.view()).edited_body(value.view(), &edits)
            }
            Err(message) => {
                self.fail(message);
                self
            }
        }
    }

    /// Holds the body against what is fixed about the method.
    fn checked(mut self, body: View<'_>) -> Self {
        if let Err(message) = limits::check(self.method, body) {
            self.fail(message);
        }
        self
    }

    fn edited_body(self, view: View<'_>, edits: &Edits) -> Self {
        if edits.is_empty() {
            return self.json_body(view);
        }
        self.written_body(|out| serde_json::to_writer(out, &Edited { view, edits }))
    }

    fn json_body(self, view: View<'_>) -> Self {
        self.written_body(|out| append(out, view))
    }

    fn written_body(mut self, write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>) -> Self {
        let wrapper: (&[u8], &[u8]) = if self.method.wraps_data {
            (b"{\"data\":", b"}")
        } else {
            (b"", b"")
        };
        let mut bytes = Vec::with_capacity(128);
        bytes.extend_from_slice(wrapper.0);
        match write(&mut bytes) {
            Ok(()) => {
                bytes.extend_from_slice(wrapper.1);
                self.body = Payload::json(bytes);
            }
            Err(error) => {
                let path = path_to_end(bytes.get(wrapper.0.len()..).unwrap_or_default());
                self.fail(format!("{path} can't be written as JSON: {error}"));
            }
        }
        self
    }

    fn fail(&mut self, message: String) {
        self.error.get_or_insert(message);
    }
}

/// The path to the value whose place is the end of a JSON text that is written so far.
fn path_to_end(written: &[u8]) -> String {
    // Any value there makes the path complete.
    let path = path_to(&[written, b"0"].concat(), written.len());
    if path.is_empty() {
        "the body".to_owned()
    } else {
        path
    }
}
