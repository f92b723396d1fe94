//! `fetch` against a server on loopback with a certificate authority of its own.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tempfile::TempDir;
use xtask::{Workspace, fetch};

/// A workspace, and a server that sends the same response to each request.
struct Place {
    folder: TempDir,
    workspace: Workspace,
    url: String,
}

impl Place {
    /// `head` is the status line and headers, without the length.
    fn serving(head: &str, body: impl Into<Vec<u8>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("discovery")).unwrap();
        let workspace = Workspace::at(folder.path()).unwrap();
        let (config, pem) = certificates();
        fs::write(folder.path().join("authority.pem"), pem).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let body = body.into();
        let length = body.len();
        let mut response =
            format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n")
                .into_bytes();
        response.extend(body);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let mut stream = StreamOwned::new(connection, stream.unwrap());
                // A client that does not trust us, or has read enough, goes away.
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(&response);
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        });
        Self {
            folder,
            workspace,
            url: format!("https://localhost:{port}/$discovery/rest?version=v1"),
        }
    }

    fn fetch_from(&self, from: &str, trusted: bool) -> Result<String, String> {
        let authority = trusted.then(|| self.path("authority.pem"));
        let options = fetch::Options {
            api: "minimal:v1".to_owned(),
            from: Some(from.to_owned()),
            authority,
        };
        match fetch::run(&self.workspace, &options) {
            Ok(lines) => Ok(lines.join("\n")),
            Err(failure) => Err(failure.to_string()),
        }
    }

    fn fetch(&self) -> Result<String, String> {
        self.fetch_from(&self.url, true)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(&format!("discovery/{name}")), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(&format!("discovery/{name}"))).unwrap()
    }

    /// Nothing is in `discovery/`.
    fn assert_nothing_written(&self) {
        let entries = fs::read_dir(self.path("discovery")).unwrap();
        assert_eq!(entries.count(), 0);
    }
}

fn certificates() -> (Arc<ServerConfig>, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    (Arc::new(config), authority.pem())
}

/// The fixture as a server sends it, with the revision in place of its own.
fn document(revision: &str) -> String {
    let text = fs::read_to_string("../tests/fixtures/minimal.json").unwrap();
    let text = text.replace("\"20260101\"", &format!("\"{revision}\""));
    text.replacen('{', "{\"kind\": \"discovery#restDescription\",", 1)
}

#[test]
fn new_document_is_written_canonical_with_its_origin() {
    let place = Place::serving("200 OK", document("20260115"));
    let said = place.fetch().unwrap();
    assert!(
        said.starts_with("discovery/minimal-v1.json: new, revision 20260115, SHA-256 "),
        "{said}"
    );
    let text = place.read("minimal-v1.json");
    assert!(text.starts_with("{\n  \"auth\": {"), "{text}");
    assert!(text.contains("Idea: the least"), "it describes itself");
    let origin = place.read("minimal-v1.crate.json");
    assert!(origin.contains("\"revision\": \"20260115\""), "{origin}");
    assert!(
        origin.contains(&format!("\"from\": \"{}\"", place.url)),
        "{origin}"
    );
    // The digest is that of the file, so that anybody can check it.
    let hex = discovery_generator::sha256(text.as_bytes());
    assert!(origin.contains(&hex) && said.contains(&hex), "{origin}");
    let again = place.fetch().unwrap();
    assert!(again.contains("as before"), "{again}");
}

/// The texts of ours stay, and those of the service are not taken.
#[test]
fn prose_of_ours_stays_and_the_version_too() {
    let place = Place::serving("200 OK", document("20260115"));
    place.put("minimal-v1.json", &document("20260101"));
    let prose = "{\"document\": \"minimal:v1\", \"texts\": {\"/description\": \"Ours.\"}}";
    place.put("minimal-v1.prose.json", prose);
    place.put(
        "minimal-v1.crate.json",
        "{\"baseline\": \"0.3.0\", \"version\": \"0.4.0\"}",
    );
    let said = place.fetch().unwrap();
    assert!(said.contains("changed, revision 20260115"), "{said}");
    assert!(!place.read("minimal-v1.json").contains("description"));
    assert_eq!(place.read("minimal-v1.prose.json"), prose);
    let release = place.read("minimal-v1.crate.json");
    assert!(
        release.contains("\"baseline\": \"0.3.0\"") && release.contains("\"version\": \"0.4.0\""),
        "{release}"
    );
}

#[test]
fn overrides_that_do_not_fit_are_named() {
    let place = Place::serving("200 OK", document("20260115"));
    place.put("minimal-v1.json", &document("20260101"));
    let entry = "{\"kind\": \"outputOnly\", \"property\": \"Book.gone\", \"what\": \"A\", \
                 \"why\": \"B\", \"source\": \"https://example.com\"}";
    place.put(
        "minimal-v1.overrides.json",
        &format!("{{\"document\": \"minimal:v1\", \"entries\": [{entry}]}}"),
    );
    let said = place.fetch().unwrap();
    assert!(said.contains("overrides do not fit any more:"), "{said}");
    assert!(said.contains("Book.gone"), "{said}");
    assert!(place.read("minimal-v1.json").contains("20260115"));
}

#[test]
fn older_revision_is_refused() {
    let place = Place::serving("200 OK", document("20251231"));
    place.put("minimal-v1.json", &document("20260101"));
    let before = place.read("minimal-v1.json");
    let refused = place.fetch().unwrap_err();
    assert!(
        refused.contains("revision 20251231") && refused.contains("of 20260101, which is newer"),
        "{refused}"
    );
    assert_eq!(place.read("minimal-v1.json"), before);
    assert!(!place.path("discovery/minimal-v1.crate.json").exists());
}

/// Whoever could redirect could choose the document.
#[test]
fn redirect_is_not_followed() {
    let other = Place::serving("200 OK", document("20260115"));
    let place = Place::serving(&format!("302 Found\r\nlocation: {}", other.url), "");
    let refused = place.fetch().unwrap_err();
    assert!(
        refused.contains(&format!("redirects to {}", other.url)) && refused.contains("`--from`"),
        "{refused}"
    );
    place.assert_nothing_written();
}

#[test]
fn size_is_capped() {
    let place = Place::serving("200 OK", vec![b' '; (64 << 20) + 1]);
    let refused = place.fetch().unwrap_err();
    assert!(refused.contains("larger than 67108864 bytes"), "{refused}");
    place.assert_nothing_written();
}

#[test]
fn server_of_an_unknown_authority_is_not_trusted() {
    let place = Place::serving("200 OK", document("20260115"));
    let refused = place.fetch_from(&place.url, false).unwrap_err();
    assert!(refused.contains("the request failed"), "{refused}");
    let plain = place.url.replace("https:", "http:");
    let refused = place.fetch_from(&plain, true).unwrap_err();
    assert!(refused.contains("only https"), "{refused}");
    place.assert_nothing_written();
}

#[test]
fn what_is_no_document_of_the_api_is_refused() {
    let broken = document("20260115").replace("\"type\": \"integer\"", "\"type\": \"intger\"");
    for (status, body, expected) in [
        (
            "404 Not Found",
            String::new(),
            "check the name and the version",
        ),
        ("200 OK", "<html>".to_owned(), "this is not JSON"),
        ("200 OK", "{}".to_owned(), "this is no Discovery document"),
        (
            "200 OK",
            document("20260115").replace("minimal:v1", "other:v1"),
            "this is the document of `other:v1`, not of `minimal:v1`",
        ),
        ("200 OK", document("x/../y"), "is no revision"),
        ("200 OK", broken, "intger"),
    ] {
        let place = Place::serving(status, body);
        let refused = place.fetch().unwrap_err();
        assert!(refused.contains(expected), "{expected}: {refused}");
        place.assert_nothing_written();
    }
}

#[test]
fn document_is_taken_from_a_file() {
    let place = Place::serving("200 OK", "");
    let file = place.path("download.json");
    fs::write(&file, document("20260115")).unwrap();
    let said = place.fetch_from(file.to_str().unwrap(), false).unwrap();
    assert!(said.contains("minimal-v1.json: new"), "{said}");
    // Not the folder that it was in on this machine.
    let origin = place.read("minimal-v1.crate.json");
    assert!(origin.contains("\"from\": \"download.json\""), "{origin}");
    let refused = place.fetch_from("missing.json", false).unwrap_err();
    assert!(
        refused.contains("`missing.json` cannot be read"),
        "{refused}"
    );
}
