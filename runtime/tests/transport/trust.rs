//! Servers that are not to be trusted: no token goes out, and the error says why.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, fs, thread};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd as date,
};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::client::{ALBUM, builder, client_with};
use crate::server::Step::{Read, ReadBytes, Send};
use crate::server::{Server, response};

const ADDRESS: &str = "TRANSPORT_TEST_ADDRESS";

/// What a child process does; nothing in a run of all tests. It trusts what `SSL_CERT_FILE` has,
/// makes a write with a token, and prints what came of it.
#[tokio::test]
async fn child() {
    let Ok(address) = env::var(ADDRESS) else {
        return;
    };
    let client = client_with(builder().build().unwrap(), &address);
    match client.add().send().await {
        Ok(_) => println!("\nsucceeded"),
        Err(error) => println!(
            "\ntls {} unknown {} retryable {} attempts {} {error:?}",
            error.is_tls() && error.is_connect(),
            error.is_outcome_unknown(),
            error.is_retryable(),
            error.attempts().len(),
        ),
    }
    std::process::exit(0);
}

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
        }
    }
}

/// A certificate for this machine, good until the year 4096, with a difference.
fn params(change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    change(&mut params);
    params
}

/// A server with a certificate of an authority, or one that it signed itself: its port, and what
/// came in after the handshake.
fn serve(params: &CertificateParams, authority: Option<&Authority>) -> (u16, Arc<Mutex<String>>) {
    let key = KeyPair::generate().unwrap();
    let certificate = match authority {
        Some(authority) => params.signed_by(&key, &authority.issuer),
        None => params.self_signed(&key),
    };
    let certificate = CertificateDer::from(certificate.unwrap());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Arc::<Mutex<String>>::default();
    let log = seen.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let mut request = [0; 4096];
            // Fails where the client breaks the handshake off.
            if let Ok(length) = stream.read(&mut request) {
                let text = String::from_utf8_lossy(&request[..length]);
                log.lock().unwrap().push_str(&text);
                let _ = stream.write_all(&response("200 OK", "", ALBUM));
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (port, seen)
}

/// What a client says that trusts one authority.
fn call(port: u16, trusted: &Authority) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("roots.pem");
    fs::write(&file, &trusted.pem).unwrap();
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "trust::child", "--nocapture", "--test-threads=1"])
        .env(ADDRESS, format!("https://127.0.0.1:{port}/"))
        .env("SSL_CERT_FILE", file)
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_server_with_a_good_certificate_gets_the_token() {
    let authority = Authority::new("trusted");
    let (port, seen) = serve(&params(|_| {}), Some(&authority));
    let output = call(port, &authority);
    assert!(output.contains("\nsucceeded"), "{output}");
    let seen = seen.lock().unwrap().to_lowercase();
    assert!(seen.contains("authorization: bearer token\r\n"), "{seen}");
}

#[test]
fn an_untrusted_server_gets_no_token() {
    let trusted = Authority::new("trusted");
    let unknown = Authority::new("unknown");
    // The same name does not make it the same authority.
    let namesake = Authority::new("trusted");
    let good = || params(|_| {});
    let expired = params(|params| params.not_after = date(2020, 1, 1));
    let early = params(|params| params.not_before = date(2999, 1, 1));
    let other_host = CertificateParams::new(["photos.invalid".to_owned()]).unwrap();
    let no_host = CertificateParams::new([]).unwrap();
    let cases = [
        ("expired", expired, Some(&trusted), "expired"),
        ("not valid yet", early, Some(&trusted), "not valid yet"),
        (
            "of another host",
            other_host,
            Some(&trusted),
            "not valid for name",
        ),
        ("of no host", no_host, Some(&trusted), "not valid for"),
        ("self-signed", good(), None, "UnknownIssuer"),
        (
            "of an unknown authority",
            good(),
            Some(&unknown),
            "UnknownIssuer",
        ),
        ("of a namesake", good(), Some(&namesake), "BadSignature"),
    ];
    for (name, params, authority, reason) in cases {
        let (port, seen) = serve(&params, authority);
        let output = call(port, &trusted);
        let class = "\ntls true unknown false retryable false attempts 1 ";
        assert!(
            output.contains(class) && output.contains(reason),
            "{name}: {output}"
        );
        assert_eq!(*seen.lock().unwrap(), "", "{name}");
    }
}

/// Servers without TLS 1.2 respond like this (RFC 4346, section 7.4.1.3), whatever was offered.
#[tokio::test]
async fn an_old_version_of_tls_is_rejected() {
    // SSL 3.0, TLS 1.0 and TLS 1.1.
    for version in 0..=2 {
        let mut hello = vec![3, version];
        hello.extend([7; 32]);
        // No session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
        hello.extend([0, 0xc0, 0x13, 0]);
        let length = u8::try_from(hello.len()).unwrap();
        let mut record = vec![0x16, 3, version, 0, length + 4, 2, 0, 0, length];
        record.extend(hello);
        let server = Server::start([vec![ReadBytes(1), Send(record), Read]]).await;
        let address = format!("https://127.0.0.1:{}/", server.port);
        let client = client_with(builder().build().unwrap(), &address);
        let error = client.add().send().await.unwrap_err();
        assert!(error.is_tls() && error.is_connect(), "{error:?}");
        assert!(
            !error.is_retryable() && !error.is_outcome_unknown(),
            "{error:?}"
        );
        assert_eq!(server.connections(), 1);
        // All that came until the client hung up.
        let hung_up = async {
            while server.seen().len() < 2 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), hung_up)
            .await
            .unwrap();
        assert!(!server.seen().concat().contains("token"));
    }
}
