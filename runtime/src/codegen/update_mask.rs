//! Which fields a change is about.

use super::Schema;
use super::field_path::{FieldPath, covers, insert};
use crate::wire::edit::{Edit, Edits};
use crate::wire::slot::View;
use crate::wire::write::each_present;
use crate::wire::{FieldMask, Purpose, Wire as _};

/// Which fields a change is about: a mask that was given, and fields that lose their values.
///
/// Without a mask that was given, one is made of what the body sets (`path` is that of the field,
/// from the body, by names on the wire):
///
/// | in the body | in the mask |
/// |---|---|
/// | a value without parts, a list, a map, any JSON | `path`; the service replaces it as a whole |
/// | an object with fields of its own | the paths of what is set in it, so that the rest stays |
/// | such an object with nothing in it | `path`; the service sets or empties it |
/// | such an object with nothing in it but what only the server sets | nothing |
/// | a path that the override `maskPaths` lists | `path` as a whole, nothing below |
/// | any other path, where there is such an override | an error before anything is sent |
///
/// What is cleared joins the mask, given or made, and leaves the body.
///
/// Sources: `google/protobuf/field_mask.proto` (a list or a map stands only at the end of a path;
/// a path to a message replaces it), and AIP-134 for updates.
#[derive(Clone, Debug, Default)]
pub struct UpdateMask {
    mask: Option<FieldMask>,
    cleared: FieldMask,
    /// Whether paths have one name only.
    top_level: bool,
}

impl UpdateMask {
    /// For a service that knows the fields of the body, and none inside of these: a mask that is
    /// made names them only.
    pub fn top_level() -> Self {
        Self {
            top_level: true,
            ..Self::default()
        }
    }

    /// The mask as it is to be sent, instead of one made from the fields that are set.
    pub fn set(&mut self, mask: FieldMask) {
        self.mask = Some(mask);
    }

    /// A field that loses its value: in the mask and not in the body.
    pub fn clear(&mut self, path: String) {
        self.cleared.push(path);
    }

    /// The mask to send, and what is taken out of the body.
    pub(super) fn resolve<T: Schema>(
        &self,
        body: &T,
        allowed: &[&str],
    ) -> Result<(FieldMask, Edits), String> {
        let mut edits = Edits::new();
        for text in self.cleared.iter() {
            let path = FieldPath::of::<T>(text)
                .map_err(|problem| format!("{text} can't be cleared: {problem}"))?;
            if self.top_level && path.names.len() > 1 {
                let problem = "the service takes only the fields of the body as a whole";
                return Err(format!("{text} can't be cleared: {problem}"));
            }
            insert(&mut edits, &path, Edit::Leave)?;
        }
        let mask = self.with_cleared(match &self.mask {
            Some(mask) => mask.clone(),
            None => self.computed(body, allowed),
        });
        if mask.is_empty() {
            return Err("nothing is to be changed: no field is set or cleared".to_owned());
        }
        let is_allowed =
            |path: &str| allowed.is_empty() || allowed.iter().any(|parent| covers(parent, path));
        if let Some(path) = mask.iter().find(|path| !is_allowed(path)) {
            let allowed = allowed.join(" and ");
            return Err(format!("{path} can't be changed here; {allowed} can"));
        }
        Ok((mask, edits))
    }

    /// The paths of what a body sets.
    fn computed<T: Schema>(&self, body: &T, allowed: &[&str]) -> FieldMask {
        let mut paths = Vec::new();
        let is_whole = |path: &str| self.top_level || allowed.contains(&path);
        leaves(body.view(), &mut String::new(), &is_whole, &mut paths);
        FieldMask::from_iter(paths)
    }

    /// A mask with what is cleared, in which no path is said twice.
    fn with_cleared(&self, mask: FieldMask) -> FieldMask {
        if self.cleared.is_empty() {
            return mask;
        }
        let is_cleared = |path: &str| {
            self.cleared
                .iter()
                .any(|parent| parent != path && covers(parent, path))
        };
        let mut result: FieldMask = mask.iter().filter(|path| !is_cleared(path)).collect();
        for path in self.cleared.iter() {
            let is_named = |parent: &str| parent == "*" || covers(parent, path);
            if !result.iter().any(is_named) {
                result.push(path);
            }
        }
        result
    }
}

/// Collects the paths of what a message sets, those of nested messages included.
fn leaves(
    view: View<'_>,
    path: &mut String,
    is_whole: &dyn Fn(&str) -> bool,
    paths: &mut Vec<String>,
) {
    let View::Fields(fields) = view else {
        return;
    };
    each_present(fields, Purpose::Request, &mut |name, view| {
        let parent = path.len();
        if parent > 0 {
            path.push('.');
        }
        path.push_str(name);
        match view {
            View::Fields(fields) if !is_whole(path) => {
                let before = paths.len();
                leaves(view, path, is_whole, paths);
                if before == paths.len() {
                    let mut is_empty = true;
                    each_present(fields, Purpose::Storage, &mut |_, _| {
                        is_empty = false;
                    });
                    paths.extend(is_empty.then(|| path.clone()));
                }
            }
            _ => paths.push(path.clone()),
        }
        path.truncate(parent);
    });
}
