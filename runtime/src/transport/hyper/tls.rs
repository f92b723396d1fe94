//! TLS: which versions, which cryptography, whom to trust.

use std::sync::Arc;

use hyper_rustls::ConfigBuilderExt as _;
use rustls::ClientConfig;

use crate::error::ErrorKind;
use crate::{Error, Result};

/// TLS 1.2 and 1.3 with the roots of the system.
pub(super) fn client_config() -> Result<ClientConfig> {
    // The provider is named: an application that has two of them has no default one.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| configuration("TLS can't be set up", error))?;
    let builder = builder.with_native_roots().map_err(|error| {
        let message = "the system has no trusted certificates: install its package of them (often \
                       ca-certificates), or name a file in SSL_CERT_FILE";
        configuration(message, error)
    })?;
    Ok(builder.with_no_client_auth())
}

fn configuration(message: &str, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Configuration {
        message: message.to_owned(),
        source: Some(Box::new(source)),
    })
}
