//! What the environment says about proxies and certificates, in processes of their own: variables
//! belong to all threads of one.

use std::env;
use std::process::Command;

use discovery_runtime::transport::HyperTransport;

const CHILD: &str = "TRANSPORT_TEST_CHILD";

/// What a child process does; nothing in a run of all tests. It prints the error of the build.
#[test]
fn child() {
    if env::var_os(CHILD).is_some() {
        match HyperTransport::builder().build() {
            Ok(_) => println!("\nbuilt"),
            Err(error) => println!("\n{} {error:#?}", error.is_configuration()),
        }
        std::process::exit(0);
    }
}

/// The result of a build under these variables.
fn build(variables: &[(&str, &str)]) -> String {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args([
        "--exact",
        "environment::child",
        "--nocapture",
        "--test-threads=1",
    ]);
    for name in [
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ] {
        child.env_remove(name);
    }
    let variables = variables.iter().copied();
    let output = child.env(CHILD, "1").envs(variables).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn proxies_of_the_environment_are_used_or_an_error() {
    for value in ["http://proxy:3128\r\n", "socks://proxy", "", " "] {
        let built = build(&[("HTTPS_PROXY", value)]);
        assert!(built.contains("\nbuilt"), "{value}: {built}");
    }
    for value in [
        "http://u:CANARY^@proxy",
        "\"http://CANARY:1\"",
        "http://u:CANARY#b@proxy",
    ] {
        let built = build(&[("HTTPS_PROXY", value)]);
        assert!(
            built.contains("\ntrue") && built.contains("HTTPS_PROXY"),
            "{built}"
        );
        assert!(!built.contains("CANARY"), "{built}");
    }
}

/// Shells that pass a variable on that is not set set it to nothing: `SSL_CERT_FILE=$CERTIFICATES`.
#[test]
fn certificates_of_the_environment_are_used_or_an_error() {
    for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        let built = build(&[(name, "")]);
        assert!(built.contains("\nbuilt"), "{name}: {built}");
        let built = build(&[(name, "/nowhere/certificates")]);
        let expected = format!("{name}: /nowhere/certificates can't be read");
        assert!(
            built.contains("\ntrue") && built.contains(&expected),
            "{built}"
        );
    }
}
