//! Proof that whoever redeems a code is whoever requested it (PKCE, RFC 7636), and the chance that
//! it rests on.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::OAuthError;
use crate::Secret;

/// A verifier, made for one sign-in, and the challenge that stands for it.
pub(super) struct Pkce {
    /// It goes to the token endpoint and nowhere else.
    pub(super) verifier: Secret,
    /// It goes through the browser.
    pub(super) challenge: String,
}

impl Pkce {
    /// How the challenge is made from the verifier, as the request names it.
    pub(super) const METHOD: &'static str = "S256";

    pub(super) fn new() -> Result<Self, OAuthError> {
        Ok(Self::from_verifier(random_text()?))
    }

    fn from_verifier(verifier: Secret) -> Self {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()));
        Self {
            verifier,
            challenge,
        }
    }
}

/// 256 bits that nobody can guess, as 43 characters that need no escape anywhere.
pub(super) fn random_text() -> Result<Secret, OAuthError> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| {
        OAuthError::permanent("the system has no random numbers").with_source(error)
    })?;
    Ok(Secret::from(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_comes_out() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let pkce = Pkce::from_verifier(Secret::from(verifier));
        assert_eq!(
            pkce.challenge,
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn verifiers_differ() {
        let mut verifiers: Vec<_> = (0..100)
            .map(|_| Pkce::new().unwrap().verifier.expose().to_owned())
            .collect();
        assert!(verifiers.iter().all(|verifier| verifier.len() == 43));
        verifiers.sort();
        verifiers.dedup();
        assert_eq!(verifiers.len(), 100);
    }
}
