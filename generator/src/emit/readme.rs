//! What stands beside the code in a package: the page that registries show, and the licences.

use super::example;
use crate::model::Api;

/// The licences, by the names of their files. They are those of this package, which has them as well.
pub(super) const LICENSES: [(&str, &str); 2] = [
    (
        "LICENSE-APACHE",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE-APACHE")),
    ),
    (
        "LICENSE-MIT",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE-MIT")),
    ),
];

/// `README.md`. No version stands in it: it would be wrong in the next one.
pub(super) fn readme(api: &Api, command: &str) -> String {
    let Api { title, package, .. } = api;
    let header = crate::print::header(api, command, "emit/readme.rs");
    let comment: Vec<&str> = header
        .lines()
        .map(|line| line.trim_start_matches("// "))
        .collect();
    let mut example = example::quick_start(api);
    // What rustdoc hides is shown here, and is not needed to read it.
    example.retain(|line| !line.starts_with("# "));
    let example = example.join("\n").replacen("```no_run", "```rust", 1);
    format!(
        "<!--\n{comment}\n-->\n\n\
         # {package}\n\n\
         A Rust client for the {title}: typed calls, paging, safe retries, and errors that say what to \
         do.\n\n\
         ```sh\n\
         cargo add {package}\n\
         cargo add tokio --features macros,rt-multi-thread\n\
         ```\n\n\
         {example}\n\n\
         The features are those of [`discovery-runtime`](https://docs.rs/discovery-runtime), which are \
         passed on: `oauth` signs users in, `upload` and `download` are for bytes, and `default-features = \
         false` leaves out the HTTP stack.\n\n\
         This crate is generated from a Discovery document. It is licensed under either of the Apache \
         License, Version 2.0 or the MIT license, at your option.\n",
        comment = comment.join("\n").trim_end(),
    )
}
