//! A method becomes a call: a value that holds its arguments, and says what to send.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{arguments, setters};
use super::ident::{ident, text};
use super::operation::Shared;
use super::request;
use super::ty::Types;
use super::{debug, docs, media, operation, pages};
use crate::model::{Api, Method, Param, Patch, Resource, RetrySafety};
use crate::print::{self, Member, Members, Module, Piece};

/// The module with the calls of a resource, or of the client itself.
pub(super) fn module<'a>(
    api: &'a Api,
    methods: &'a [Method],
    resource: Option<&'a Resource>,
) -> Module<'a> {
    let types = Types::new(api, []);
    let shared = Shared::of(methods).items(api).map(Piece::Items);
    let pieces = move |method| pieces(api, method, &types, resource);
    let of = match resource {
        Some(resource) => format!("[`{0}`](super::{0})", resource.handle),
        None => "[`Client`](crate::Client)".to_owned(),
    };
    Module {
        made_by: "emit/call.rs",
        docs: vec![format!(
            "The calls of {of}. A call sends nothing until it is told to."
        )],
        head: imports(methods),
        pieces: Box::new(shared.into_iter().chain(methods.iter().flat_map(pieces))),
    }
}

/// Only what is used: an unused import is a warning.
fn imports(methods: &[Method]) -> TokenStream {
    let any = |is: &dyn Fn(&Method) -> bool| methods.iter().any(is);
    let mut codegen = vec!["Call", "Context", "Request"];
    let mut root = vec!["HttpMethod", "Method"];
    if any(&|method| method.paging.is_some()) {
        codegen.push("Paged");
    }
    if any(&|method| {
        method
            .paging
            .as_ref()
            .is_some_and(|paging| paging.items.is_some())
    }) {
        codegen.push("PagedItems");
    }
    codegen.extend(any(&|method| method.update_mask().is_some()).then_some("UpdateMask"));
    codegen.extend(any(&Method::merges).then_some("MergePatch"));
    if any(&|method| method.retry != RetrySafety::IfNotSent) {
        root.push("RetrySafety");
    }
    codegen.sort_unstable();
    let (codegen, root) = (
        codegen.iter().map(|name| ident(name)),
        root.iter().map(|name| ident(name)),
    );
    let schemas = any(&Method::mentions_schemas).then(|| {
        quote!(
            use crate::schemas;
        )
    });
    let scopes = any(&|method| !method.scopes.is_empty()).then(|| {
        quote!(
            use crate::scopes;
        )
    });
    quote! {
        #schemas
        #scopes
        use discovery_runtime::codegen::{self, #(#codegen),*};
        use discovery_runtime::{#(#root),*};
    }
}

/// The items of a call.
fn pieces(
    api: &Api,
    method: &Method,
    types: &Types<'_>,
    resource: Option<&Resource>,
) -> Vec<Piece> {
    if method.is_bare_upload() {
        return media::bare_statics(api, method)
            .map(Piece::Items)
            .into_iter()
            .collect();
    }
    let shown = shown(method, types);
    let mut pieces = vec![Piece::Members(definition(method, types, resource, &shown))];
    pieces.extend(debug::implementation(&ident(&method.call), &shown).map(Piece::Items));
    pieces.extend(setters_of(method, types).map(Piece::Members));
    pieces.push(Piece::Items(request::implementation(api, method, types)));
    let response = types.response(method).to_string();
    pieces.push(Piece::Line(format!(
        "codegen::call!({} -> {response});",
        text(&method.call)
    )));
    pieces.extend(method.patch.as_ref().map(|patch| {
        let call = text(&method.call);
        Piece::Line(match patch {
            Patch::Mask(mask) => format!("codegen::update_mask!({call}, {:?});", mask.param),
            Patch::Merge => format!("codegen::merge_patch!({call});"),
        })
    }));
    if let Some(poll) = &method.operation {
        pieces.push(Piece::Items(operation::implementation(method, poll, types)));
        pieces.push(Piece::Line(format!(
            "codegen::long_running!({});",
            text(&method.call)
        )));
    }
    pieces.extend(media::pieces(method, &response));
    if let Some(paging) = &method.paging {
        pieces.push(Piece::Items(pages::implementation(method, paging, types)));
        let items = if paging.items.is_some() {
            ", items"
        } else {
            ""
        };
        pieces.push(Piece::Line(format!(
            "codegen::paged!({}{items});",
            text(&method.call)
        )));
    }
    pieces
}

fn definition(
    method: &Method,
    types: &Types<'_>,
    resource: Option<&Resource>,
    shown: &[debug::Shown],
) -> Members {
    let (owner, module) = match resource {
        Some(resource) => (resource.handle.as_str(), "super"),
        None => ("Client", "crate"),
    };
    // A link does without the `r#` of a raw identifier.
    let link = format!("{owner}::{}", method.function);
    let debug = if debug::is_derived(shown) {
        "#[derive(Clone, Debug)]"
    } else {
        "#[derive(Clone)]"
    };
    let required = arguments(method, types).into_iter();
    let required = required.map(|argument| format!("{}: {}", argument.name, argument.ty));
    let optional = setters(method).map(|param| {
        let ty = types.of(&param.ty);
        let ty = if param.ty.is_collection() {
            ty
        } else {
            types.optional(ty)
        };
        format!("{}: {ty}", text(&param.name))
    });
    let patch = method.patch.as_ref().map(|patch| match patch {
        Patch::Mask(_) => "update_mask: UpdateMask".to_owned(),
        Patch::Merge => "merge_patch: MergePatch".to_owned(),
    });
    let fields = std::iter::once("context: Context".to_owned());
    let fields = fields.chain(required).chain(optional).chain(patch);
    Members {
        docs: vec![format!("The call of [`{link}`]({module}::{link}).")],
        attributes: vec![debug.into(), MUST_USE.into()],
        item: format!("pub struct {}", text(&method.call)),
        members: fields
            .map(|field| Member {
                docs: Vec::new(),
                attribute: None,
                code: format!("pub(super) {field},"),
            })
            .collect(),
    }
}

const MUST_USE: &str = r#"#[must_use = "a call does nothing until it is sent"]"#;

/// The fields of a call, as `Debug` shows them.
fn shown(method: &Method, types: &Types<'_>) -> Vec<debug::Shown> {
    let secrets = method.params.iter().filter(|param| param.secret);
    let secrets: Vec<_> = secrets.map(|param| ident(&param.name)).collect();
    let required = arguments(method, types);
    let required = required.into_iter().map(|argument| argument.name);
    let optional = setters(method).map(|param| ident(&param.name));
    let patch = method.patch.as_ref().map(|patch| match patch {
        Patch::Mask(_) => ident("update_mask"),
        Patch::Merge => ident("merge_patch"),
    });
    std::iter::once(ident("context"))
        .chain(required)
        .chain(optional)
        .chain(patch)
        .map(|field| {
            let secret = secrets.contains(&field);
            (field, secret)
        })
        .collect()
}

/// The setters of a call; the rest of its functions is alike for all, and comes from the runtime.
fn setters_of(method: &Method, types: &Types<'_>) -> Option<Members> {
    let setters: Vec<Member> = setters(method).map(|param| setter(param, types)).collect();
    (!setters.is_empty()).then(|| Members {
        docs: Vec::new(),
        attributes: Vec::new(),
        item: format!("impl {}", text(&method.call)),
        members: setters,
    })
}

fn setter(param: &Param, types: &Types<'_>) -> Member {
    let (argument, value) = types.argument(&param.ty, "value");
    let value = if param.ty.is_collection() {
        value
    } else {
        types.some(value)
    };
    let name = text(&param.name);
    Member {
        docs: docs::param(param),
        attribute: param.deprecated.then(|| DEPRECATED.into()),
        code: print::setter(&name, &name, &argument, &value),
    }
}

const DEPRECATED: &str =
    r#"#[deprecated(note = "the service marks this parameter as deprecated")]"#;
