//! Properties that exclude each other, as a correction names them.

use super::apply::Stale;
use super::place::field;
use crate::model::Api;

/// Notes a group of properties of which a request may have one at most.
pub(super) fn apply(api: &mut Api, schema: &str, properties: &[String]) -> Result<(), Stale> {
    let Some(index) = api.schemas.iter().position(|found| found.wire == schema) else {
        return Err(Stale::Missing(format!("schema `{schema}`")));
    };
    let mut group = properties.to_vec();
    group.sort();
    group.dedup();
    if group.len() != properties.len() || group.len() < 2 {
        let message = "`properties` must name two different properties or more";
        return Err(Stale::Unfit(message.to_owned()));
    }
    for property in properties {
        let place = format!("{schema}.{property}");
        match field(api, &place) {
            None => return Err(Stale::Missing(format!("property `{place}`"))),
            Some(field) if field.output_only => {
                let message = format!("only the service sets `{place}`; no request has it");
                return Err(Stale::Unfit(message));
            }
            Some(_) => {}
        }
    }
    let Some(found) = api.schemas.get_mut(index) else {
        return Ok(());
    };
    let is_same = |known: &Vec<String>| known.iter().all(|member| group.contains(member));
    if found
        .exclusive
        .iter()
        .any(|known| known.len() == group.len() && is_same(known))
    {
        return Err(Stale::Said("an earlier entry says so".to_owned()));
    }
    found.exclusive.push(properties.to_vec());
    Ok(())
}
