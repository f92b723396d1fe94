//! The example of a method: the shortest program that makes the call, with values that tell what
//! they stand for.

use std::cmp::Reverse;

use super::ident::text;
use super::sample::{Example, singular};
use crate::lower::{DOC_WIDTH, names};
use crate::model::{Api, Body, HttpMethod, ItemSource, Method, Resource, Response, Type};

/// The lines of the example, with its fence.
pub(super) fn lines(api: &Api, method: &Method, resource: Option<&Resource>) -> Vec<String> {
    let krate = api.package.replace('-', "_");
    let mut lines = vec!["```no_run".to_owned()];
    if method.takes_schemas() {
        lines.push(format!("use {krate}::schemas;"));
    }
    let signature =
        |path: &str| format!("# async fn example(client: {path}Client) -> {path}Result<()> {{");
    let whole = signature(&format!("{krate}::"));
    if whole.len() > DOC_WIDTH {
        lines.push(format!("# use {krate}::{{Client, Result}};"));
        lines.push(signature(""));
    } else {
        lines.push(whole);
    }
    lines.extend(formatted(&statements(&Example { api }, method, resource)));
    lines.push("# Ok(()) }".to_owned());
    lines.push("```".to_owned());
    lines
}

/// The first program of a new user: a client, and the call that needs the least.
pub(super) fn quick_start(api: &Api) -> Vec<String> {
    let krate = api.package.replace('-', "_");
    let call =
        first_call(api).map(|(method, resource)| statements(&Example { api }, method, resource));
    let code = format!(
        "let client = Client::builder().credentials(Credentials::token(\"ACCESS_TOKEN\")).build()?; {}",
        call.as_deref().unwrap_or("drop(client);")
    );
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("use {krate}::{{Client, Credentials}};"),
    ];
    lines.extend([
        String::new(),
        format!("# async fn example() -> {krate}::Result<()> {{"),
    ]);
    lines.extend(formatted(&code));
    lines.extend(["# Ok(()) }".to_owned(), "```".to_owned()]);
    lines
}

/// A list or a GET with as few arguments as there are, of a resource that every build has: of that
/// with the most methods, which is what the API is about.
fn first_call(api: &Api) -> Option<(&Method, Option<&Resource>)> {
    let mut found = Vec::new();
    candidates(&api.root, None, &mut found);
    found.into_iter().min_by_key(|(method, resource)| {
        let paging = method.paging.as_ref();
        let is_list = paging.is_some_and(|paging| paging.items.is_some());
        let methods = resource.map_or(0, |resource| resource.methods.len());
        (method.required().count(), !is_list, Reverse(methods))
    })
}

fn candidates<'a>(
    level: &'a Resource,
    resource: Option<&'a Resource>,
    found: &mut Vec<(&'a Method, Option<&'a Resource>)>,
) {
    let methods = level.methods.iter().filter(|method| {
        method.http == HttpMethod::Get
            && method.deprecated.is_none()
            && !method.unusable
            && !method.takes_schemas()
            && !method.is_bare_upload()
    });
    found.extend(methods.map(|method| (method, resource)));
    let children = level.resources.iter();
    for child in children.filter(|child| child.feature.is_none() && !child.deprecated) {
        candidates(child, Some(child), found);
    }
}

fn statements(example: &Example<'_>, method: &Method, resource: Option<&Resource>) -> String {
    if method.is_bare_upload() {
        let place = accessors(example.api, resource);
        let function = text(&method.function);
        return format!(
            "let file = std::path::Path::new(\"lake.jpg\");
             let token = client{place}.{function}(file).send().await?;"
        );
    }
    let mut arguments: Vec<String> = method
        .required()
        .map(|param| example.param(method, param))
        .collect();
    let mut code = String::new();
    match &method.body {
        Some(Body::Json {
            ty: Type::Schema(id),
            name,
        }) if example.is_struct(*id) => {
            let name = match text(name) {
                // The name of what makes the call.
                name if name == "client" => "request".to_owned(),
                name => name,
            };
            code = format!("let {name} = {};", example.schema(*id, 0));
            arguments.push(name);
        }
        Some(Body::Json { ty, .. }) => arguments.push(example.owned(ty, "body", 0)),
        Some(Body::Raw { .. }) => {
            arguments.push("discovery_runtime::RawBody::new(\"text/plain\", \"Hello\")".to_owned());
        }
        None => {}
    }
    let function = text(&method.function);
    let call = format!(
        "client{}.{function}({})",
        accessors(example.api, resource),
        arguments.join(", ")
    );
    code.push_str(&if let Some(items) = method
        .paging
        .as_ref()
        .and_then(|paging| paging.items.as_ref())
    {
        let (several, one) = item_names(items);
        format!(
            "let mut {several} = {call}.items();
             while let Some({one}) = {several}.next().await.transpose()? {{ println!(\"{{{one}:?}}\"); }}"
        )
    } else if method.gives_bytes_only() {
        format!("let bytes = {call}.download().bytes().await?;")
    } else {
        let upload = shown_upload(method);
        let call = format!("{call}{}.send().await?;", upload.unwrap_or_default());
        match method.response {
            Response::Empty => call,
            _ => format!("let {} = {call}", response_name(example.api, method)),
        }
    });
    code
}

/// The bytes of an upload, where the call is about them: there is nothing else to send, or a file
/// of any type is created. Services refuse such a request without them, and documents do not say so.
fn shown_upload(method: &Method) -> Option<String> {
    let upload = method.media.upload.as_ref()?;
    let takes = |types: &[&str]| {
        let any = |accepted: &String| types.contains(&accepted.as_str());
        upload.accept.is_empty() || upload.accept.iter().any(any)
    };
    let is_photo = takes(&["*/*", "image/*", "image/jpeg"]);
    let file = if is_photo { "lake.jpg" } else { "FILE" };
    let creates = method.http == HttpMethod::Post && is_photo;
    (method.body.is_none() || creates).then(|| format!(".upload(std::path::Path::new(\"{file}\"))"))
}

/// The name of what a call returns: that of its type, where it is a thing of the service.
fn response_name(api: &Api, method: &Method) -> String {
    let name = match &method.response {
        Response::Json(Type::Schema(id)) => names::snake(&api.schema(*id).name),
        _ => String::new(),
    };
    let is_thing = is_free(&name) && name.len() < 24 && !name.ends_with("response");
    if is_thing {
        name
    } else {
        "response".to_owned()
    }
}

/// The names of a list of items and of one of them: `albums` and `album`.
fn item_names(items: &ItemSource) -> (String, String) {
    let several = items
        .path
        .wire
        .last()
        .map(|wire| names::snake(wire))
        .unwrap_or_default();
    let one = names::snake(&singular(&several));
    if several == one || [&several, &one].into_iter().any(|name| !is_free(name)) {
        ("items".to_owned(), "item".to_owned())
    } else {
        (several, one)
    }
}

/// Whether a variable may have this name: no keyword, and not what makes the call.
fn is_free(name: &str) -> bool {
    !name.is_empty() && text(name) == name && !["client", "self", "super", "crate"].contains(&name)
}

/// The statements as a formatter would write them.
fn formatted(code: &str) -> Vec<String> {
    let Ok(file) = syn::parse_str::<syn::File>(&format!("async fn example() {{ {code} }}")) else {
        return vec![code.to_owned()];
    };
    let text = prettyplease::unparse(&file);
    let lines = text
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned());
    let mut lines: Vec<String> = lines.collect();
    lines.pop();
    lines
}

/// The path of accessors from the client to a resource: `projects().locations()`.
fn accessors(api: &Api, resource: Option<&Resource>) -> String {
    let Some(resource) = resource else {
        return String::new();
    };
    let mut text_so_far = String::new();
    let mut level = &api.root;
    for wire in resource.path.split('.') {
        let Some(child) = level.resources.iter().find(|child| child.wire == wire) else {
            break;
        };
        text_so_far.push_str(&format!(".{}()", text(&child.accessor)));
        level = child;
    }
    text_so_far
}

#[cfg(test)]
mod tests {
    use super::quick_start;
    use crate::testing::api;

    #[test]
    fn quick_start_lists_what_the_api_is_about() {
        let api = api(r#"
            "resources": {
                "caches": { "methods": {
                    "list": { "id": "small.caches.list", "path": "caches", "httpMethod": "GET",
                        "parameters": { "pageToken": { "type": "string", "location": "query" } },
                        "response": { "$ref": "List" } }
                } },
                "objects": { "methods": {
                    "get": { "id": "small.objects.get", "path": "objects/1", "httpMethod": "GET" },
                    "list": { "id": "small.objects.list", "path": "objects", "httpMethod": "GET",
                        "parameters": { "pageToken": { "type": "string", "location": "query" } },
                        "response": { "$ref": "List" } }
                } }
            },
            "schemas": { "List": { "id": "List", "type": "object", "properties": {
                "entries": { "type": "array", "items": { "type": "string" } },
                "nextPageToken": { "type": "string" }
            } } }
        "#);
        let lines = quick_start(&api).join("\n");
        assert!(lines.contains("client.objects().list().items()"), "{lines}");
    }
}
