//! Methods that take or give media: bytes that go beside JSON, or instead of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident::{ident, text};
use super::{constant, features};
use crate::model::{Api, Method, Resumable, Upload, UploadProtocol, in_units};
use crate::print::Piece;

/// What a method needs in its module beside its call.
pub(super) fn pieces(method: &Method, response: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let call = text(&method.call);
    if let Some(upload) = &method.media.upload {
        let name = ident(&upload.constant);
        let value = upload_method(upload);
        let feature = features::of_uploads();
        pieces.push(Piece::Items(
            quote!(#feature const #name: codegen::UploadMethod = #value;),
        ));
        pieces.push(Piece::Line(format!(
            "{feature}\ncodegen::upload!({call} -> {response}, {name});"
        )));
    }
    if method.media.download {
        let feature = features::of_downloads();
        pieces.push(Piece::Line(format!(
            "{feature}\ncodegen::download!({call});"
        )));
    }
    pieces
}

/// The statics of a method that is nothing but an upload.
pub(super) fn bare_statics(api: &Api, method: &Method) -> Option<TokenStream> {
    let upload = method.media.upload.as_ref()?;
    let name = ident(&upload.constant);
    let method_name = ident(&upload.method_static);
    let media = upload_method(upload);
    let constant = constant::of_method(api, method);
    let docs = format!(" What is fixed about `{}`.", super::docs::code(&method.id));
    let feature = features::of_uploads();
    Some(quote! {
        #[doc = #docs]
        #feature
        pub(super) static #method_name: Method = #constant;

        /// How its bytes go up.
        #feature
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
    let feature = features::of_uploads();
    quote! {
        #docs
        #feature
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
    let text = |field: TokenStream, value: Option<&String>| {
        value.map(|value| quote!(#field: Some(#value),))
    };
    let simple = upload.simple_path.as_ref();
    let (base, paths) = match upload.protocol {
        UploadProtocol::XGoogUpload => {
            let path = upload.simple_path.as_deref().unwrap_or_default();
            (quote!(codegen::UploadMethod::x_goog(#path)), None)
        }
        UploadProtocol::Google => {
            let multipart = upload.multipart.then(|| quote!(multipart: true,));
            let resumable = match &upload.resumable {
                Resumable::No => None,
                Resumable::AtSimplePath => simple,
                Resumable::At(path) => Some(path),
            };
            let (simple, resumable) = (
                text(quote!(simple), simple),
                text(quote!(resumable), resumable),
            );
            (
                quote!(codegen::UploadMethod::google()),
                Some(quote!(#simple #multipart #resumable)),
            )
        }
    };
    let content_type = text(quote!(content_type), upload.content_type.as_ref());
    let types = &upload.accept;
    let accepts_all = types.is_empty() || types.iter().any(|accepted| accepted == "*/*");
    let accept = (!accepts_all).then(|| quote!(accept: &[#(#types),*],));
    let max_size = upload.max_bytes().map(|bytes| {
        let bytes = size(bytes);
        quote!(max_size: Some(#bytes),)
    });
    let lifetime = upload.token_lifetime.map(|seconds| {
        let seconds = Literal::u64_unsuffixed(seconds);
        quote!(token_lifetime: Some(#seconds),)
    });
    let empty = upload.refuses_empty.then(|| quote!(refuse_empty: true,));
    quote! {
        codegen::UploadMethod {
            #paths
            #content_type
            #accept
            #max_size
            #lifetime
            #empty
            ..#base
        }
    }
}

/// A number of bytes as people write it: `20 << 30` is 20 GiB.
fn size(bytes: u64) -> TokenStream {
    let (number, shift) = in_units(bytes);
    let number = Literal::u64_unsuffixed(number);
    let shift = (shift > 0).then(|| {
        let shift = Literal::u32_unsuffixed(shift);
        quote!(<< #shift)
    });
    quote!(#number #shift)
}
