//! Addresses: what values become, and that none of them leads elsewhere.

use discovery_runtime::codegen::Request;
use proptest::prelude::*;

use crate::any_call::{NAMED, ORIGIN, SECRET, SHARE, sent};

#[tokio::test]
async fn paths_and_queries_are_escaped() {
    let request = || {
        Request::new(&SHARE)
            .path("id", "a/b:c d")
            .query("q", "x&y=z+1 ü")
            .query("filter", &vec!["a", "b"])
            .query("none", &None::<i32>)
            .query("size", &Some(50))
            .query("on", &true)
    };
    let (url, _) = sent(request).await.unwrap();
    let query = "q=x%26y%3Dz%2B1%20%C3%BC&filter=a&filter=b&size=50&on=true";
    assert_eq!(
        url,
        format!("{ORIGIN}/v1/users/@me/a%2Fb%3Ac%20d:share?{query}")
    );

    let (url, _) = sent(|| Request::new(&NAMED).path("name", "projects/p/topics/t"))
        .await
        .unwrap();
    assert_eq!(url, format!("{ORIGIN}/v1/projects/p/topics/t/$export"));
}

#[tokio::test]
async fn malformed_resource_names_are_rejected_without_showing_them() {
    let names = [
        "projects/p",
        "s3cret",
        "projects/p/secrets/s3cret/versions/1",
    ];
    for name in names {
        let error = sent(|| Request::new(&SECRET).path("name", name))
            .await
            .unwrap_err();
        assert_eq!(
            error,
            "secrets.access: invalid argument: name must have the form `projects/{}/secrets/{}`"
        );
    }
    let (url, _) = sent(|| Request::new(&SECRET).path("name", "projects/p:q/secrets/a%2Fb"))
        .await
        .unwrap();
    assert_eq!(
        url,
        format!("{ORIGIN}/v1/projects/p%3Aq/secrets/a%252Fb:access")
    );
}

#[tokio::test]
async fn path_values_that_change_the_route_are_rejected() {
    for id in ["", ".", "..", "%2e%2E", "%252e"] {
        let error = sent(|| Request::new(&SHARE).path("id", id))
            .await
            .unwrap_err();
        assert!(
            error.starts_with("photos.share: invalid argument: id "),
            "{error}"
        );
        sent(|| Request::new(&NAMED).path("name", id))
            .await
            .unwrap_err();
    }
    for name in ["a/../b", "a/%2e/b", "a//b", "/a", "a/"] {
        let error = sent(|| Request::new(&NAMED).path("name", name))
            .await
            .unwrap_err();
        assert!(
            error.starts_with("photos.named: invalid argument: name has a"),
            "{error}"
        );
    }
    sent(|| Request::new(&SHARE)).await.unwrap_err();
    let long = "x".repeat(70_000);
    let error = sent(|| Request::new(&SHARE).path("id", &long))
        .await
        .unwrap_err();
    assert!(error.contains("bytes"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn path_values_never_change_host_or_route(id in ".*", value in ".*", kept in ".*") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let request = || Request::new(&SHARE).path("id", &id).query("q", &value).query("r", "1");
        if let Ok((url, _)) = runtime.block_on(sent(request)) {
            let rest = url.strip_prefix(ORIGIN).expect("the origin stays");
            let (path, query) = rest.split_once('?').expect("the query stays");
            let inner = path.strip_prefix("/v1/users/@me/").and_then(|path| path.strip_suffix(":share"));
            prop_assert_eq!(decoded(inner.expect("the route stays")), id.as_bytes());
            prop_assert!(!inner.unwrap_or_default().contains(['/', '\\', '?', '#', ':', '@', ';']));
            let pairs: Vec<_> = query.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
            prop_assert_eq!(pairs.len(), 2);
            prop_assert_eq!((pairs[0].0, decoded(pairs[0].1)), ("q", value.into_bytes()));
            prop_assert_eq!(pairs[1], ("r", "1"));
        }
        if let Ok((url, _)) = runtime.block_on(sent(|| Request::new(&NAMED).path("name", &kept))) {
            let path = url.strip_prefix("https://photos.example.com/v1/").expect("the route stays");
            let name = path.strip_suffix("/$export").expect("the route stays");
            prop_assert_eq!(decoded(name), kept.as_bytes());
            prop_assert_eq!(name.split('/').count(), kept.split('/').count());
            prop_assert!(name.split('/').all(|part| !["", ".", ".."].contains(&part)));
        }
    }
}

/// A decoder apart from the one under test.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    bytes
}
