//! Calls: data until they are sent, all of them by the same code.

use super::{Context, FromBody, Method, Request};
use crate::client::FullResponse;
use crate::error::ErrorKind;
use crate::{Error, RequestPreview, Response, Result};

/// A value that belongs to a client; the macro `call!` implements it.
pub trait InContext {
    /// The client and the options of the call.
    fn context(&self) -> &Context;
}

/// A call of a method: it says what to send, and the runtime sends it.
pub trait Call: InContext + Send + Sync {
    /// What the response body decodes to.
    type Response: FromBody + Send;

    /// What is the same for all calls of the method.
    const METHOD: Method;

    /// The request that the call stands for.
    fn request(&self) -> Request;
}

/// Sends a call and decodes its response.
///
/// It is generic for the last step only; everything else is compiled once.
pub async fn send<C: Call>(call: &C) -> Result<C::Response> {
    send_request(call.context(), call.request()).await
}

/// The same with the whole response.
pub async fn send_for_response<C: Call>(call: &C) -> Result<Response<C::Response>> {
    request_response(call.context(), call.request()).await
}

/// What a call would send.
pub fn preview<C: Call>(call: &C) -> Result<RequestPreview> {
    let Context { client, options } = call.context();
    client.preview(call.request(), options)
}

/// The entries of a list of text.
pub fn texts<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> Vec<String> {
    let entries = entries.into_iter();
    entries.map(|text| text.as_ref().to_owned()).collect()
}

/// Sends a request in the context of a call, and decodes its response.
pub(crate) async fn send_request<R: FromBody + Send>(
    context: &Context,
    request: Request,
) -> Result<R> {
    let response = request_response(context, request).await?;
    Ok(response.body)
}

/// The same with the whole response.
pub(crate) async fn request_response<R: FromBody + Send>(
    context: &Context,
    mut request: Request,
) -> Result<Response<R>> {
    let mut decoded = None;
    let wraps_data = request.method.wraps_data;
    let decoding = context.client.decoding(&context.options);
    let mut decode = |response: FullResponse| {
        let body = response.decode(wraps_data, decoding)?;
        decoded = Some(Response::new(body, response.status, response.headers));
        Ok(())
    };
    request.any_response |= R::ANY_CONTENT_TYPE;
    let executed = context
        .client
        .execute(request, &context.options, &mut decode);
    executed.await?;
    decoded.ok_or_else(|| Error::new(ErrorKind::NoResponse))
}
