//! What emitted code says about downloads.

use super::Call;
use crate::download::Download;

/// The download that belongs to a call.
pub fn download_with<C: Call>(call: &C) -> Download {
    Download::with_request(call.context().clone(), call.request())
}

/// Adds `download` to a call: `download!(Get);`
#[macro_export]
#[doc(hidden)]
macro_rules! __download {
    ($call:ident) => {
        impl $call {
            /// Asks for the content itself instead of what is known about it (`alt=media`).
            pub fn download(self) -> $crate::download::Download {
                $crate::codegen::download_with(&self)
            }
        }
    };
}
