//! Hosts that are not the service's.

use insta::assert_snapshot;

use crate::about;

#[test]
fn that_are_not_the_services() {
    assert_snapshot!(about(r#""rootUrl": "http://photoslibrary.googleapis.com/""#), @"
    api.json:2:1: error: `http://photoslibrary.googleapis.com/` is not `https://HOST/` with a host below `googleapis.com`
      at: /rootUrl
      help: correct the URL; users can still choose another endpoint when they build a client
    1 error
    ");
    for url in [
        "https://photoslibrary.googleapis.com@evil.com/",
        "https://photoslibrary.googleapis.com.evil.com/",
        "https://evil.com/.googleapis.com/",
        "https://evil.com#.googleapis.com/",
        "https://photoslibrary.googleapis.com:8443/",
        "https://user@photoslibrary.googleapis.com/",
        "https://photoslibrary.googleapis.com",
        "https://photoslibrary.googleapis.com/v1/",
        "https://photoslibrary\u{3002}googleapis.com/",
        "https://127.0.0.1/",
        "https://0x7f000001/",
        "https://[::1]/",
        "https://.googleapis.com/",
        "https://evilgoogleapis.com/",
        "https://photos\u{43b}ibrary.googleapis.com/",
        "//photoslibrary.googleapis.com/",
        "",
    ] {
        let said = about(&format!("\"rootUrl\": {}", serde_json::Value::from(url)));
        assert!(
            said.contains("2:1: error: `") && said.ends_with("1 error"),
            "{url}: {said}"
        );
    }
}

#[test]
fn beside_the_root() {
    assert_snapshot!(about(r#"
"mtlsRootUrl": "https://photoslibrary.mtls.evil.com/",
"endpoints": [
  { "location": "here", "endpointUrl": "https://here.rep.googleapis.com/" },
  { "location": "there", "endpointUrl": "https://there.evil.com/" }
]
"#), @"
    api.json:2:1: error: `https://photoslibrary.mtls.evil.com/` is not `https://HOST/` with a host below `googleapis.com`
      at: /mtlsRootUrl
      help: correct the URL; users can still choose another endpoint when they build a client
    api.json:5:26: error: `https://there.evil.com/` is not `https://HOST/` with a host below `googleapis.com`
      at: /endpoints/1/endpointUrl
      help: correct the URL; users can still choose another endpoint when they build a client
    2 errors
    ");
}
