//! Which values go into a path, and that none of them leads elsewhere.

use proptest::prelude::*;

use super::*;
use crate::url::escape::unescape;

fn filled(template: &str, value: &str) -> Result<String, String> {
    expand(template, &[("x", value.to_owned())])
}

#[test]
fn values_of_one_segment_are_escaped_and_the_rest_stays() {
    let cases = [
        ("v1/albums/{x}", "a-._~9", "v1/albums/a-._~9"),
        (
            "v1/albums/{x}:share",
            "a:b/c d",
            "v1/albums/a%3Ab%2Fc%20d:share",
        ),
        ("v1/{x=*}/$export", "?#", "v1/%3F%23/$export"),
        (
            "v1/users/@me/{x}",
            "$httpMethod=DELETE",
            "v1/users/@me/%24httpMethod%3DDELETE",
        ),
        ("v1/{x}", "//evil.example", "v1/%2F%2Fevil.example"),
        ("v1/{x}", ":batchCreate", "v1/%3AbatchCreate"),
        ("v1/{x}", "%zz", "v1/%25zz"),
        ("v1/{x}", "a..b...", "v1/a..b..."),
        ("v1/{x}", "\0\u{1f600}", "v1/%00%F0%9F%98%80"),
        ("b/c/o/{x}", "a/../b", "b/c/o/a%2F..%2Fb"),
        ("b/c/o/{x}/acl", "../a", "b/c/o/..%2Fa/acl"),
        ("b/c/o/{x}", r"a\..\b;x", "b/c/o/a%5C..%5Cb%3Bx"),
    ];
    for (template, value, expected) in cases {
        assert_eq!(filled(template, value).as_deref(), Ok(expected));
    }
    assert_eq!(filled("v1/albums", "unused").as_deref(), Ok("v1/albums"));
}

#[test]
fn resource_names_keep_their_slashes() {
    let cases = [
        (
            "v1/{x=projects/*/topics/*}:publish",
            "projects/p 1/topics/é",
            "v1/projects/p%201/topics/%C3%A9:publish",
        ),
        (
            "v1/{x=projects/*/databases/*/documents}:runQuery",
            "projects/p/databases/(default)/documents",
            "v1/projects/p/databases/%28default%29/documents:runQuery",
        ),
        (
            "v1/{x=folders/*/**}",
            "folders/1/a/b:c",
            "v1/folders/1/a/b%3Ac",
        ),
        ("v1/{x=**}", "anything", "v1/anything"),
        ("v1/{x=**}/$export", "a/b%2Fc", "v1/a/b%252Fc/$export"),
        ("v1/{x=operations}", "operations", "v1/operations"),
    ];
    for (template, value, expected) in cases {
        assert_eq!(filled(template, value).as_deref(), Ok(expected));
    }
}

// https://firebase.google.com/docs/firestore/reference/rest/v1/projects.databases.documents/runQuery
// names `projects/{project_id}/databases/{database_id}/documents` as a parent, which its `pattern`
// `^projects/[^/]+/databases/[^/]+/documents/[^/]+/.*$` does not match.
#[test]
fn a_parent_may_end_where_its_wildcards_begin() {
    let root = "projects/p/databases/d/documents";
    for form in ["documents/*/**", "documents/**"] {
        let template = |after: &str| format!("v1/{{x=projects/*/databases/*/{form}}}{after}");
        for after in [":runQuery", "/{y}"] {
            let values = [("x", root.to_owned()), ("y", "rooms".to_owned())];
            let path = expand(&template(after), &values);
            let expected = format!("v1/{root}{}", after.replace("{y}", "rooms"));
            assert_eq!(path, Ok(expected));
            assert!(
                expand(
                    &template(after),
                    &[("x", "projects/p".to_owned()), ("y", String::new())]
                )
                .is_err()
            );
        }
        // Here it would be the path of the collection.
        assert!(filled(&template(""), root).is_err());
    }
    assert!(filled("v1/{x=folders/*/**}:move", "").is_err());
}

#[test]
fn resource_names_of_another_form_are_rejected() {
    let cases = [
        ("v1/{x=projects/*/topics/*}", "projects/{}/topics/{}"),
        ("v1/{x=projects/*/**}", "projects/{}/{...}"),
    ];
    for (template, form) in cases {
        let values = [
            "t",
            "/projects/p/topics/t",
            "projects",
            "projects/p",
            "Projects/p/topics/t",
            "folders/p/topics/t",
            "projects%2Fp%2Ftopics%2Ft",
        ];
        for value in values {
            let rejected = Err(format!("x must have the form `{form}`"));
            assert_eq!(filled(template, value), rejected, "{value}");
        }
    }
    for value in ["projects/p/topics/t/a", "projects/p/subscriptions/t"] {
        assert!(filled("v1/{x=projects/*/topics/*}", value).is_err());
    }
}

#[test]
fn segments_that_are_empty_or_another_path_are_rejected() {
    let dots = [
        ".",
        "..",
        "%2e",
        "%2e%2e",
        "%2E%2e",
        ".%2E",
        "%252e%252e",
        "%25252525252e",
        "%2%65",
    ];
    for value in dots {
        for template in ["v1/{x}", "v1/{x}:share", "{x}", "v1/{x=**}"] {
            assert!(filled(template, value).is_err(), "{value:?} in {template}");
        }
        let values = [
            format!("projects/{value}/a"),
            format!("projects/p/{value}"),
            format!("projects/p/{value}/a"),
        ];
        for value in values {
            assert!(filled("v1/{x=projects/*/**}", &value).is_err(), "{value}");
            assert!(filled("v1/{x=**}", &value).is_err(), "{value}");
        }
    }
    for value in ["", "/", "/a", "a/", "a//b", "//evil.example"] {
        assert!(filled("v1/{x=**}", value).is_err(), "{value}");
    }
    assert_eq!(filled("v1/{x}", ""), Err("x is empty".to_owned()));
    assert!(filled("v1/{x=projects/*/topics/*}", "projects//topics/t").is_err());
    assert!(filled("v1/{x=projects/**}", "projects/").is_err());
}

#[test]
fn literal_text_cannot_be_completed_to_another_path() {
    assert!(filled("v1/.{x}", ".").is_err());
    assert!(filled("v1/.{x}", "a").is_ok());
}

#[test]
fn a_parameter_needs_one_value() {
    let missing = expand("v1/{x}", &[]);
    assert_eq!(missing, Err("x is missing".to_owned()));
    let values = [("x", "a".to_owned()), ("x", "b".to_owned())];
    assert!(expand("v1/{x}", &values).is_err());
}

#[test]
fn raw_paths_are_sent_as_they_are_or_rejected() {
    for path in ["v1/albums/a%2Fb:share", "b/c/o/a%2F..%2Fb", "v1/a;b=c"] {
        assert_eq!(check_raw_path(&format!("/{path}")), Ok(path));
    }
    for path in [
        "",
        "/",
        "//evil",
        "a?b",
        "a#b",
        "a b",
        "a/../b",
        "a/%2e%2e",
        "a/%25252525252e",
        "a/..;x/b",
        "é",
        "a\nb",
        r"\\e",
    ] {
        assert!(check_raw_path(path).is_err(), "{path}");
    }
}

/// What one decoder makes of the part that a value fills.
fn inner(path: &str) -> &str {
    let inner = path.strip_prefix("v1/");
    let inner = inner.and_then(|path| path.strip_suffix("/a:b"));
    inner.expect("the literals stay")
}

proptest! {
    #[test]
    fn no_value_of_one_segment_changes_the_route(value in any::<String>()) {
        if let Ok(path) = filled("v1/{x}/a:b", &value) {
            prop_assert_eq!(unescape(inner(&path).as_bytes()), value.as_bytes());
            prop_assert!(!inner(&path).contains(['/', '?', '#', '\\', ':', '@']));
            prop_assert!(!path.split('/').any(|segment| segment.is_empty() || is_dot_segment(segment)));
        }
    }

    #[test]
    fn no_resource_name_changes_the_route(
        project in "[^/]{0,6}", between in "/topics/|/|/topics/a/|%2F", topic in "[^/]{0,6}",
    ) {
        let value = format!("projects/{project}{between}{topic}");
        if let Ok(path) = filled("v1/{x=projects/*/topics/*}/a:b", &value) {
            let segments: Vec<&str> = inner(&path).split('/').collect();
            prop_assert_eq!(segments.len(), 4);
            prop_assert_eq!((segments[0], segments[2]), ("projects", "topics"));
            prop_assert_eq!(unescape(inner(&path).as_bytes()), value.as_bytes());
            prop_assert!(!inner(&path).contains(['?', '#', '\\', ':', '@']));
            prop_assert!(!segments.iter().any(|segment| segment.is_empty() || is_dot_segment(segment)));
        }
    }

    #[test]
    fn several_segments_stay_as_many(value in "[./%25eE;a]{0,10}") {
        if let Ok(path) = filled("v1/{x=**}/a:b", &value) {
            prop_assert_eq!(unescape(inner(&path).as_bytes()), value.as_bytes());
            prop_assert_eq!(count_slashes(inner(&path)), count_slashes(&value));
            for segment in path.split('/') {
                prop_assert!(!segment.is_empty() && !is_dots_in_any_spelling(segment));
            }
        }
    }

    #[test]
    fn one_segment_stays_one_and_is_no_dots(value in r"[./\\;%25eE\t]{0,8}") {
        if let Ok(path) = filled("v1/{x}", &value) {
            prop_assert_eq!(count_slashes(&path), 1);
            prop_assert!(!path.split('/').any(is_dots_in_any_spelling));
        }
    }
}
