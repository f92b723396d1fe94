//! What calls have that change a part of something: emitted code has one line for it.

/// Gives a call the setters of its mask: `update_mask!(Patch, "updateMask");`
#[doc(hidden)]
#[macro_export]
macro_rules! __update_mask {
    ($call:ident, $param:literal) => {
        impl $call {
            #[doc = concat!("Sets `", $param, "` instead of leaving it to what the body sets.")]
            ///
            /// Left out, it has the path of each field that the body sets. Of a nested object it
            /// has the paths of what is set inside, so that the rest stays as it is; lists, maps
            /// and free-form JSON are named, and replaced, as a whole. What only the server sets
            /// is not in it.
            ///
            /// Paths are written as in the JSON of the API, `displayName,settings.theme`, and sent
            /// as they are given.
            pub fn update_mask(
                mut self,
                update_mask: impl ::core::convert::Into<$crate::FieldMask>,
            ) -> Self {
                self.update_mask
                    .set(::core::convert::Into::into(update_mask));
                self
            }

            /// Clears a field: it goes into the mask, and out of the body if it is set there.
            ///
            /// `field` is its name, or its path, as in the JSON of the API: `description`,
            /// `settings.theme`, or ``labels.`a.b` `` for an entry of a map.
            ///
            /// # Errors
            ///
            /// Sending fails before anything goes out if there is no such field, if only the
            /// server sets it, or if it is inside of a list.
            pub fn clear(
                mut self,
                field: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.update_mask.clear(::core::convert::Into::into(field));
                self
            }
        }
    };
}

/// Gives a call without a mask the means to take something away: `merge_patch!(Patch);`
#[doc(hidden)]
#[macro_export]
macro_rules! __merge_patch {
    ($call:ident) => {
        impl $call {
            /// Clears a field: it is sent as `null`, even if the body sets it.
            ///
            /// `field` is its name, or its path, as in the JSON of the API: `description`,
            /// `settings.theme`, or ``labels.`a.b` `` for an entry of a map. What the body lacks
            /// and nothing clears stays as it is.
            ///
            /// # Errors
            ///
            /// Sending fails before anything goes out if there is no such field, if only the
            /// server sets it, or if it is inside of a list.
            pub fn clear(
                mut self,
                field: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.merge_patch.clear(::core::convert::Into::into(field));
                self
            }

            /// Sends a list without entries, even if the body sets it or it is cleared.
            ///
            /// An empty list in the body is not sent, since most callers mean by it that the list
            /// stays as it is. `list` is the name or the path of a field, as for
            /// [`clear`](Self::clear). A map or an object has no such form: merging an empty one
            /// changes nothing. Clear it, or entries of it.
            ///
            /// # Errors
            ///
            /// Sending fails before anything goes out if there is no such list, if only the
            /// server sets it, or if it is inside of another list or of something that is cleared.
            pub fn set_empty(
                mut self,
                list: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.merge_patch
                    .set_empty(::core::convert::Into::into(list));
                self
            }
        }
    };
}
