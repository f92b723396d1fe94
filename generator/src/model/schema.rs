//! Types: the schemas of the document, and those that it leaves without a name.

use std::sync::Arc;

use crate::diagnostic::Pointer;

/// A doc comment, line by line. Documents say much of their prose several times, and what is said
/// alike is kept once.
pub(crate) type Docs = Arc<[String]>;

/// The index of a schema in `Api::schemas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(crate) usize);

/// A type of a value on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    Int32,
    Uint32,
    Int64,
    Uint64,
    Float,
    Double,
    String,
    Bytes,
    Timestamp,
    /// A point in time, or a local time whose zone is said elsewhere.
    DateTime,
    Date,
    Duration,
    FieldMask,
    /// `null` as a value (`google.protobuf.NullValue`).
    Null,
    /// Any JSON value.
    Value,
    List(Box<Type>),
    Map(Box<Type>),
    Schema(SchemaId),
}

impl Type {
    /// The schema that a value of this type holds by value, without a list or map between.
    pub(crate) fn held(&self) -> Option<SchemaId> {
        match self {
            Self::Schema(id) => Some(*id),
            _ => None,
        }
    }

    /// The schema that this type mentions at any depth.
    pub(crate) fn mentioned(&self) -> Option<SchemaId> {
        match self {
            Self::Schema(id) => Some(*id),
            Self::List(item) | Self::Map(item) => item.mentioned(),
            _ => None,
        }
    }

    /// Whether absence is the empty value, so that a field needs no `Option`.
    pub(crate) fn is_collection(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }

    /// Whether a setter takes `impl Into` of it, because callers have borrowed or smaller forms.
    /// `parse()` and `into()` cannot tell what to make for such a setter.
    pub(crate) fn converts(&self) -> bool {
        matches!(
            self,
            Self::String | Self::Bytes | Self::FieldMask | Self::Value
        )
    }
}

/// A type to emit.
#[derive(Debug)]
pub(crate) struct Schema {
    /// `Album`.
    pub(crate) name: String,
    /// The place in the document: `Album`, or `Parent.property` for a type without a name.
    pub(crate) wire: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    pub(crate) kind: Kind,
    /// Groups of properties, by their names on the wire: a request has one of a group at most.
    pub(crate) exclusive: Vec<Vec<String>>,
    /// The file below `src/schemas` that holds it, without its ending.
    pub(crate) file: String,
    /// What it means as a long-running operation, if it is one.
    pub(crate) operation: Option<Box<OperationShape>>,
    /// Whether a request can carry it, so that callers build values of it.
    pub(crate) in_request: bool,
    /// The features that need it; empty if it is always there.
    pub(crate) features: Vec<String>,
}

impl Schema {
    /// The field for a property, if the schema is an object with it.
    pub(crate) fn field(&self, wire: &str) -> Option<&Field> {
        match &self.kind {
            Kind::Struct(fields) => fields.iter().find(|field| field.wire == wire),
            _ => None,
        }
    }

    /// Whether only the service sets its fields.
    pub(crate) fn is_output_only(&self) -> bool {
        match &self.kind {
            Kind::Struct(fields) => {
                !fields.is_empty() && fields.iter().all(|field| field.output_only)
            }
            _ => false,
        }
    }

    /// The properties that a request can't have beside one with this name.
    pub(crate) fn excluded_by<'a>(&'a self, wire: &'a str) -> impl Iterator<Item = &'a str> {
        self.exclusive
            .iter()
            .filter(move |group| group.iter().any(|member| member == wire))
            .flatten()
            .map(String::as_str)
            .filter(move |member| *member != wire)
    }
}

/// The fields of a long-running operation, by their Rust names.
#[derive(Clone, Debug)]
pub(crate) struct OperationShape {
    pub(crate) name: String,
    pub(crate) done: OperationDone,
    pub(crate) error: Option<String>,
    pub(crate) response: Option<String>,
    pub(crate) metadata: Option<String>,
}

/// How an operation says that it has ended.
#[derive(Clone, Debug)]
pub(crate) enum OperationDone {
    /// A flag (`google.longrunning.Operation`).
    Flag(String),
    /// A status that is `DONE`, as Compute Engine has it.
    Status(OperationStatus),
}

/// The fields that say how an operation with a status has ended, by their Rust names.
#[derive(Clone, Debug)]
pub(crate) struct OperationStatus {
    pub(crate) state: String,
    /// `httpErrorStatusCode` and `httpErrorMessage`.
    pub(crate) http: Option<(String, String)>,
    /// `statusMessage`, where it is there only after a failure.
    pub(crate) message: Option<String>,
}

/// What a schema is.
#[derive(Debug)]
pub(crate) enum Kind {
    Struct(Vec<Field>),
    Enum {
        variants: Vec<Variant>,
        /// The name of the variant for values that the document doesn't list.
        catch_all: String,
    },
    /// A list, a map or a scalar under a name of its own.
    Transparent(Type),
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field {
    /// `coverPhotoBaseUrl`.
    pub(crate) wire: String,
    /// `cover_photo_base_url`; may need to be raw.
    pub(crate) name: String,
    /// `with_cover_photo_base_url`.
    pub(crate) setter: String,
    pub(crate) ty: Type,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    /// Only the server sets it; it does not go out in requests.
    pub(crate) output_only: bool,
    /// A request without it is refused.
    pub(crate) required: bool,
    /// Its absence means something, so a response in which it cannot be read is an error.
    pub(crate) strict: bool,
    /// It is a key to something, and not printed.
    pub(crate) secret: bool,
    /// Without a box the type would contain itself.
    pub(crate) boxed: bool,
    pub(crate) length: Option<LengthLimit>,
    pub(crate) default: Option<Box<str>>,
    pub(crate) maximum: Option<Box<str>>,
    pub(crate) minimum: Option<Box<str>>,
}

/// A value of an enum.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
}

/// Something that the service ended or advises against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deprecation {
    /// The day, as `2025-03-31`.
    pub(crate) since: Option<String>,
    pub(crate) note: String,
}

/// How many entries or characters a value may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LengthLimit {
    /// Entries of a list; checked before anything is sent.
    Items { min: u64, max: u64 },
    /// Characters of a text; the service checks.
    Characters { max: u64 },
}
