//! Builds reply messages as proto JSON writes them: defaults left out, 64-bit numbers as text.

use serde_json::{Map, Number, Value};

/// A message under construction.
#[derive(Debug, Default)]
pub(crate) struct Message(Map<String, Value>);

impl Message {
    /// Text; left out when empty.
    pub(crate) fn text(mut self, name: &str, text: &str) -> Self {
        if !text.is_empty() {
            self.0.insert(name.to_owned(), text.into());
        }
        self
    }

    /// A switch; left out when false.
    pub(crate) fn flag(mut self, name: &str, on: bool) -> Self {
        if on {
            self.0.insert(name.to_owned(), true.into());
        }
        self
    }

    /// A 64-bit number, as text; left out when 0.
    pub(crate) fn int64(self, name: &str, number: u64) -> Self {
        if number == 0 {
            self
        } else {
            self.text(name, &number.to_string())
        }
    }

    /// A number; left out when 0, without a point when whole.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "only whole numbers well within the range are cast"
    )]
    pub(crate) fn number(mut self, name: &str, number: f64) -> Self {
        if number == 0.0 {
            return self;
        }
        let whole = number.fract() == 0.0 && number.abs() < 1e15;
        let value = if whole {
            Some(Number::from(number as i64))
        } else {
            Number::from_f64(number)
        };
        if let Some(value) = value {
            self.0.insert(name.to_owned(), Value::Number(value));
        }
        self
    }

    /// A list; left out when empty.
    pub(crate) fn list(mut self, name: &str, values: Vec<Value>) -> Self {
        if !values.is_empty() {
            self.0.insert(name.to_owned(), Value::Array(values));
        }
        self
    }

    /// A message: present even when it has no field set.
    pub(crate) fn message(mut self, name: &str, message: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), message.into());
        self
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Object(message.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn defaults_are_left_out_and_numbers_have_their_wire_form() {
        let message = Message::default()
            .text("title", "")
            .flag("isWriteable", false)
            .int64("mediaItemsCount", 0)
            .number("fps", 0.0)
            .list("albums", Vec::new())
            .message("photo", Message::default());
        assert_eq!(Value::from(message), json!({"photo": {}}));

        let message = Message::default()
            .int64("width", 4032)
            .number("apertureFNumber", 2.0)
            .number("focalLength", 4.4);
        assert_eq!(
            Value::from(message).to_string(),
            r#"{"apertureFNumber":2,"focalLength":4.4,"width":"4032"}"#
        );
    }
}
