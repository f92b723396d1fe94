//! Crates as their users get them: which features there are, what each leaves out, and a program that
//! is built from the packages alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use photos_emulator::{DEVELOPER_TOKEN, Emulator};
use tests::builds::{cargo, said};
use tests::fixtures::repository;

/// What is published.
const PACKAGES: [&str; 6] = [
    "discovery-generator",
    "discovery-runtime",
    "google-photos",
    "google-photoslibrary-v1",
    "google-photospicker-v1",
    "photos-emulator",
];

/// The features of a package.
fn features(folder: &str) -> BTreeMap<String, Vec<String>> {
    let path = repository().join(folder).join("Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    manifest["features"].clone().try_into().unwrap()
}

#[test]
fn an_emitted_crate_has_the_features_of_the_runtime() {
    let mut runtime = features("runtime");
    // It is for the crates on top.
    runtime.remove("private-files");
    let emitted = features("generated/photoslibrary-v1");
    assert_eq!(
        emitted.keys().collect::<Vec<_>>(),
        runtime.keys().collect::<Vec<_>>()
    );
    // What transfers need is on where there are methods for them.
    let set = |features: &[String], more: &[&str]| {
        let features = features
            .iter()
            .map(String::as_str)
            .chain(more.iter().copied());
        features.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    assert_eq!(
        set(&emitted["default"], &[]),
        set(&runtime["default"], &["fs", "upload"])
    );
    let picker = features("generated/photospicker-v1");
    assert_eq!(set(&picker["default"], &[]), set(&runtime["default"], &[]));
    for (name, implied) in emitted.iter().filter(|(name, _)| *name != "default") {
        assert_eq!(*implied, [format!("discovery-runtime/{name}")]);
    }
}

/// What is built for the Photos crate with these arguments.
fn tree(features: &[&str]) -> BTreeSet<String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let arguments = [
        &["tree", "--edges", "normal", "--prefix", "none", "--package"],
        &["google-photoslibrary-v1"][..],
        features,
    ];
    let tree = said(&cargo(&repository(), &target, &arguments.concat(), &[]));
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

#[test]
fn calls_build_nothing_that_only_transfers_and_sign_in_need() {
    let calls = tree(&[
        "--no-default-features",
        "--features",
        "default-transport,ring",
    ]);
    for name in [
        "crc32c",
        "file-format",
        "md-5",
        "mime_guess",
        "open",
        "rustix",
        "serde_derive",
        "sha1",
        "sha2",
    ] {
        assert!(!calls.contains(name), "{name} in {calls:?}");
    }
    // Uploads by default build nothing that only downloads need.
    let default = tree(&[]);
    for name in ["crc32c", "md-5", "open", "rustix", "sha2"] {
        assert!(!default.contains(name), "{name} in {default:?}");
    }
}

#[test]
fn without_default_features_neither_http_nor_tls_nor_tokio_is_built() {
    let bare = tree(&["--no-default-features"]);
    for name in ["hyper", "rustls", "ring", "tokio", "rustix"] {
        assert!(!bare.contains(name), "{name} in {bare:?}");
    }
    let aws = tree(&[
        "--no-default-features",
        "--features",
        "default-transport,aws-lc-rs",
    ]);
    assert!(
        aws.contains("aws-lc-rs") && !aws.contains("ring"),
        "{aws:?}"
    );
    let default = tree(&[]);
    assert!(
        default.contains("ring") && !default.contains("aws-lc-rs"),
        "{default:?}"
    );
}

#[test]
fn an_emitted_crate_with_an_http_stack_of_ones_own_compiles_for_webassembly() {
    const TARGET: &str = "wasm32-unknown-unknown";
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let folder = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    if !folder.is_ok_and(|folder| Path::new(&folder).is_dir()) {
        println!("skipped: {TARGET} is not installed (rustup target add {TARGET})");
        return;
    }
    let folder = program(
        "wasm",
        &repository().canonicalize().unwrap(),
        |package| match package {
            "discovery-runtime" => "runtime".into(),
            "google-photos" => "photos".into(),
            "photos-emulator" => "tests/emulator".into(),
            "discovery-generator" => "generator".into(),
            emitted => format!("generated/{}", emitted.trim_start_matches("google-")),
        },
    );
    let target = folder.join("target");
    said(&cargo(
        &folder,
        &target,
        &["check", "--no-default-features", "--target", TARGET],
        &[],
    ));
}

/// Minutes: each feature is a build. `cargo test -p tests --test packages -- --ignored`.
#[test]
#[ignore = "it takes minutes; `.ci/weekly packages` runs it"]
fn a_program_from_packages_alone_runs_with_each_feature() {
    let root = repository().canonicalize().unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    let mut arguments = vec!["package", "--no-verify", "--allow-dirty"];
    for package in &PACKAGES {
        arguments.extend(["--package", package]);
    }
    said(&cargo(&root, &target, &arguments, &[]));
    let unpacked = target.join("unpacked");
    fs::create_dir_all(&unpacked).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    for package in PACKAGES {
        let archive = target.join(format!("package/{package}-{version}.crate"));
        let tar = Command::new("tar")
            // Packages have the times of 2006, by which cargo would take changed files for those it built.
            .arg("xzmf")
            .arg(&archive)
            .arg("-C")
            .arg(&unpacked)
            .status();
        assert!(tar.unwrap().success(), "{}", archive.display());
    }
    let folder = program("program", &unpacked, |package| {
        format!("{package}-{version}")
    });
    let mut sets: Vec<String> = vec![String::new(), "default".to_owned(), "photos".to_owned()];
    sets.extend(features("generated/photoslibrary-v1").into_keys());

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    emulator.seed_demo();
    for set in sets {
        let url = emulator.url();
        let arguments = [
            "run",
            "--quiet",
            "--no-default-features",
            "--features",
            &set,
            "--",
            &url,
            DEVELOPER_TOKEN,
        ];
        let listed = said(&cargo(&folder, &target, &arguments, &[]));
        println!("features {set:?}: {:?}", listed.lines().collect::<Vec<_>>());
        assert!(!listed.trim().is_empty(), "{set}");
    }
}

/// Writes the program; each package is below `packages` in the folder of its name.
fn program(name: &str, packages: &Path, folder_of: impl Fn(&str) -> String) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("packages")
        .join(name);
    let root = repository().canonicalize().unwrap();
    let mut manifest = fs::read_to_string(root.join("tests/packages/manifest.toml")).unwrap();
    for package in PACKAGES {
        let path = packages.join(folder_of(package));
        manifest.push_str(&format!(
            "{package} = {{ path = {:?} }}\n",
            path.display().to_string()
        ));
    }
    tests::builds::write(&folder.join("Cargo.toml"), &manifest);
    for file in ["main.rs", "on_tokio.rs", "own_stack.rs"] {
        let text = fs::read_to_string(root.join("tests/packages").join(file)).unwrap();
        tests::builds::write(&folder.join("src").join(file), &text);
    }
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}
