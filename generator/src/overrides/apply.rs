//! Applies each entry: as a patch of the document where its format can say it, as a fact where not.

use std::collections::BTreeMap;

use super::facts::{Fact, Facts, MethodFacts, Stale};
use super::{Change, Entry, MethodChange, Overrides, patch};
use crate::diagnostic::{Pointer, Sink};
use crate::discovery::{Document, is_null_value};
use crate::model::{Deprecation, LengthLimit};

/// Applies all entries in their order.
///
/// What fits the document is applied, and the rest reported. Some facts fit the document and not
/// the model that it leads to: those are reported where they are read.
pub(crate) fn apply(overrides: &Overrides, document: &mut Document, sink: &mut Sink) -> Facts {
    let mut facts = Facts::default();
    if overrides.document != document.id {
        sink.error(
            &Pointer::in_overrides().key("document"),
            format!(
                "these overrides are for `{}`, the document is `{}`",
                overrides.document, document.id
            ),
            "give the overrides of this document",
        );
        return facts;
    }
    let mut subjects: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, entry) in overrides.entries.iter().enumerate() {
        // Of two entries about the same, one would change nothing.
        let earlier = entry
            .change
            .subject()
            .and_then(|subject| subjects.insert(subject, index));
        if let Some(earlier) = earlier {
            sink.error(
                &entry.pointer,
                format!("`/entries/{earlier}` corrects the same"),
                "remove one of the two",
            );
        } else if let Err(stale) = change(entry, document, &mut facts, sink) {
            stale.report(&entry.pointer, sink);
        }
    }
    facts
}

fn change(
    entry: &Entry,
    document: &mut Document,
    facts: &mut Facts,
    sink: &mut Sink,
) -> Result<(), Stale> {
    let pointer = &entry.pointer;
    match &entry.change {
        Change::Type {
            place,
            kind,
            format,
        } => patch::value_type(document, place, kind, format.as_deref(), pointer)?,
        Change::DefaultValue { place, value } => {
            patch::say(&mut patch::place(document, place)?.default, value)?;
        }
        Change::Maximum { place, value } => {
            patch::say(&mut patch::place(document, place)?.maximum, value)?;
        }
        Change::OutputOnly { property } => {
            patch::set(&mut patch::property(document, property)?.read_only)?;
        }
        Change::RequiredProperty { property } => {
            patch::set(&mut patch::property(document, property)?.required)?;
        }
        Change::RequiredParameter { parameter } => patch::require(document, parameter)?,
        Change::ResumableUpload { method } => patch::open_to_resumable(document, method)?,
        Change::UploadMethod(upload) => {
            let path = patch::add_upload(document, upload, pointer)?;
            facts.method_mut(&path).upload_tokens = Some(upload.tokens());
        }
        Change::MethodScopes { method, scopes } => {
            patch::method_scopes(document, method, scopes)?;
            // A method without scopes is one for everybody, so a document can't say this.
            facts.method_mut(method).unusable = scopes.is_empty();
        }
        Change::EndScope { scope, ended, note } => {
            patch::scope(document, scope)?;
            let ended = Deprecation {
                since: Some(ended.clone()),
                note: note.clone(),
            };
            facts.ended_scopes.insert(scope.clone(), ended);
        }
        Change::ServiceHost { host } => {
            let urls = document.endpoints.iter().map(|endpoint| &endpoint.url);
            let mut urls = urls.chain(&document.mtls_root_url);
            let is_named = |url: &str| {
                let rest = url.strip_prefix("https://").unwrap_or_default();
                rest.split('/').next() == Some(host.as_str())
            };
            if !is_named(&document.root_url) && !urls.any(|url| is_named(url)) {
                return Err(Stale::Missing(format!("address at `https://{host}/`")));
            }
            facts.hosts.insert(host.clone());
        }
        Change::RateLimitDelay { seconds } => facts.rate_limit_delay = Some(*seconds),
        Change::MergeEnums { name, places } => {
            for place in places {
                name_enum(name, place, entry, document, facts, sink);
            }
        }
        Change::NameEnum { name, place } => {
            name_enum(name, place, entry, document, facts, sink);
        }
        Change::Length { place, limit } => length(place, *limit, entry, document, facts)?,
        Change::LocalTime { property } => {
            patch::property(document, property)?;
            facts.local_times.insert(property.clone(), fact(entry, ()));
        }
        Change::Secret { place } => {
            patch::place(document, place)?;
            facts.secrets.insert(place.clone(), fact(entry, ()));
        }
        Change::ExclusiveProperties { schema, properties } => {
            exclude(schema, properties, document, facts)?;
        }
        Change::Method { method, change } => {
            let is_deprecated = patch::method(document, method)?.deprecated;
            note(change, is_deprecated, entry, facts.method_mut(method))?;
        }
    }
    Ok(())
}

/// Notes what no document can say about a method.
fn note(
    change: &MethodChange,
    is_deprecated: bool,
    entry: &Entry,
    facts: &mut MethodFacts,
) -> Result<(), Stale> {
    match change {
        MethodChange::Deprecate(_) if is_deprecated => {
            let said = "the document marks the method as deprecated";
            return Err(Stale::Said(said.to_owned()));
        }
        MethodChange::Deprecate(deprecation) => facts.deprecated = Some(deprecation.clone()),
        MethodChange::Retry(retry) => facts.retry = Some(fact(entry, *retry)),
        MethodChange::Streamed(streamed) => facts.streamed = Some(fact(entry, *streamed)),
        MethodChange::Pages(pages) => facts.pages = Some(fact(entry, pages.clone())),
        MethodChange::Mask(mask) => facts.mask = Some(fact(entry, mask.clone())),
    }
    Ok(())
}

fn fact<T>(entry: &Entry, value: T) -> Fact<T> {
    Fact {
        pointer: entry.pointer.clone(),
        value,
    }
}

/// Gives the enum at `place` a name, which it may share with enums of the same values.
fn name_enum(
    name: &str,
    place: &str,
    entry: &Entry,
    document: &mut Document,
    facts: &mut Facts,
    sink: &mut Sink,
) {
    let Some(values) = inline_enum(document, place) else {
        sink.error(
            &entry.pointer,
            format!("the override no longer applies: the document has no enum at `{place}`"),
            "remove the entry, or correct the place",
        );
        return;
    };
    if facts.enum_names.contains_key(place) {
        sink.error(
            &entry.pointer,
            format!("an earlier entry names the enum at `{place}`"),
            "remove one of the two",
        );
        return;
    }
    let first = facts.enum_names.iter().find(|(_, known)| *known == name);
    if let Some((first, _)) = first
        && inline_enum(document, first).is_some_and(|first| first != values)
    {
        sink.error(
            &entry.pointer,
            format!("the override `{name}` merges enums with different values"),
            format!("remove `{place}` from the entry, or `{first}` from the one that names it"),
        );
        return;
    }
    facts.enum_names.insert(place.to_owned(), name.to_owned());
}

/// The values of an enum without a name of its own.
fn inline_enum(document: &mut Document, place: &str) -> Option<Vec<String>> {
    let has_name = document.schemas.iter().any(|(name, _)| name == place);
    let node = document.node(place).filter(|_| !has_name)?;
    let is_text = node.kind.as_deref() == Some("string") && node.format.is_none();
    let values = node
        .values
        .as_ref()
        .filter(|values| is_text && node.reference.is_none() && !is_null_value(values))?;
    Some(values.iter().map(|value| value.value.clone()).collect())
}

fn length(
    place: &str,
    limit: LengthLimit,
    entry: &Entry,
    document: &mut Document,
    facts: &mut Facts,
) -> Result<(), Stale> {
    patch::place(document, place)?;
    if matches!(limit, LengthLimit::Items { min, max } if min > max) {
        let unfit = "no list has at least `min` and at most `max` items";
        return Err(Stale::Unfit(unfit.to_owned()));
    }
    let place = place.trim_end_matches("[]").to_owned();
    facts.lengths.insert(place, fact(entry, limit));
    Ok(())
}

/// Notes a group of properties of which a request may have one at most.
fn exclude(
    schema: &str,
    properties: &[String],
    document: &mut Document,
    facts: &mut Facts,
) -> Result<(), Stale> {
    if document.node(schema).is_none() {
        return Err(Stale::Missing(format!("schema `{schema}`")));
    }
    let mut group = properties.to_vec();
    group.sort();
    group.dedup();
    if group.len() != properties.len() || group.len() < 2 {
        let message = "`properties` must name two different properties or more";
        return Err(Stale::Unfit(message.to_owned()));
    }
    for property in properties {
        let place = format!("{schema}.{property}");
        if patch::property(document, &place)?.read_only {
            let message = format!("only the service sets `{place}`; no request has it");
            return Err(Stale::Unfit(message));
        }
    }
    let groups = facts.exclusive.entry(schema.to_owned()).or_default();
    let is_same = |known: &Vec<String>| {
        known.len() == group.len() && known.iter().all(|member| group.contains(member))
    };
    if groups.iter().any(is_same) {
        return Err(Stale::Said("an earlier entry says so".to_owned()));
    }
    groups.push(properties.to_vec());
    Ok(())
}
