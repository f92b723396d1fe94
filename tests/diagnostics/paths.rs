//! Path templates, and the parameters that belong into them.

use insta::assert_snapshot;

use crate::{about, about_method, about_path};

#[test]
fn a_variable_without_a_parameter() {
    assert_snapshot!(about_path("v1/albums/{albumId}"), @"
    api.json:2:98: error: the path has the variable `albumId`, but the method has no such path parameter
      at: /resources/albums/methods/get/path
      help: add the parameter `albumId` with the location `path`
    1 error
    ");
}

#[test]
fn a_renamed_path_parameter_is_one_error() {
    let about = |variable: &str| {
        about_method(&format!(
            r#""path": "a/{{{variable}}}", "httpMethod": "GET", "parameters": {{ "albumId": {{ "type": "string", "location": "path", "required": true }} }}"#
        ))
    };
    assert_snapshot!(about("albumsId"), @"
    api.json:2:77: error: the path has the variable `albumsId`, but the method has no such path parameter
      at: /resources/albums/methods/get/path
      help: did you mean `albumId`? it is a path parameter that is not in the path
    1 error
    ");
    assert_snapshot!(about("name"), @"
    api.json:2:77: error: the path has the variable `name`, but the method has no such path parameter
      at: /resources/albums/methods/get/path
      help: did you mean `albumId`? it is a path parameter that is not in the path
    1 error
    ");
}

#[test]
fn a_parameter_without_a_variable() {
    assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameters": { "albumId": { "type": "string", "location": "path", "required": true } }"#), @"
    api.json:2:127: error: the path parameter `albumId` does not occur in the path
      at: /resources/albums/methods/get/parameters/albumId
      help: add it to the path, or make its location `query`
    1 error
    ");
}

#[test]
fn a_variable_for_a_parameter_of_the_query() {
    assert_snapshot!(about_method(r#""path": "a/{albumId}", "httpMethod": "GET", "parameters": { "albumId": { "type": "string", "location": "query" } }"#), @"
    api.json:2:77: error: the path has the variable `albumId`, but the method has no such path parameter
      at: /resources/albums/methods/get/path
      help: add the parameter `albumId` with the location `path`
    1 error
    ");
}

#[test]
fn a_parameter_at_an_unknown_place() {
    assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameters": { "p": { "type": "string", "location": "header" }, "q": { "type": "string" } }"#), @"
    api.json:2:152: error: the location `header` is not known
      at: /resources/albums/methods/get/parameters/p/location
      help: `path` and `query` are
    api.json:2:176: error: the parameter has no `location`
      at: /resources/albums/methods/get/parameters/q
      help: make it `path` or `query`
    2 errors
    ");
}

#[test]
fn a_repeated_parameter_in_the_path() {
    assert_snapshot!(about_method(r#""path": "a/{p}", "httpMethod": "GET", "parameters": { "p": { "type": "string", "location": "path", "required": true, "repeated": true } }"#), @"
    api.json:2:194: error: the path parameter `p` is repeated
      at: /resources/albums/methods/get/parameters/p/repeated
      help: a path has one value for each variable; remove `repeated`
    1 error
    ");
}

#[test]
fn templates_beyond_what_documents_use() {
    assert_snapshot!(about_path("v1/{a,b}"), @"
    api.json:2:98: error: the path `v1/{a,b}` cannot be used: `{a,b}` is an expansion that documents do not use
      at: /resources/albums/methods/get/path
      help: a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end
    1 error
    ");
    assert_snapshot!(about_path("v1/{a}{b}"), @"
    api.json:2:98: error: the path `v1/{a}{b}` cannot be used: `{b}` follows a variable; only a custom verb may
      at: /resources/albums/methods/get/path
      help: a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end
    1 error
    ");
    let problem = |path: &str| {
        let said = about_path(path);
        let line = said.lines().next().unwrap_or_default().to_owned();
        line.rsplit_once("cannot be used: ")
            .map(|(_, problem)| problem.to_owned())
            .unwrap_or(line)
    };
    let problems: Vec<String> = [
        "",
        "v1/",
        "/v1",
        "v1//a",
        "v1/{",
        "v1/}",
        "v1/{}",
        "v1/{+}",
        "v1/{?q}",
        "v1/{a*}",
        "v1/{/a}",
        "v1/{a}/{a}",
        "v1/{a}b",
        "v1/a b",
        "v1/a?b=c",
        "v1/a#b",
        "v1/%2e%2e/a",
        "v1/\u{e9}",
        "v1/a\r\nHost: evil",
    ]
    .iter()
    .map(|path| format!("{:?}: {}", path, problem(path)))
    .collect();
    assert_snapshot!(problems.join("\n"), @r#"
    "": it is empty
    "v1/": it has an empty segment
    "/v1": it has an empty segment
    "v1//a": it has an empty segment
    "v1/{": a `{` is not closed
    "v1/}": it has the character `}`
    "v1/{}": `{}` is an expansion that documents do not use
    "v1/{+}": `{+}` is an expansion that documents do not use
    "v1/{?q}": `{?q}` is an expansion that documents do not use
    "v1/{a*}": `{a*}` is an expansion that documents do not use
    "v1/{/a}": `{/a}` is an expansion that documents do not use
    "v1/{a}/{a}": the variable `a` occurs twice
    "v1/{a}b": `b` follows a variable; only a custom verb may
    "v1/a b": it has the character ` `
    "v1/a?b=c": it has the character `?`
    "v1/a#b": it has the character `#`
    "v1/%2e%2e/a": it has the character `%`
    "v1/é": it has the character `\u{e9}`
    "v1/a\r\nHost: evil": it has the character `\r`
    "#);
}

#[test]
fn ways_to_another_host_or_route() {
    let problems: Vec<String> = [
        "//evil.com/x",
        "https://evil.com/x",
        "@evil.com/x",
        ":p@evil.com/x",
        "\\\\evil.com\\x",
        "../..",
        "v1/../../x",
        "v1/./x",
    ]
    .iter()
    .map(|path| {
        about_path(path)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    })
    .collect();
    assert_snapshot!(problems.join("\n"), @r"
    api.json:2:98: error: the path `//evil.com/x` cannot be used: it has an empty segment
    api.json:2:98: error: the path `https://evil.com/x` cannot be used: it has an empty segment
    api.json:2:98: error: the path `@evil.com/x` cannot be used: it begins with `@` or `:`
    api.json:2:98: error: the path `:p@evil.com/x` cannot be used: it begins with `@` or `:`
    api.json:2:98: error: the path `\\evil.com\x` cannot be used: it has the character `\\`
    api.json:2:98: error: the path `../..` cannot be used: it has the segment `..`
    api.json:2:98: error: the path `v1/../../x` cannot be used: it has the segment `..`
    api.json:2:98: error: the path `v1/./x` cannot be used: it has the segment `.`
    ");
}

#[test]
fn a_service_path_that_does_not_end() {
    assert_snapshot!(about(r#""servicePath": "fitness/v1""#), @"
    api.json:2:1: error: the service path `fitness/v1` cannot be used
      at: /servicePath
      help: it is empty, or literal segments that each end with `/`
    1 error
    ");
    assert_snapshot!(about(r#""servicePath": "{project}/""#), @"
    api.json:2:1: error: the service path `{project}/` cannot be used
      at: /servicePath
      help: it is empty, or literal segments that each end with `/`
    1 error
    ");
}

#[test]
fn an_upload_path_with_another_variable() {
    assert_snapshot!(about_method(r#""path": "a", "httpMethod": "POST", "mediaUpload": { "protocols": { "simple": { "path": "/upload/{id}" }, "resumable": { "path": "//upload" } } }"#), @"
    api.json:2:156: error: the path has the variable `id`, but the method has no such path parameter
      at: /resources/albums/methods/get/mediaUpload/protocols/simple/path
      help: add the parameter `id` with the location `path`
    api.json:2:197: error: the path `/upload` cannot be used: it has an empty segment
      at: /resources/albums/methods/get/mediaUpload/protocols/resumable/path
      help: a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end
    2 errors
    ");
}

#[test]
fn an_upload_without_a_protocol() {
    assert_snapshot!(about_method(r#""path": "a", "httpMethod": "POST", "mediaUpload": { "accept": ["*/*"] }"#), @"
    api.json:2:112: error: `mediaUpload` names no protocol
      at: /resources/albums/methods/get/mediaUpload
      help: add `protocols.simple` or `protocols.resumable`
    1 error
    ");
}

#[test]
fn a_path_that_cannot_be_used_is_one_error() {
    let said = about_method(
        r#""path": "a/{name=b/*}", "httpMethod": "GET", "parameters": { "name": { "type": "string", "location": "path", "required": true } }"#,
    );
    assert!(said.ends_with("1 error"), "{said}");
}
