//! Requests as emitted code describes them.

use super::{Method, Params, Schema, UpdateMask};
use crate::RawBody;
use crate::client::Payload;
use crate::url::Query;
use crate::wire::write::{Encoded, View};
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
        }
    }

    /// The value of a path parameter.
    pub fn path(mut self, name: &'static str, value: &(impl Params + ?Sized)) -> Self {
        value.each(&mut |text| self.values.push((name, text.to_owned())));
        self
    }

    /// The values of a query parameter.
    pub fn query(mut self, name: &'static str, value: &(impl Params + ?Sized)) -> Self {
        value.each(&mut |text| self.query.push(name, text));
        self
    }

    /// How many entries a list may have; a list in an object that is absent has no length.
    pub fn limit(
        mut self,
        name: &'static str,
        len: impl Into<Option<usize>>,
        min: usize,
        max: usize,
    ) -> Self {
        let Some(len) = len.into() else { return self };
        if !(min..=max).contains(&len) {
            let entries = if len == 1 {
                "1 entry".to_owned()
            } else {
                format!("{len} entries")
            };
            let range = if min == max {
                max.to_string()
            } else {
                format!("{min} to {max}")
            };
            let verb = if max == 1 { "is" } else { "are" };
            self.fail(format!("{name} has {entries}; {range} {verb} accepted"));
        }
        self
    }

    /// Fields of the body of which one at most may be set: their names, and whether they are set.
    pub fn exclusive<const N: usize>(mut self, fields: [(&'static str, bool); N]) -> Self {
        let set: Vec<&str> = fields
            .iter()
            .filter(|(_, is_set)| *is_set)
            .map(|(name, _)| *name)
            .collect();
        if let [others @ .., last] = set.as_slice()
            && !others.is_empty()
        {
            let message = format!(
                "{} and {last} exclude each other, and the service refuses a request with more \
                 than one of them: set one, and leave out the rest",
                others.join(", ")
            );
            self.fail(message);
        }
        self
    }

    /// A body in JSON, without what only the server sets.
    pub fn body<T: Wire>(self, value: &T) -> Self {
        self.json_body(value.view())
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
        let set = value.present_fields(Purpose::Request);
        match mask.resolve(&set, T::FIELDS, T::OUTPUT_ONLY, allowed) {
            Ok(paths) => self.query.push(param, &paths.to_string()),
            Err(message) => self.fail(message),
        }
        if mask.clears_nothing() {
            return self.json_body(value.view());
        }
        match serde_json::to_value(Encoded::new(value.view(), Purpose::Request)) {
            Ok(mut body) => {
                mask.remove_cleared(&mut body);
                self.json_body(View::Any(&body))
            }
            Err(error) => {
                self.fail(format!("the body can't be written as JSON: {error}"));
                self
            }
        }
    }

    fn json_body(mut self, view: View<'_>) -> Self {
        let wrapper: (&[u8], &[u8]) = if self.method.wraps_data {
            (b"{\"data\":", b"}")
        } else {
            (b"", b"")
        };
        let mut bytes = wrapper.0.to_vec();
        match serde_json::to_writer(&mut bytes, &Encoded::new(view, Purpose::Request)) {
            Ok(()) => {
                bytes.extend_from_slice(wrapper.1);
                self.body = Payload::json(bytes);
            }
            Err(error) => self.fail(format!("the body can't be written as JSON: {error}")),
        }
        self
    }

    fn fail(&mut self, message: String) {
        self.error.get_or_insert(message);
    }
}
