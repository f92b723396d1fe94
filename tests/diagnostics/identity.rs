//! Names, versions and scopes that cannot be what they stand for.

use insta::assert_snapshot;

use crate::about;

#[test]
fn a_name_that_is_a_path() {
    assert_snapshot!(about("\"name\": \"../../../etc/x\",\n\"id\": \"../../../etc/x:v1\""), @"
    api.json:2:1: error: `../../../etc/x` cannot be part of a package name
      at: /name
      help: letters, digits, `.`, `-` and `_` are allowed, at most 64 of them
    1 error
    ");
    for name in [
        "",
        ".",
        "..",
        "/etc/x",
        "C:\\x",
        "\\\\srv\\s",
        "a/b",
        "a b",
        "-a",
        "a-",
        "a..b",
        "x\"\n[dependencies]\nevil = \"*\"\n",
        "\u{e9}",
        "a\u{0}",
        &"a".repeat(65),
    ] {
        let id = serde_json::Value::from(format!("{name}:v1"));
        let said = about(&format!(
            "\"name\": {},\n\"id\": {id}",
            serde_json::Value::from(name)
        ));
        assert!(
            said.contains("2:1: error: `") && said.ends_with("1 error"),
            "{name:?}: {said}"
        );
        let id = serde_json::Value::from(format!("broken:{name}"));
        let said = about(&format!(
            "\"version\": {},\n\"id\": {id}",
            serde_json::Value::from(name)
        ));
        assert!(
            said.contains("2:1: error: `") && said.ends_with("1 error"),
            "{name:?}: {said}"
        );
    }
}

#[test]
fn an_id_that_is_another() {
    assert_snapshot!(about(r#""id": "other:v1""#), @"
    api.json:2:1: error: the id `other:v1` is not the name and the version
      at: /id
      help: write `broken:v1`
    1 error
    ");
}

#[test]
fn scopes_that_are_none() {
    assert_snapshot!(about(r#"
"auth": { "oauth2": { "scopes": {
  "": { "description": "" },
  "a b": { "description": "" },
  "a\"b": { "description": "" },
  "a\nb": { "description": "" }
} } }
"#), @r#"
    api.json:3:3: error: `` is not a scope: it has characters that no scope may have
      at: /auth/oauth2/scopes/
      help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
    api.json:4:3: error: `a b` is not a scope: it has characters that no scope may have
      at: /auth/oauth2/scopes/a b
      help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
    api.json:5:3: error: `a"b` is not a scope: it has characters that no scope may have
      at: /auth/oauth2/scopes/a"b
      help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
    api.json:6:3: error: `a\nb` is not a scope: it has characters that no scope may have
      at: /auth/oauth2/scopes/a\nb
      help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
    4 errors
    "#);
}
