//! What all calls have alike: emitted code has one line for it.

/// Gives a call what every call has: `call!(Get -> schemas::Album);`
#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    ($call:ident -> $response:ty) => {
        impl $crate::codegen::InContext for $call {
            fn context(&self) -> &$crate::codegen::Context {
                &self.context
            }
        }

        impl $call {
            /// Sets the options that every call has, such as a timeout or `fields`.
            pub fn options(mut self, options: $crate::CallOptions) -> Self {
                self.context.set_options(options);
                self
            }

            /// Calls a setter with a value that may be missing: `call.if_some(token, List::page_token)`.
            pub fn if_some<T>(
                self,
                value: ::core::option::Option<T>,
                set: impl ::core::ops::FnOnce(Self, T) -> Self,
            ) -> Self {
                match value {
                    ::core::option::Option::Some(value) => set(self, value),
                    ::core::option::Option::None => self,
                }
            }

            /// Sends the request and waits for the response.
            ///
            /// A field of it that cannot be read is absent; see
            /// [`discovery_runtime::wire`](discovery_runtime::wire#values-that-cannot-be-read).
            ///
            /// # Errors
            ///
            /// Every failure is a [`discovery_runtime::Error`]: its predicates say what went wrong,
            /// and what to do.
            pub async fn send(self) -> $crate::Result<$response> {
                $crate::codegen::send(&self).await
            }

            /// The same as [`send`](Self::send) with the whole response: status, headers, `ETag` and
            /// the identifier of the request.
            pub async fn send_for_response(self) -> $crate::Result<$crate::Response<$response>> {
                $crate::codegen::send_for_response(&self).await
            }

            /// What the call would send: method, address, headers and body. Nothing is sent.
            ///
            /// # Errors
            ///
            /// Those that [`send`](Self::send) finds before it sends anything.
            pub fn preview(&self) -> $crate::Result<$crate::RequestPreview> {
                $crate::codegen::preview(self)
            }
        }
    };
}

/// Gives a call the streams over its pages and, where these are clear, over their items.
#[doc(hidden)]
#[macro_export]
macro_rules! __paged {
    ($call:ident) => {
        impl $call {
            /// All pages, one by one, with what they say beside their items. The stream ends after
            /// an error.
            pub fn pages(self) -> $crate::Pages<Self> {
                $crate::Pages::new(self)
            }
        }
    };
    ($call:ident, items) => {
        $crate::__paged!($call);

        impl $call {
            /// All items of all pages, one by one; a page is requested when it is needed. The
            /// stream ends after an error.
            pub fn items(self) -> $crate::Items<Self> {
                $crate::Items::new(self)
            }
        }
    };
}
