//! Files with the secrets of apps and users, as Google's tools write them.

use std::fs;
use std::path::PathBuf;

use discovery_runtime::oauth::{
    AuthorizedUser, ClientSecrets, Endpoints, OAuthError, authorized_user,
};
use discovery_runtime::transport::{FakeResponse, FakeTransport};
use discovery_runtime::{CallOptions, Client, Credentials, Error, HttpMethod, TestClock};
use serde_json::{Value, json};

use crate::support::{CLIENT_ID, CLIENT_SECRET, Caller, HOUR, Reply, Setup, chain, log};

/// What a user has on disk; the refresh token is good at the server of `setup`.
fn user() -> Value {
    json!({
        "account": "",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "quota_project_id": "project",
        "refresh_token": "1//0CANARY-user",
        "type": "authorized_user",
        "universe_domain": "googleapis.com",
    })
}

fn app() -> Value {
    json!({ "installed": {
        "client_id": CLIENT_ID,
        "project_id": "project",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "client_secret": CLIENT_SECRET,
        "redirect_uris": ["http://localhost"],
    } })
}

fn write(setup: &Setup, content: &Value) -> PathBuf {
    let path = setup.folder.path().join("file.json");
    fs::write(&path, content.to_string()).unwrap();
    path
}

fn check(error: &OAuthError, expected: &str) {
    let text = chain(error);
    assert!(
        error.is_configuration() && text.contains(expected),
        "{text}"
    );
    log::check("the error", &text);
}

#[tokio::test]
async fn an_authorized_user_gets_tokens() {
    let setup = Setup::new().await;
    setup.server.grant("1//0CANARY-user", &["scope/a"]);
    let path = write(&setup, &user());
    let before = fs::read(&path).unwrap();
    let credentials = AuthorizedUser::from_file(&path)
        .unwrap()
        .endpoints(setup.server.endpoints())
        .clock(setup.clock.clone())
        .credentials()
        .unwrap();
    assert!(
        setup.server.posts("/token").is_empty(),
        "a token was requested before a call"
    );
    let caller = Caller::new(credentials.clone(), &setup.clock);
    caller.call().await.unwrap();
    caller.call().await.unwrap();
    // As Google's libraries do, such as google-auth for Python; the authorization server of the tests
    // fails if it gets the header.
    for request in caller.api.requests() {
        assert_eq!(request.headers.get("x-goog-user-project"), Some("project"));
    }
    let [form] = &setup.server.posts("/token")[..] else {
        panic!("not one token was requested")
    };
    assert_eq!(form["grant_type"], "refresh_token");
    assert_eq!(form["refresh_token"], "1//0CANARY-user");
    assert_eq!(form.len(), 4, "{:?}", form.keys());

    // What was granted is known from then on.
    let other = Caller::with_scopes(credentials, &setup.clock, Some(&["scope/b"]));
    assert!(other.fail().await.needs_sign_in());

    // A new refresh token is used, and the file is somebody else's.
    setup.server.rotate();
    for _ in 0..3 {
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
    }
    assert_eq!(fs::read(&path).unwrap(), before);
    setup.finish();
}

#[tokio::test]
async fn an_authorized_user_with_an_ended_grant_needs_a_sign_in() {
    let setup = Setup::new().await;
    let path = write(&setup, &user());
    let user = AuthorizedUser::from_file(path)
        .unwrap()
        .endpoints(setup.server.endpoints());
    log::check("Debug", &format!("{user:?} {user:#?}"));
    let caller = Caller::new(user.credentials().unwrap(), &setup.clock);
    for _ in 0..3 {
        assert!(caller.fail().await.needs_sign_in());
    }
    assert_eq!(setup.server.refreshes(), 1);
    setup.finish();
}

#[tokio::test]
async fn files_may_name_only_token_endpoints_of_google() {
    let setup = Setup::new().await;
    let local = format!("http://{}/token", setup.server.address());
    let foreign = [
        "http://evil.example/token",
        "https://evil.example/token",
        "http://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com.evil.example/token",
        "https://oauth2.googleapis.com@evil.example/token",
        "",
        &local,
    ];
    for token_uri in foreign {
        let mut content = user();
        content["token_uri"] = json!(token_uri);
        let path = write(&setup, &content);
        check(&authorized_user(&path).unwrap_err(), "token address");
        // The program knows better.
        let user = AuthorizedUser::from_file(&path)
            .unwrap()
            .endpoints(setup.server.endpoints());
        user.credentials().unwrap();

        for name in ["token_uri", "auth_uri"] {
            let mut content = app();
            content["installed"][name] = json!(token_uri);
            let secrets = ClientSecrets::from_file(write(&setup, &content)).unwrap();
            let app = secrets
                .installed_app()
                .scopes(["a"])
                .open_with(setup.browser.opener());
            check(&app.sign_in().await.unwrap_err(), "address");
        }
    }
    assert!(setup.browser.opened().is_empty() && setup.server.posts("/token").is_empty());

    for token_uri in [
        "https://oauth2.googleapis.com/token",
        "https://accounts.google.com/o/oauth2/token",
    ] {
        let mut content = user();
        content["token_uri"] = json!(token_uri);
        authorized_user(write(&setup, &content)).unwrap();
    }
    drop(setup);
}

#[tokio::test]
async fn files_of_other_kinds_are_named_in_errors() {
    let setup = Setup::new().await;
    let key =
        json!({ "type": "service_account", "private_key": "CANARY", "client_email": "a@b.c" });
    let without = |name: &str| {
        let mut content = user();
        content.as_object_mut().unwrap().remove(name);
        content
    };
    let with = |name: &str, value: Value| {
        let mut content = user();
        content[name] = value;
        content
    };
    let cases = [
        (key.clone(), "service account"),
        (
            with("type", json!("external_account")),
            "type is not authorized_user",
        ),
        (without("client_id"), "no client_id"),
        (without("client_secret"), "no client_secret"),
        (without("refresh_token"), "no refresh_token"),
        (
            with("refresh_token", json!("CANARY\n")),
            "refresh_token is none",
        ),
        (with("refresh_token", json!(["CANARY"])), "another form"),
        (app(), "no client_id"),
        (json!("CANARY"), "another form"),
    ];
    for (content, expected) in cases {
        check(
            &authorized_user(write(&setup, &content)).unwrap_err(),
            expected,
        );
    }
    // Google's library for Python writes no type.
    authorized_user(write(&setup, &without("type"))).unwrap();

    let secrets = |content: &Value| ClientSecrets::from_file(write(&setup, content)).unwrap_err();
    check(&secrets(&user()), "credentials of a user or a service");
    check(&secrets(&key), "credentials of a user or a service");
    check(
        &secrets(&json!({ "web": app()["installed"] })),
        "Web application",
    );
    check(&secrets(&json!({})), "something else");
    check(
        &secrets(&json!({ "installed": { "client_id": "a" } })),
        "no client_secret",
    );
    check(&secrets(&json!({ "installed": "CANARY" })), "another form");

    let path = setup.folder.path().join("file.json");
    for (text, expected) in [
        ("", "no JSON"),
        ("{\"refresh_token\": \"CANARY", "no JSON"),
        (&" ".repeat(100_000), "too long"),
        ("\u{feff}{\"refresh_token\": \"CANARY", "no JSON"),
    ] {
        fs::write(&path, text).unwrap();
        check(&authorized_user(&path).unwrap_err(), expected);
        check(&ClientSecrets::from_file(&path).unwrap_err(), expected);
    }
    check(
        &authorized_user(setup.folder.path().join("absent")).unwrap_err(),
        "can't be read",
    );
    let error = Error::from(authorized_user(setup.folder.path()).unwrap_err());
    assert!(
        error.is_configuration() && !error.needs_sign_in(),
        "{error}"
    );
    drop(setup);
}

#[tokio::test]
async fn the_file_of_an_app_is_enough_to_sign_in() {
    let setup = Setup::new().await;
    let secrets = ClientSecrets::from_file(write(&setup, &app())).unwrap();
    assert_eq!(secrets.client_id(), CLIENT_ID);
    log::check("Debug", &format!("{secrets:?} {secrets:#?}"));
    let app = secrets
        .installed_app()
        .scopes(["scope/a"])
        .store(setup.file())
        .endpoints(setup.server.endpoints())
        .clock(setup.clock.clone())
        .open_with(setup.browser.opener());
    let caller = Caller::new(app.sign_in().await.unwrap(), &setup.clock);
    caller.call().await.unwrap();
    setup.finish();
}

#[tokio::test]
async fn an_empty_client_secret_is_not_sent() {
    let setup = Setup::new().await;
    let mut content = user();
    content["client_secret"] = json!("");
    let user = AuthorizedUser::from_file(write(&setup, &content)).unwrap();
    let user = user.endpoints(setup.server.endpoints());
    setup.server.reply(Reply::json(
        200,
        &json!({ "access_token": "ya29.CANARY-x" }),
    ));
    Caller::new(user.credentials().unwrap(), &setup.clock)
        .call()
        .await
        .unwrap();
    assert!(!setup.server.posts("/token")[0].contains_key("client_secret"));
    setup.finish();
}

/// A grant that is kept nowhere can't be signed out from a server that has no place for it.
#[tokio::test]
async fn signing_out_without_a_revocation_endpoint_sends_nothing() {
    let setup = Setup::new().await;
    let address = |path: &str| format!("http://{}/{path}", setup.server.address());
    let endpoints = Endpoints::on_loopback(&address("auth"), &address("token")).unwrap();
    let app = setup.app().endpoints(endpoints);
    app.sign_in().await.unwrap();
    app.sign_out().await.unwrap();
    assert!(setup.server.posts("/revoke").is_empty() && !setup.file().exists());
    setup.finish();
}

#[tokio::test]
async fn a_quota_project_gives_way_to_options_and_is_checked() {
    let setup = Setup::new().await;
    let project = |project: &str| {
        let credentials = Credentials::token("ya29.CANARY-x").with_quota_project(project);
        let credentials = credentials.with_scopes(["scope/a"]);
        let api = FakeTransport::new(&TestClock::new());
        api.respond_always(FakeResponse::json(200, "{}"));
        let client = Client::builder()
            .endpoint("https://photos.example.com/")
            .credentials(credentials)
            .transport(api.clone());
        (client, api)
    };
    let (client, api) = project("of-the-file");
    let client = client.build().unwrap();
    let call = || client.request(HttpMethod::Get, "v1/albums");
    call().send().await.unwrap();
    let options = CallOptions::default().with_user_project("of-the-call");
    call().options(options).send().await.unwrap();
    let (client, own) = project("of-the-file");
    let options = CallOptions::default().with_user_project("of-the-client");
    let client = client.call_options(options).build().unwrap();
    let call = client.request(HttpMethod::Get, "v1/albums");
    call.send().await.unwrap();
    let sent: Vec<_> = api.requests().into_iter().chain(own.requests()).collect();
    let sent: Vec<_> = sent
        .iter()
        .map(|request| request.headers.get("x-goog-user-project"))
        .collect();
    assert_eq!(
        sent,
        [
            Some("of-the-file"),
            Some("of-the-call"),
            Some("of-the-client")
        ]
    );
    // No file can add a header.
    let error = project("a\r\nx: y").0.build().unwrap_err();
    assert!(error.is_configuration(), "{error}");

    let mut content = user();
    content["quota_project_id"] = json!("");
    let credentials = authorized_user(write(&setup, &content)).unwrap();
    let shown = format!("{credentials:?}");
    assert_eq!(shown, "Credentials(access token)");
}

/// Notepad and PowerShell 5 of Windows write these.
#[tokio::test]
async fn files_with_a_byte_order_mark_are_read_or_named() {
    let setup = Setup::new().await;
    let path = setup.folder.path().join("file.json");
    fs::write(&path, format!("\u{feff}{}", user())).unwrap();
    authorized_user(&path).unwrap();
    fs::write(&path, format!("\u{feff}{}", app())).unwrap();
    ClientSecrets::from_file(&path).unwrap();
    for mark in [[0xff, 0xfe], [0xfe, 0xff]] {
        fs::write(&path, [&mark[..], b"{\0}\0"].concat()).unwrap();
        check(&authorized_user(&path).unwrap_err(), "UTF-8");
        check(&ClientSecrets::from_file(&path).unwrap_err(), "UTF-8");
    }
    drop(setup);
}

/// Rust prints the `Debug` of an error that `main` returns.
#[test]
fn error_of_main_is_text_for_people() {
    let error = ClientSecrets::from_file("not/there.json").unwrap_err();
    let text = format!("{error:?}");
    assert!(
        text.starts_with("not/there.json can't be read\n\nCaused by:\n    "),
        "{text}"
    );
    assert!(format!("{error:#?}").starts_with("OAuthError {"));
}
