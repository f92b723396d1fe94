//! What an application gets that does not ask for signing in.

use std::process::Command;

fn tree(features: &[&str]) -> Vec<String> {
    let command = "tree --offline --package discovery-runtime --edges normal --prefix none";
    let output = Command::new(env!("CARGO"))
        .args(command.split(' '))
        .args(features)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text.lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_default_build_has_no_crate_for_signing_in() {
    let default = tree(&[]);
    assert!(
        default.iter().any(|name| name == "hyper"),
        "the tree is not one: {default:?}"
    );
    let with = tree(&["--features", "oauth"]);
    for name in ["open", "sha2"] {
        assert!(
            with.iter().any(|one| one == name),
            "{name} is not needed any more"
        );
        assert!(
            !default.iter().any(|one| one == name),
            "{name} is in the default build"
        );
    }
    let others = [
        "oauth2",
        "yup-oauth2",
        "openidconnect",
        "webbrowser",
        "reqwest",
        "url",
    ];
    for tree in [default, with] {
        assert!(
            !tree.iter().any(|name| others.contains(&name.as_str())),
            "{tree:?}"
        );
    }
}
