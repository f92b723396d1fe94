//! The contract with emitted code: everything it names and users do not.

mod call;
mod call_macros;
mod context;
#[cfg(feature = "download")]
mod download;
mod field_path;
mod from_body;
mod limits;
mod long_running;
mod merge_patch;
mod method;
mod open_enum;
mod page;
mod params;
mod patch_macros;
mod redacted;
mod request;
mod schema;
mod service;
mod transparent;
mod update_mask;
#[cfg(feature = "upload")]
mod upload;

pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::call::{Call, InContext, preview, send, send_for_response, texts};
pub(crate) use self::call::{request_response, send_request};
pub use self::context::Context;
#[cfg(feature = "download")]
pub use self::download::download_with;
pub(crate) use self::from_body::check_json;
pub use self::from_body::{BodyError, FromBody, decode_body, decode_body_leniently};
pub use self::long_running::LongRunning;
pub use self::merge_patch::MergePatch;
pub use self::method::{Method, RetrySafety};
pub use self::open_enum::{
    OpenEnum, UnrecognizedValue, from_scalar as enum_from_scalar, from_text as enum_from_text,
};
pub use self::page::{Paged, PagedItems};
pub use self::params::{Param, Params};
pub use self::redacted::redacted;
pub use self::request::Request;
pub use self::schema::{Schema, flag};
pub use self::service::Service;
pub use self::update_mask::UpdateMask;
#[cfg(feature = "upload")]
pub use self::upload::upload_with;
#[cfg(feature = "download")]
pub use crate::__download as download;
#[cfg(feature = "upload")]
pub use crate::__upload as upload;
pub use crate::client::ApiClient;
pub use crate::operation::{Ending, failure};
#[cfg(feature = "upload")]
pub use crate::upload::method::UploadMethod;
pub use crate::wire::lenient::LeftOut;
pub use crate::wire::show::debug;
pub use crate::wire::slot::{Fields, Fill, Scalar, Show, Table, Target, View};
pub use crate::wire::write::Encoded;
pub use crate::{
    __call as call, __long_running as long_running, __merge_patch as merge_patch,
    __open_enum as open_enum, __paged as paged, __schema as schema, __transparent as transparent,
    __update_mask as update_mask,
};
