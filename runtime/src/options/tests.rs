//! What options accept, and how defaults fill them.

use super::*;
use crate::Timeouts;
use crate::url::Query;

#[test]
fn what_belongs_to_the_client_is_refused() {
    let headers = [
        "Authorization",
        "HOST",
        "content-length",
        "X-Goog-Upload-Command",
        "X-Goog-Api-Key",
        "Proxy-Authorization",
        "x-http-method-override",
        // The same as `fields` (https://cloud.google.com/apis/docs/system-parameters).
        "X-Goog-FieldMask",
        "",
        "a b",
        "a:b",
        "é",
    ];
    for name in headers {
        let options = CallOptions::default().with_header(name, "x");
        assert!(options.error().is_some(), "{name}");
    }
    for name in [
        "access_token",
        "ACCESS_TOKEN",
        "key",
        "oauth_token",
        "callback",
        "alt",
        "$httpMethod",
        "$fields",
        "",
    ] {
        let options = CallOptions::default().with_query(name, "x");
        assert!(options.error().is_some(), "{name}");
    }
}

#[test]
fn a_header_never_carries_what_could_split_it() {
    for value in ["a\r\nb", "a\nb", "a\0b", "é", "a\u{7f}"] {
        assert!(
            CallOptions::default()
                .with_header("x-a", value)
                .error()
                .is_some(),
            "{value:?}"
        );
        assert!(
            CallOptions::default()
                .with_user_project(value)
                .error()
                .is_some(),
            "{value:?}"
        );
    }
    assert_eq!(
        CallOptions::default().with_header("X-A", "a b\t~").error(),
        None
    );
}

#[test]
fn defaults_fill_what_a_call_does_not_say() {
    let defaults = CallOptions::default()
        .with_fields("all")
        .with_quota_user("anna & co")
        .with_query("x", "default")
        .with_query("y", "default")
        .with_total_timeout(Duration::from_secs(1));
    let options = CallOptions::default()
        .with_fields("id")
        .with_pretty_print(false)
        .with_query("x", "own")
        .with_total_timeout(None)
        .or(&defaults);
    let mut query = Query::default();
    options.add_to_query(&mut query, true);
    assert_eq!(
        query.as_str(),
        "fields=id&quotaUser=anna%20%26%20co&prettyPrint=false&y=default&x=own"
    );
    assert_eq!(options.timeouts(Timeouts::default()).total, None);
    assert_eq!(
        options.timeouts(Timeouts::default()).attempt,
        Timeouts::default().attempt
    );
}

#[test]
fn pretty_print_is_false_unless_somebody_says_otherwise() {
    let query = |options: CallOptions, compact| {
        let mut query = Query::default();
        options.add_to_query(&mut query, compact);
        query.as_str().to_owned()
    };
    let none = CallOptions::default;
    assert_eq!(query(none(), true), "prettyPrint=false");
    assert_eq!(query(none(), false), "");
    assert_eq!(
        query(none().with_pretty_print(true), true),
        "prettyPrint=true"
    );
    let own = none().with_query("prettyPrint", "true");
    assert_eq!(query(own, true), "prettyPrint=true");
}
