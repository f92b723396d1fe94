//! What a call needs besides its parameters.

use crate::{CallOptions, Client};

/// A client and the options of one call.
#[derive(Clone, Debug)]
pub struct Context {
    pub(crate) client: Client,
    pub(crate) options: CallOptions,
}

impl Context {
    /// The context of a call without options of its own.
    pub fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
            options: CallOptions::default(),
        }
    }

    /// Sets the options of the call.
    pub fn set_options(&mut self, options: CallOptions) {
        self.options = options;
    }
}
