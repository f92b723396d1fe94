//! What a change without a mask takes away.

use super::Schema;
use super::field_path::{FieldPath, Place, insert};
use crate::wire::FieldMask;
use crate::wire::edit::{Edit, Edits};

/// What a change without a mask takes away: such a body is merged into what the service has
/// ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)), and what it lacks stays as it is.
///
/// | wanted | sent |
/// |---|---|
/// | a field keeps its value | nothing |
/// | a field gets a value | the value |
/// | a list gets other entries | the whole list |
/// | an object gets other fields, a map other entries | these; the rest stays |
/// | a field, or an entry of a map, goes away | `null` (`clear`) |
/// | a list stays without entries | `[]` (`set_empty`) |
///
/// Both win over what the body sets at the same place. Paths are those of a
/// [`FieldMask`](crate::FieldMask).
#[derive(Clone, Debug, Default)]
pub struct MergePatch {
    cleared: FieldMask,
    emptied: FieldMask,
}

impl MergePatch {
    /// A field that loses its value.
    pub fn clear(&mut self, path: String) {
        self.cleared.push(path);
    }

    /// A list that loses its entries.
    pub fn set_empty(&mut self, path: String) {
        self.emptied.push(path);
    }

    /// What is written into a body in place of what it has.
    pub(super) fn resolve<T: Schema>(&self) -> Result<Edits, String> {
        let mut edits = Edits::new();
        for text in self.cleared.iter() {
            let path = FieldPath::of::<T>(text)
                .map_err(|problem| format!("{text} can't be cleared: {problem}"))?;
            insert(&mut edits, &path, Edit::Null)?;
        }
        for text in self.emptied.iter() {
            let path = FieldPath::of::<T>(text).and_then(|path| match path.place {
                Place::List | Place::Any => Ok(path),
                Place::Map | Place::Message => {
                    Err("an empty object changes nothing; clear it".to_owned())
                }
                Place::Scalar => Err("it is no list".to_owned()),
            });
            let path =
                path.map_err(|problem| format!("{text} can't be set to an empty list: {problem}"))?;
            insert(&mut edits, &path, Edit::EmptyList)?;
        }
        Ok(edits)
    }
}
