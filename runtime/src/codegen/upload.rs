//! What emitted code says about uploads.

use super::Call;
use crate::upload::method::UploadMethod;
use crate::upload::{Source, Upload};

/// The upload that belongs to a call: its parameters, its body, and the bytes.
pub fn upload_with<C: Call>(
    call: &C,
    method: &'static UploadMethod,
    source: Source,
) -> Upload<C::Response> {
    Upload::with_request(call.context().clone(), call.request(), method, source)
}

/// Adds `upload` to a call: `upload!(Create -> schemas::File, UPLOAD);`
#[macro_export]
#[doc(hidden)]
macro_rules! __upload {
    ($call:ident -> $response:ty, $method:expr) => {
        impl $call {
            /// Sends bytes with the call, such as those of a file.
            ///
            /// `source` is a path, bytes in memory, or anything else that a
            /// [`Source`](discovery_runtime::upload::Source) can be made of.
            pub fn upload(
                self,
                source: impl ::core::convert::Into<$crate::upload::Source>,
            ) -> $crate::upload::Upload<$response> {
                static METHOD: $crate::codegen::UploadMethod = $method;
                $crate::codegen::upload_with(&self, &METHOD, ::core::convert::Into::into(source))
            }
        }
    };
}
