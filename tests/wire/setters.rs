//! The forms that callers have values in: arguments and setters take all of them.

use std::collections::BTreeMap;

use google_wire_v1::Client;
use google_wire_v1::schemas::Thing;
use google_wire_v1::things::List;

use crate::server::Server;

pub async fn setters(server: &Server, client: &Client) {
    let list = || client.things().list("p");
    let names = ["x".to_owned(), "y".to_owned()];
    let calls = [
        list().ids(["x", "y"]),
        list().ids(&["x", "y"]),
        list().ids(vec!["x", "y"]),
        list().ids(&names),
        list().ids(names.iter().filter(|name| !name.is_empty())),
        list().ids(names),
    ];
    for call in calls {
        server.respond("{}");
        call.send().await.unwrap();
        server.expect("GET /wire/v1/p/things?ids=x&ids=y", "");
    }

    // Numbers and times are told from text by what the setter takes.
    server.respond("{}");
    let call = list().page_size("5".parse().unwrap()).since("2026-05-03T09:12:44Z".parse().unwrap());
    call.send().await.unwrap();
    server.expect("GET /wire/v1/p/things?pageSize=5&since=2026-05-03T09%3A12%3A44Z", "");

    // A text that is no time is an error like that of a call.
    let since = |text: &str| -> google_wire_v1::Result<List> { Ok(list().since(text.parse()?)) };
    assert!(since("2026-05-03T09:12:44Z").is_ok());
    assert!(since("yesterday").unwrap_err().is_invalid_argument());

    // An empty list says of what; `[]` alone could be of `&str` or of `String`.
    for call in [list().ids(Vec::<String>::new()), list().ids([""; 0]), list().ids(None::<&str>)] {
        server.respond("{}");
        call.send().await.unwrap();
        server.expect("GET /wire/v1/p/things", "");
    }

    // What may be missing, whatever its type.
    let (filter, size): (Option<&str>, Option<i32>) = (Some("f"), None);
    server.respond("{}");
    let call = list().if_some(filter, List::filter_name).if_some(size, List::page_size);
    call.if_some(None, List::deep).send().await.unwrap();
    server.expect("GET /wire/v1/p/things?filter.name=f", "");

    let labels = BTreeMap::from([("k".to_owned(), "v".to_owned())]);
    let things = [
        Thing::default().with_labels([("k", "v")]),
        Thing::default().with_labels([("k", "v".to_owned())]),
        Thing::default().with_labels(&labels),
        Thing::default().with_labels(labels),
    ];
    for thing in things {
        assert_eq!(format!("{thing:?}"), r#"Thing { labels: {"k": "v"} }"#);
        server.respond("{}");
        client.things().patch("x", thing).send().await.unwrap();
        server.expect("PATCH /wire/v1/x?updateMask=labels", r#"{"labels":{"k":"v"}}"#);
    }
}
