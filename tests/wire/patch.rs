//! Changes of a part of something: what is in the mask, and what is `null`, `[]` or left out.

use google_partial_v1::schemas::{
    Event, EventTagged, Reminders, Settings, SettingsLocale, Site, Trial,
};
use google_partial_v1::Client;

use crate::server::{Server, start};

pub async fn run() {
    let (server, client) = &start();
    without_a_mask(server, client).await;
    refused(client).await;
    with_a_mask(server, client).await;
    with_a_mask_that_has_limits(server, client).await;
}

/// RFC 7396: `null` removes a member, a list is replaced as a whole, what is absent stays.
/// <https://developers.google.com/workspace/calendar/api/guides/performance#patch> says the same.
async fn without_a_mask(server: &Server, client: &Client) {
    let events = client.events();

    server.respond("{}");
    events.patch("x", Event::default().with_summary("s").with_ratio(0.1)).send().await.unwrap();
    server.expect("PATCH /v1/events/x", r#"{"ratio":0.1,"summary":"s"}"#);

    // The number of single precision stays the decimal that it was.
    server.respond("{}");
    let event = Event::default().with_summary("s").with_ratio(0.1).with_location("gone");
    events.patch("x", event).clear("location").set_empty("cors").send().await.unwrap();
    let body = r#"{"cors":[],"location":null,"ratio":0.1,"summary":"s"}"#;
    server.expect("PATCH /v1/events/x", body);

    // Inside of what is absent otherwise, and inside of what is set.
    for reminders in [None, Some(Reminders::default().with_use_default(false))] {
        server.respond("{}");
        let mut event = Event::default();
        event.reminders = reminders.clone().map(Into::into);
        events.patch("x", event).set_empty("reminders.overrides").send().await.unwrap();
        let rest = if reminders.is_some() { r#","useDefault":false"# } else { "" };
        let body = format!(r#"{{"reminders":{{"overrides":[]{rest}}}}}"#);
        server.expect("PATCH /v1/events/x", &body);
    }

    // An entry of a map goes away by its key; a key with a point is quoted.
    server.respond("{}");
    let tagged = EventTagged::default().with_private([("b", "2".to_owned())]);
    let event = Event::default().with_tagged(tagged);
    let call = events.patch("x", event).clear("tagged.private.a");
    call.clear("tagged.private.`b.c`").clear("rooms.r.tags").send().await.unwrap();
    let body = r#"{"rooms":{"r":{"tags":null}},"tagged":{"private":{"b":"2","a":null,"b.c":null}}}"#;
    server.expect("PATCH /v1/events/x", body);

    // What only the server sets does not go back to it, at any depth.
    server.respond(r#"{"summary":"s","htmlLink":"l","creator":{"email":"e"},"attendees":[{"email":"e","organizer":true}]}"#);
    let event = events.patch("x", Event::default().with_summary("s")).send().await.unwrap();
    server.expect("PATCH /v1/events/x", r#"{"summary":"s"}"#);
    server.respond("{}");
    events.patch("x", event).clear("summary").send().await.unwrap();
    server.expect("PATCH /v1/events/x", r#"{"attendees":[{"email":"e"}],"summary":null}"#);

    // A parameter can be the change, and so can bytes; a body may have no fields at all.
    server.respond("{}");
    events.patch("x", Event::default()).notify(true).send().await.unwrap();
    server.expect("PATCH /v1/events/x?notify=true", "{}");
    server.respond("{}");
    events.verify("x", Default::default()).send().await.unwrap();
    server.expect("PATCH /v1/events/x:verify", "{}");
    server.respond("{}");
    let upload = events.attach("x", Event::default()).clear("location").upload(b"hello".to_vec());
    upload.resumable(false).send().await.unwrap();
    let request = server.received.recv().unwrap();
    assert!(request.line.starts_with("PATCH /upload/v1/events/x/file?"), "{}", request.line);
    let body = String::from_utf8_lossy(&request.body);
    assert!(body.contains("\r\n\r\n{\"location\":null}\r\n"), "{body}");
    server.respond("{}");
    let upload = events.attach("x", Event::default()).upload(b"hello".to_vec());
    upload.resumable(false).send().await.unwrap();
    assert!(server.received.recv().unwrap().line.starts_with("PATCH /upload/v1/events/x/file?"));
    println!("ok: PATCH /upload/v1/events/x/file");
}

async fn refused(client: &Client) {
    let patch = || client.events().patch("x", Event::default());
    let nothing = client.events().patch("x", Event::default().with_cors(Vec::<String>::new()));
    let error = client.events().r#move("x", Event::default()).send().await.unwrap_err();
    assert!(error.to_string().contains("nothing is to be changed"), "{error}");
    let cases = [
        (nothing, "nothing is to be changed"),
        (patch().clear("html_link"), "no such field: `html_link`; did you mean `htmlLink`?"),
        (patch().clear("htmlLink"), "only the server sets `htmlLink`"),
        (patch().clear("creator.email"), "only the server sets `creator`"),
        (patch().clear("sumary"), "no such field: `sumary`; did you mean `summary`?"),
        (patch().clear("reminders.use_default"), "`use_default` in `reminders.use_default`; did you mean `useDefault`?"),
        (patch().clear("attendees.email"), "goes into a list"),
        (patch().clear("summary.x"), "`x` in `summary.x`"),
        (patch().clear("reminders..x"), "no path of fields"),
        (patch().set_empty("summary"), "it is no list"),
        (patch().set_empty("rooms"), "an empty object changes nothing; clear it"),
        (patch().set_empty("reminders"), "an empty object changes nothing; clear it"),
        (patch().clear("reminders").set_empty("reminders.overrides"), "both as a whole and in parts"),
    ];
    for (call, message) in cases {
        let error = call.send().await.unwrap_err();
        assert!(error.is_invalid_argument(), "{error}");
        assert!(error.to_string().contains(message), "{error}, not {message}");
    }
    println!("ok: changes of nothing, or of what is not there, are not sent");
}

/// A path to a message replaces the message, so a mask goes down to what is set:
/// <https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/field_mask.proto>.
async fn with_a_mask(server: &Server, client: &Client) {
    let sites = client.sites();
    let settings = Settings::default().with_theme("dark").with_ratio(0.1);

    server.respond("{}");
    let locale = SettingsLocale::default().with_fallbacks(["en".to_owned()]);
    let site = Site::default()
        .with_labels([("k", "v".to_owned())])
        .with_extra(nested_json())
        .with_settings(settings.clone().with_locale(locale))
        .with_trial(Trial::default());
    sites.patch("x", site).send().await.unwrap();
    server.expect(
        "PATCH /v1/sites/x?updateMask=extra%2Clabels%2Csettings.locale.fallbacks%2Csettings.ratio%2Csettings.theme%2Ctrial",
        r#"{"extra":{"a":{"b":1}},"labels":{"k":"v"},"settings":{"locale":{"fallbacks":["en"]},"ratio":0.1,"theme":"dark"},"trial":{}}"#,
    );

    // What is read and sent back names nothing that only the server sets.
    server.respond(r#"{"displayName":"d","updateTime":"2026-01-02T03:04:05Z","owner":{"organizer":true}}"#);
    let site = sites.patch("x", Site::default().with_display_name("d")).send().await.unwrap();
    server.expect("PATCH /v1/sites/x?updateMask=displayName", r#"{"displayName":"d"}"#);
    server.respond("{}");
    sites.patch("x", site).send().await.unwrap();
    server.expect("PATCH /v1/sites/x?updateMask=displayName", r#"{"displayName":"d","owner":{}}"#);

    // What is cleared is in the mask and not in the body, with what is above or below it.
    server.respond("{}");
    let site = Site::default().with_settings(settings.clone());
    sites.patch("x", site.clone()).clear("settings.locale.language").clear("settings.theme").send().await.unwrap();
    server.expect(
        "PATCH /v1/sites/x?updateMask=settings.ratio%2Csettings.theme%2Csettings.locale.language",
        r#"{"settings":{"ratio":0.1}}"#,
    );
    server.respond("{}");
    sites.patch("x", site.clone().with_display_name("d")).clear("settings").send().await.unwrap();
    server.expect("PATCH /v1/sites/x?updateMask=displayName%2Csettings", r#"{"displayName":"d"}"#);

    server.respond("{}");
    sites.patch("x", site).update_mask("settings").send().await.unwrap();
    server.expect("PATCH /v1/sites/x?updateMask=settings", r#"{"settings":{"ratio":0.1,"theme":"dark"}}"#);
}

fn nested_json() -> discovery_runtime::Value {
    let mut inner = discovery_runtime::Value::default();
    inner["a"]["b"] = 1.into();
    inner
}

async fn with_a_mask_that_has_limits(server: &Server, client: &Client) {
    let sites = client.sites();
    let locale = SettingsLocale::default().with_language("en");
    let settings = Settings::default().with_theme("dark").with_locale(locale);
    let site = Site::default().with_settings(settings.clone());

    server.respond("{}");
    sites.style("x", site.clone()).clear("labels.k").send().await.unwrap();
    let body = r#"{"settings":{"locale":{"language":"en"},"theme":"dark"}}"#;
    server.expect("PATCH /v1/sites/x:style?updateMask=settings.locale%2Csettings.theme%2Clabels.k", body);
    let other = Site::default().with_settings(settings.with_ratio(0.1));
    let error = sites.style("x", other).send().await.unwrap_err();
    assert!(error.to_string().contains("settings.ratio can't be changed here"), "{error}");

    server.respond("{}");
    sites.configure("x", site.clone()).send().await.unwrap();
    server.expect("PATCH /v1/sites/x:configure?mask=settings", body);
    let error = sites.configure("x", site.clone()).clear("settings.theme").send().await.unwrap_err();
    assert!(error.to_string().contains("only the fields of the body as a whole"), "{error}");

    // A mask of another name or shape is the caller's.
    server.respond("{}");
    sites.describe("x", site.clone()).update_site_fields("settings").send().await.unwrap();
    server.expect("PATCH /v1/sites/x:describe?updateSiteFields=settings", body);
    server.respond("{}");
    sites.index("x", site).update_mask_field_paths(["a.b".to_owned()]).send().await.unwrap();
    server.expect("PATCH /v1/sites/x:index?updateMask.fieldPaths=a.b", body);
}

