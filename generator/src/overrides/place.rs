//! Finds the parameter or property that a correction names.

use crate::model::{Api, Field, Kind, LengthLimit, Param, Type};

/// A parameter or a property.
pub(super) enum Place<'a> {
    Param(&'a mut Param),
    Field(&'a mut Field),
}

impl<'a> Place<'a> {
    /// `albums.list#pageSize` or `Album.title`; a trailing `[]` means the same place.
    pub(super) fn find(api: &'a mut Api, place: &str) -> Option<Self> {
        let place = place.trim_end_matches("[]");
        if let Some((method, name)) = place.split_once('#') {
            let params = &mut api.root.find_method(method)?.params;
            return params
                .iter_mut()
                .find(|param| param.wire == name)
                .map(Place::Param);
        }
        field(api, place).map(Place::Field)
    }

    pub(super) fn ty(&self) -> &Type {
        match self {
            Self::Param(param) => &param.ty,
            Self::Field(field) => &field.ty,
        }
    }

    pub(super) fn length(&mut self) -> &mut Option<LengthLimit> {
        match self {
            Self::Param(param) => &mut param.length,
            Self::Field(field) => &mut field.length,
        }
    }

    pub(super) fn default(&mut self) -> &mut Option<String> {
        match self {
            Self::Param(param) => &mut param.default,
            Self::Field(field) => &mut field.default,
        }
    }

    pub(super) fn maximum(&mut self) -> &mut Option<String> {
        match self {
            Self::Param(param) => &mut param.maximum,
            Self::Field(field) => &mut field.maximum,
        }
    }
}

/// The field that `Schema.property` names.
pub(super) fn field<'a>(api: &'a mut Api, place: &str) -> Option<&'a mut Field> {
    let (owner, property) = place.rsplit_once('.')?;
    let schema = api.schemas.iter_mut().find(|schema| schema.wire == owner)?;
    match &mut schema.kind {
        Kind::Struct(fields) => fields.iter_mut().find(|field| field.wire == property),
        _ => None,
    }
}
