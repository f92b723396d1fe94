//! Which fields a change is about.

use crate::wire::{FieldMask, Value};

/// Which fields a change is about: a mask that was given, and fields that lose their values.
#[derive(Clone, Debug, Default)]
pub struct UpdateMask {
    mask: Option<FieldMask>,
    cleared: FieldMask,
}

impl UpdateMask {
    /// The mask as it is to be sent, instead of one made from the fields that are set.
    pub fn set(&mut self, mask: FieldMask) {
        self.mask = Some(mask);
    }

    /// A field that loses its value: in the mask and not in the body.
    pub fn clear(&mut self, path: String) {
        self.cleared.push(path);
    }

    pub(super) fn clears_nothing(&self) -> bool {
        self.cleared.is_empty()
    }

    /// The mask to send: what was given or else `set`, and what is cleared.
    pub(super) fn resolve(
        &self,
        set: &[&'static str],
        fields: &[&str],
        output_only: &[&str],
        allowed: &[&str],
    ) -> Result<FieldMask, String> {
        for path in self.cleared.iter() {
            let field = first_segment(path);
            if !fields.contains(&field) {
                return Err(format!("{field} can't be cleared: there is no such field"));
            }
            if output_only.contains(&field) {
                return Err(format!("{field} can't be cleared: only the server sets it"));
            }
        }
        let mut mask = match &self.mask {
            Some(mask) => mask.clone(),
            None => FieldMask::from_iter(set),
        };
        for path in self.cleared.iter() {
            if !mask.contains(path) {
                mask.push(path);
            }
        }
        if mask.is_empty() {
            return Err("nothing is to be changed: no field is set or cleared".to_owned());
        }
        let is_allowed = |path: &str| allowed.is_empty() || allowed.contains(&first_segment(path));
        if let Some(path) = mask.iter().find(|path| !is_allowed(path)) {
            let allowed = allowed.join(" and ");
            return Err(format!("{path} can't be changed here; {allowed} can"));
        }
        Ok(mask)
    }

    /// Takes what is cleared out of a body.
    pub(super) fn remove_cleared(&self, body: &mut Value) {
        for path in self.cleared.iter() {
            remove(body, path);
        }
    }
}

fn first_segment(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

fn remove(value: &mut Value, path: &str) {
    let Value::Object(fields) = value else { return };
    match path.split_once('.') {
        None => {
            fields.remove(path);
        }
        Some((first, rest)) => {
            if let Some(inner) = fields.get_mut(first) {
                remove(inner, rest);
            }
        }
    }
}
