//! TLS: which versions, which cryptography, whom to trust.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::{CertificateResult, ErrorKind as CertificateError};
use rustls_native_certs::{load_certs_from_paths, load_native_certs};

use crate::error::ErrorKind;
use crate::{Error, Result};

const FILE: &str = "SSL_CERT_FILE";
const FOLDERS: &str = "SSL_CERT_DIR";

/// TLS 1.2 and 1.3 with the roots of the system.
pub(super) fn client_config() -> Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(provider()?)
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            Error::new(ErrorKind::Configuration {
                message: "TLS can't be set up".to_owned(),
                source: Some(Box::new(error)),
            })
        })?;
    let roots = roots(|name| env::var_os(name))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// The cryptography of the feature that is on. It is named: an application that has two providers has
/// no default one. Without a feature it is the one that the program has installed.
fn provider() -> Result<Arc<CryptoProvider>> {
    #[cfg(feature = "aws-lc-rs")]
    let provider = Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    #[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
    let provider = Some(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
    let provider = CryptoProvider::get_default().cloned();
    provider.ok_or_else(|| {
        let message = "TLS has no cryptography: turn on the feature `ring` or `aws-lc-rs`, or install \
            a `CryptoProvider` of rustls before clients are built";
        Error::configuration(message)
    })
}

/// The certificates that the variables name, of which `get` has the values, or else those of the
/// system. An empty variable names none. A wrong one is an error if nothing is left to trust.
fn roots(get: impl Fn(&str) -> Option<OsString>) -> Result<RootCertStore> {
    let set = |name| get(name).filter(|value| !value.is_empty());
    let mut roots = RootCertStore::empty();
    let mut problems = Vec::new();
    if let Some(file) = set(FILE) {
        let loaded = load_certs_from_paths(Some(Path::new(&file)), None);
        problems.extend(add(&mut roots, loaded, FILE));
    }
    let folders = set(FOLDERS).unwrap_or_default();
    let folders = env::split_paths(&folders).filter(|path| !path.as_os_str().is_empty());
    let folders: Vec<PathBuf> = folders.collect();
    for folder in &folders {
        let loaded = load_certs_from_paths(None, Some(folder));
        problems.extend(add(&mut roots, loaded, FOLDERS));
    }
    if set(FILE).is_none() && folders.is_empty() {
        let loaded = load_system(get(FILE).is_some());
        let problem = add(&mut roots, loaded, "the store of the system");
        problems.extend(problem.map(|problem| {
            format!(
                "{problem}; install the package of the system's certificates (often \
                 ca-certificates), or name a file in {FILE}"
            )
        }));
    }
    if roots.is_empty() {
        let message = format!("no certificate can be trusted: {}", problems.join("; "));
        return Err(Error::configuration(message));
    }
    for problem in problems {
        tracing::warn!(problem, "some certificates are not trusted");
    }
    Ok(roots)
}

/// Adds what was loaded; says what is wrong if that is nothing.
fn add(roots: &mut RootCertStore, loaded: CertificateResult, name: &str) -> Option<String> {
    let found = loaded.certs.len();
    let (valid, _) = roots.add_parsable_certificates(loaded.certs);
    if valid > 0 {
        return None;
    }
    let reason = match loaded.errors.first().map(|error| &error.kind) {
        _ if found > 0 => "its certificates can't be read".to_owned(),
        Some(CertificateError::Io { inner, path }) => {
            format!("{} can't be read ({inner})", path.display())
        }
        // What stands there is not shown: it may be a key.
        Some(CertificateError::Pem(_)) => "its text is no PEM".to_owned(),
        Some(error) => format!("it can't be read ({error:?})"),
        None => "it has no certificate (-----BEGIN CERTIFICATE-----)".to_owned(),
    };
    Some(format!("{name}: {reason}"))
}

/// The certificates of the system. `load_native_certs` takes an empty variable for the name of a
/// file, where this looks for itself.
fn load_system(file_is_empty: bool) -> CertificateResult {
    #[cfg(all(unix, not(target_os = "macos")))]
    if file_is_empty {
        let places = openssl_probe::probe();
        let folder = places.cert_dir.first().map(PathBuf::as_path);
        let file = places.cert_file.as_deref();
        return load_certs_from_paths(file, folder.filter(|_| file.is_none()));
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    let _ = file_is_empty;
    load_native_certs()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// How many certificates the variables come to, or the message of the error.
    fn load(variables: &[(&str, &Path)]) -> Result<usize, String> {
        let get = |name: &str| {
            let variable = variables.iter().find(|(own, _)| *own == name);
            variable.map(|(_, value)| value.as_os_str().to_owned())
        };
        let roots = roots(get).map(|roots| roots.len());
        roots.map_err(|error| {
            assert!(error.is_configuration());
            error.to_string()
        })
    }

    #[test]
    fn an_unusable_variable_of_certificates_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str, content: &str| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            path
        };
        let key = "-----BEGIN PRIVATE KEY-----\nQ0FOQVJZ\n-----END PRIVATE KEY-----\n";
        let no_certificate = "-----BEGIN CERTIFICATE-----\nQ0FOQVJZ\n-----END CERTIFICATE-----\n";
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).unwrap();
        let cases = [
            (FILE, folder.path().join("absent"), "can't be read ("),
            (FILE, folder.path().to_owned(), "can't be read ("),
            (FILE, path("nothing", ""), "has no certificate"),
            (FILE, path("text", "Q0FOQVJZ"), "has no certificate"),
            (FILE, path("key", key), "has no certificate"),
            (
                FILE,
                path("damaged", no_certificate),
                "its certificates can't be read",
            ),
            (FILE, path("malformed", "-----BEGIN CANARY"), "no PEM"),
            (FOLDERS, folder.path().join("absent"), "can't be read ("),
            (FOLDERS, path("file", ""), "can't be read ("),
            (FOLDERS, empty, "has no certificate"),
        ];
        for (name, value, expected) in cases {
            let error = load(&[(name, &value)]).unwrap_err();
            let start = format!("no certificate can be trusted: {name}: ");
            assert!(
                error.starts_with(&start) && error.contains(expected),
                "{error}"
            );
            assert!(
                !error.contains("Q0FOQVJZ") && !error.contains("CANARY"),
                "{error}"
            );
        }
    }

    #[test]
    fn an_empty_variable_of_certificates_is_none() {
        let none = Path::new("");
        let system = load(&[]);
        let empty = load(&[(FILE, none), (FOLDERS, none)]);
        assert_eq!(system.is_ok(), empty.is_ok(), "{empty:?}");
        assert_eq!(load(&[(FOLDERS, none)]), system);
        let separator = env::join_paths(["", ""]).unwrap();
        assert_eq!(load(&[(FOLDERS, Path::new(&separator))]), system);
    }
}
