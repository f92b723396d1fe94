//! What every way to a grant needs: who the app is, and how it gets to the server.

use std::fmt;
use std::sync::Arc;

use super::token_client::TokenClient;
use super::{Endpoints, OAuthError};
use crate::clock::TokioClock;
use crate::transport::HyperTransport;
use crate::{Clock, Error, Secret, Transport};

/// An app as it was set up so far.
#[derive(Clone)]
pub(super) struct App {
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
    /// The message of an error if the file that named them is not to be believed.
    pub(super) endpoints: Result<Endpoints, String>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) clock: Option<Arc<dyn Clock>>,
}

impl App {
    pub(super) fn new(client_id: String, client_secret: Secret) -> Self {
        Self {
            client_id,
            client_secret,
            endpoints: Ok(Endpoints::google()),
            transport: None,
            clock: None,
        }
    }

    /// The same with the endpoints that a file names, if they are Google's.
    pub(super) fn with_endpoints_of_file(
        mut self,
        authorization: Option<&str>,
        token: Option<&str>,
    ) -> Self {
        self.endpoints =
            Endpoints::from_file(authorization, token).map_err(|error| error.to_string());
        self
    }

    /// Checks what was set up, and adds what was not.
    pub(super) fn client(&self) -> Result<TokenClient, OAuthError> {
        let endpoints = self.endpoints.clone().map_err(OAuthError::configuration)?;
        if self.client_id.is_empty() {
            return Err(OAuthError::configuration("the client ID is empty"));
        }
        let transport = match &self.transport {
            Some(transport) => transport.clone(),
            None => default_transport()?,
        };
        let clock = self
            .clock
            .clone()
            .unwrap_or_else(|| Arc::new(TokioClock::new()));
        Ok(TokenClient {
            id: self.client_id.clone(),
            secret: self.client_secret.clone(),
            endpoints,
            transport,
            clock,
        })
    }
}

impl fmt::Debug for App {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("App")
            .field("client_id", &self.client_id)
            .field("endpoints", &self.endpoints)
            .finish_non_exhaustive()
    }
}

fn default_transport() -> Result<Arc<dyn Transport>, OAuthError> {
    let built = HyperTransport::builder().build();
    let failure = |error: Error| OAuthError::configuration(error.to_string()).with_source(error);
    Ok(Arc::new(built.map_err(failure)?))
}
