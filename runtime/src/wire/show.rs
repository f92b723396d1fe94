//! `Debug` of schemas: what is present, under its Rust name, and of secrets only that they are there.

use std::fmt;

use super::slot::{Fields, View};

/// Shows a schema without the fields that are absent; the macro `schema!` calls it for each.
///
/// It goes through the slots that writing goes through, so that the compiler gets no function for
/// each type of a field.
pub fn debug(schema: &dyn Fields, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = schema.table();
    let mut shown = formatter.debug_struct(table.schema);
    schema.show(&mut |slots| {
        for ((label, name), slot) in table.fields.iter().zip(table.names).zip(slots) {
            let view = match slot.view() {
                View::Null => continue,
                _ if table.secret.contains(name) => View::Shown(&"[secret]"),
                view => view,
            };
            shown.field(label.trim_start_matches("r#"), &view);
        }
    });
    shown.finish()
}

/// A value inside of a schema: without `Some`, since what is absent is left out.
impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            View::Null => formatter.write_str("None"),
            View::Bool(value) => value.fmt(formatter),
            View::Integer(value) => value.fmt(formatter),
            View::Double(value) => value.fmt(formatter),
            View::Float(value) => value.fmt(formatter),
            View::Text(text) => text.fmt(formatter),
            View::Enum(_, value) => value.fmt(formatter),
            View::Shown(value) => value.fmt(formatter),
            View::Base64(bytes) => write!(formatter, "Bytes({} bytes)", bytes.len()),
            View::Any(value) => value.fmt(formatter),
            View::Fields(fields) => debug(fields, formatter),
            View::List(list) => {
                let mut shown = formatter.debug_list();
                list.show(&mut |view| {
                    shown.entry(&view);
                });
                shown.finish()
            }
            View::Map(entries) => {
                let mut shown = formatter.debug_map();
                entries.show(&mut |key, view| {
                    shown.entry(&key, &view);
                });
                shown.finish()
            }
        }
    }
}
