//! Methods that take or give media: bytes that go beside JSON, or instead of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident::{ident, text};
use super::request;
use crate::model::{Api, Method, Resumable, Upload, UploadProtocol};
use crate::print::Piece;

/// Whether a method is nothing but an upload, so that it has no call of its own.
pub(super) fn is_bare_upload(method: &Method) -> bool {
    method
        .media
        .upload
        .as_ref()
        .is_some_and(|upload| upload.protocol == UploadProtocol::XGoogUpload)
}

/// What a method needs in its module beside its call.
pub(super) fn pieces(method: &Method) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let call = text(&method.call);
    if let Some(upload) = &method.media.upload {
        let name = ident(&upload.constant);
        let value = upload_method(upload);
        pieces.push(Piece::Items(
            quote!(const #name: codegen::UploadMethod = #value;),
        ));
        pieces.push(Piece::Line(format!("codegen::upload!({call}, {name});")));
    }
    if method.media.download {
        pieces.push(Piece::Line(format!("codegen::download!({call});")));
    }
    pieces
}

/// The statics of a method that is nothing but an upload.
pub(super) fn bare_statics(api: &Api, method: &Method) -> Option<TokenStream> {
    let upload = method.media.upload.as_ref()?;
    let name = ident(&upload.constant);
    let method_name = ident(&upload.method_static);
    let media = upload_method(upload);
    let constant = request::constant(api, method);
    let docs = format!(" What is fixed about `{}`.", super::docs::code(&method.id));
    Some(quote! {
        #[doc = #docs]
        pub(super) static #method_name: Method = #constant;

        /// How its bytes go up.
        pub(super) static #name: codegen::UploadMethod = #media;
    })
}

/// The function of a handle for a method that is nothing but an upload.
pub(super) fn bare_function(
    method: &Method,
    docs: &TokenStream,
    client: &TokenStream,
) -> TokenStream {
    let function = ident(&method.function);
    let (upload, method) = method
        .media
        .upload
        .as_ref()
        .map(|upload| (ident(&upload.constant), ident(&upload.method_static)))
        .unzip();
    quote! {
        #docs
        pub fn #function(
            &self,
            source: impl Into<discovery_runtime::upload::Source>,
        ) -> discovery_runtime::upload::Upload<discovery_runtime::upload::UploadToken> {
            let context = Context::new(&#client);
            discovery_runtime::upload::Upload::bare(context, &calls::#method, &calls::#upload, source)
        }
    }
}

fn upload_method(upload: &Upload) -> TokenStream {
    let (new, paths) = match upload.protocol {
        UploadProtocol::XGoogUpload => {
            let path = upload.simple_path.as_deref().unwrap_or_default();
            (quote!(codegen::UploadMethod::x_goog(#path)), None)
        }
        UploadProtocol::Google => {
            let simple = upload
                .simple_path
                .as_ref()
                .map(|path| quote!(.simple(#path)));
            let multipart = upload.multipart.then(|| quote!(.multipart()));
            let resumable = match &upload.resumable {
                Resumable::No => None,
                Resumable::AtSimplePath => Some(quote!(.resumable())),
                Resumable::At(path) => Some(quote!(.resumable_at(#path))),
            };
            (
                quote!(codegen::UploadMethod::google()),
                Some(quote!(#simple #multipart #resumable)),
            )
        }
    };
    let content_type = upload
        .content_type
        .as_ref()
        .map(|name| quote!(.content_type_property(#name)));
    let types = &upload.accept;
    let accepts_all = types.is_empty() || types.iter().any(|accepted| accepted == "*/*");
    let accept = (!accepts_all).then(|| quote!(.accept(&[#(#types),*])));
    let max_size = size(upload).map(|bytes| {
        let bytes = Literal::u64_unsuffixed(bytes);
        quote!(.max_size(#bytes))
    });
    let lifetime = upload.token_lifetime.map(|seconds| {
        let seconds = Literal::u64_unsuffixed(seconds);
        quote!(.token_lifetime(#seconds))
    });
    let empty = upload.refuses_empty.then(|| quote!(.refuse_empty()));
    quote!(#new #paths #content_type #accept #max_size #lifetime #empty)
}

/// The largest file in bytes: a decimal number, or one with a unit, as one document has it. The
/// larger reading of a unit is taken, so that no file is refused that the service would take.
pub(super) fn size(upload: &Upload) -> Option<u64> {
    let text = upload.max_size.as_ref()?;
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text.get(digits.len()..)? {
        "" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        "TB" => 1 << 40,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}
