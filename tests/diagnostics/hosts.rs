//! Hosts that are not the service's.

use discovery_generator::{Input, Options, RuntimeDependency, Source, generate};
use insta::assert_snapshot;
use tests::fixtures::Fixture;

use crate::about;

#[test]
fn that_are_not_the_services() {
    assert_snapshot!(about(r#""rootUrl": "http://photoslibrary.googleapis.com/""#), @"
    api.json:2:1: error: `http://photoslibrary.googleapis.com/` is not `https://HOST/` with a host below `googleapis.com`
      at: /rootUrl
      help: correct the URL, or have the overrides name the host as a `serviceHost`; users can still choose another endpoint when they build a client
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
      help: correct the URL, or have the overrides name the host as a `serviceHost`; users can still choose another endpoint when they build a client
    api.json:5:26: error: `https://there.evil.com/` is not `https://HOST/` with a host below `googleapis.com`
      at: /endpoints/1/endpointUrl
      help: correct the URL, or have the overrides name the host as a `serviceHost`; users can still choose another endpoint when they build a client
    2 errors
    ");
}

/// Endpoints Frameworks serve APIs of others at `https://PROJECT.appspot.com/_ah/api/`
/// (<https://cloud.google.com/endpoints/docs/frameworks/java/get-started-frameworks-java>).
#[test]
fn of_other_services_are_taken_where_the_overrides_name_them() {
    let mut fixture = Fixture::load("minimal");
    let google = "https://minimal.googleapis.com/";
    assert!(fixture.document.text.contains(google));
    let emitted = |fixture: &Fixture, overrides: Option<&str>| {
        let input = Input {
            overrides: overrides.map(|host| Source {
                name: "api.overrides.json".to_owned(),
                text: format!(
                    r#"{{ "document": "minimal:v1", "entries": [{{ "kind": "serviceHost", "host": "{host}",
                    "what": "It is another host.", "why": "It is ours.", "source": "https://example.com/" }}] }}"#
                ),
            }),
            ..fixture.input()
        };
        let options = Options::new(RuntimeDependency::Version("1".to_owned()), "test");
        generate(&input, &options).map_err(|error| error.to_string())
    };
    for url in [
        "https://project.appspot.com/_ah/api/",
        "https://project.appspot.com/",
    ] {
        fixture.document.text = fixture.document.text.replace(google, url);
        assert!(emitted(&fixture, None).is_err(), "{url}");
        let files = emitted(&fixture, Some("project.appspot.com")).unwrap();
        let text = &files
            .iter()
            .find(|file| file.path.ends_with("src/lib.rs"))
            .unwrap()
            .text;
        assert!(text.contains(&format!("\"{url}\"")), "{text}");
        fixture = Fixture::load("minimal");
    }
    for url in [
        "http://project.appspot.com/",
        "https://project.appspot.com",
        "https://project.appspot.com/../",
        "https://project.appspot.com/x",
        "https://project.appspot.com//",
        "https://project.appspot.com/{x}/",
        "https://project.appspot.com.evil.example/",
        "https://project.appspot.com:8443/",
    ] {
        fixture.document.text = fixture.document.text.replace(google, url);
        assert!(
            emitted(&fixture, Some("project.appspot.com")).is_err(),
            "{url}"
        );
        fixture = Fixture::load("minimal");
    }
    let stale = emitted(&fixture, Some("project.appspot.com")).unwrap_err();
    assert!(
        stale.contains("no address at `https://project.appspot.com/`"),
        "{stale}"
    );
}
