//! Edits of a document, each of a kind that services make, as merge patches (RFC 7396) of `base.json`.

mod api;
mod methods;
mod schemas;
mod values;

use serde_json::{Value, json};

/// An edit.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) patch: Value,
    /// Whether the edit means something else to code that compiles as before, which no compiler sees.
    pub(crate) silent: bool,
}

/// A change of a member of `books.METHOD`.
fn book_method(method: &str, patch: &Value) -> Value {
    json!({"resources": {"books": {"methods": {method: patch}}}})
}

fn book_param(method: &str, param: &str, patch: &Value) -> Value {
    book_method(method, &json!({"parameters": {param: patch}}))
}

fn field(schema: &str, field: &str, patch: &Value) -> Value {
    json!({"schemas": {schema: {"properties": {field: patch}}}})
}

/// All edits.
pub(crate) fn edits() -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut add = |name, patch| {
        edits.push(Edit {
            name,
            patch,
            silent: false,
        });
    };
    methods::methods(&mut add);
    methods::params(&mut add);
    values::fields(&mut add);
    values::enums(&mut add);
    schemas::schemas(&mut add);
    api::api(&mut add);
    edits.push(Edit {
        name: "required parameters change places",
        patch: book_method("move", &json!({"parameterOrder": ["to", "from"]})),
        silent: true,
    });
    edits
}

type Add<'a> = &'a mut dyn FnMut(&'static str, Value);

/// A merge patch on top of another one.
trait Merged {
    fn merged(self, patch: &Value) -> Value;
}

impl Merged for Value {
    fn merged(mut self, patch: &Value) -> Value {
        merge(&mut self, patch, true);
        self
    }
}

/// Applies a merge patch; where patches are merged, `null` stays.
pub(crate) fn merge(target: &mut Value, patch: &Value, keep_null: bool) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (name, member) in members {
        if member.is_null() && !keep_null {
            if let Some(target) = target.as_object_mut() {
                target.remove(name);
            }
        } else {
            merge(&mut target[name], member, keep_null);
        }
    }
}
