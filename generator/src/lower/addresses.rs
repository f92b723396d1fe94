//! Root URLs and service paths: where the requests of an API go, and no other host.

use std::collections::BTreeSet;

use super::paths::is_plain;
use crate::diagnostic::{Pointer, Sink};

/// Checks that a root URL is `https://HOST/` with a host of Google's or one of `hosts`.
pub(super) fn check_root_url(
    url: &str,
    pointer: &Pointer,
    hosts: &BTreeSet<String>,
    sink: &mut Sink,
) {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    // Others serve their APIs below a path, such as the `_ah/api/` of App Engine.
    let is_known = if hosts.contains(host) {
        path.is_empty() || path.strip_suffix('/').is_some_and(is_plain)
    } else {
        host.ends_with(".googleapis.com") && path.is_empty()
    };
    if !is_known || !rest.contains('/') || !host.split('.').all(is_label) {
        sink.error(
            pointer,
            format!("`{url}` is not `https://HOST/` with a host below `googleapis.com`"),
            "correct the URL, or have the overrides name the host as a `serviceHost`; users can still \
             choose another endpoint when they build a client",
        );
    }
}

/// Checks `servicePath`: empty, or segments that end with `/`.
pub(super) fn check_service_path(path: &str, pointer: &Pointer, sink: &mut Sink) {
    if path.is_empty() {
        return;
    }
    if !path.strip_suffix('/').is_some_and(is_plain) {
        sink.error(
            pointer,
            format!("the service path `{path}` cannot be used"),
            "it is empty, or literal segments that each end with `/`",
        );
    }
}
