//! One GET over https: no redirect is followed, and neither size nor time is up to the server.

use std::fs;
use std::path::Path;
use std::time::Duration;

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Error};

use crate::Failure;

/// How long everything may take, from the look-up of the name to the last byte.
const LIMIT: Duration = Duration::from_secs(120);

/// The body of a response with the status 200.
///
/// # Errors
///
/// The address is not https, the server cannot be reached or is not trusted, it has another status
/// (a redirect included), or the body is larger than `largest` bytes.
pub(super) fn get(url: &str, largest: u64, authority: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let failed = |what: String| Failure::failed(format!("{url}: {what}"));
    if !url.starts_with("https://") {
        return Err(failed(
            "only https is fetched from: anybody on the way could change the document".to_owned(),
        ));
    }
    let mut tls = TlsConfig::builder();
    if let Some(path) = authority {
        tls = tls.root_certs(authorities(path)?);
    }
    let agent: Agent = Agent::config_builder()
        .https_only(true)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(LIMIT))
        .user_agent(concat!("discovery-generator/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls.build())
        .build()
        .into();
    let response = agent.get(url).call();
    let mut response = response.map_err(|error| failed(explain(&error)))?;
    let status = response.status();
    if status.is_redirection() {
        let target = response.headers().get("location");
        let target = target.and_then(|target| target.to_str().ok());
        let target = target.unwrap_or("nowhere").escape_debug();
        return Err(failed(format!(
            "the server redirects to {target:.200}: if that is where the document should come from, \
             name it with `--from`"
        )));
    }
    if status.as_u16() != 200 {
        let help = match status.as_u16() {
            404 => "check the name and the version, or name another address with `--from`",
            403 => {
                "the API does not publish its document to everybody; `--from` takes a file that \
                    you have got in another way"
            }
            _ => "try again later",
        };
        return Err(failed(format!("the server responds with {status}: {help}")));
    }
    let body = response.body_mut().with_config().limit(largest);
    body.read_to_vec().map_err(|error| failed(explain(&error)))
}

fn explain(error: &Error) -> String {
    match error {
        Error::BodyExceedsLimit(limit) => {
            format!("the response is larger than {limit} bytes: it is no document")
        }
        Error::Timeout(_) => format!("no whole response within {} s", LIMIT.as_secs()),
        error => format!("the request failed: {error}"),
    }
}

fn authorities(path: &Path) -> Result<RootCerts, Failure> {
    let failed = |what: String| Failure::failed(format!("`{}` {what}", path.display()));
    let pem = fs::read(path).map_err(|error| failed(format!("cannot be read: {error}")))?;
    let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(Ok(certificate)),
            Ok(_) => None,
            Err(error) => Some(Err(failed(format!("is not PEM: {error}")))),
        })
        .collect::<Result<_, _>>()?;
    if certificates.is_empty() {
        return Err(failed("has no certificate".to_owned()));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}
