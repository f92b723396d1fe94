//! How a client introduces itself.

use crate::codegen::Service;

/// The value of `User-Agent`: the application, the generated crate, this one.
///
/// Google's servers compress responses only for clients that have `gzip` in their name.
pub(super) fn user_agent(application: Option<&str>, service: &Service) -> String {
    let mut products = Vec::new();
    products.extend(application.map(str::to_owned));
    if !service.crate_name.is_empty() {
        products.push(format!("{}/{}", service.crate_name, service.crate_version));
    }
    products.push(concat!("discovery-runtime/", env!("CARGO_PKG_VERSION")).to_owned());
    products.push("(gzip)".to_owned());
    products.join(" ")
}
