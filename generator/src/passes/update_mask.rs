//! Which methods take a mask that says which fields of the body to change?

use crate::model::{Api, Body, HttpMethod, Method, Type, UpdateMask};

/// Marks each PATCH with a mask in its query and a schema as its body.
pub(super) fn run(api: &mut Api) {
    api.root.for_each_method(&mut |_, method| {
        let known = method.update_mask.take();
        method.update_mask = find(method).map(|param| UpdateMask {
            param,
            paths: known.map(|mask| mask.paths).unwrap_or_default(),
        });
    });
}

/// The parameter that holds the mask.
pub(crate) fn find(method: &Method) -> Option<String> {
    if method.http != HttpMethod::Patch {
        return None;
    }
    let Some(Body::Json {
        ty: Type::Schema(_),
        ..
    }) = &method.body
    else {
        return None;
    };
    let param = method.optional().find(|param| {
        param.ty == Type::FieldMask && matches!(param.wire.as_str(), "updateMask" | "mask")
    })?;
    Some(param.wire.clone())
}
