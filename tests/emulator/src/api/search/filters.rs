//! The filters of a search: what may be asked, and which items match.

use serde_json::Value;

use super::dates::DateFilter;
use crate::api::texts;
use crate::state::items::{Item, Media};

/// Checked filters. Different filters narrow each other; of the values in one filter any is enough.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filters {
    dates: Option<DateFilter>,
    included: Vec<String>,
    excluded: Vec<String>,
    media_type: Option<String>,
    favorites_only: bool,
    include_archived: bool,
    /// Whether anything but dates, archived items and app-created data was asked for.
    narrows_otherwise: bool,
}

/// Most categories in one list.
const CATEGORIES: usize = 10;

impl Filters {
    /// Reads and checks `filters`; the error says what is wrong.
    pub(crate) fn parse(filters: &Value) -> Result<Self, &'static str> {
        let content = filters.get("contentFilter").unwrap_or(&Value::Null);
        let features = filters.get("featureFilter").unwrap_or(&Value::Null);
        let narrowing = ["contentFilter", "mediaTypeFilter", "featureFilter"];
        let included_features = texts(features, "includedFeatures");
        Ok(Self {
            dates: filters
                .get("dateFilter")
                .map(DateFilter::parse)
                .transpose()?,
            included: categories(content, "includedContentCategories")?,
            excluded: categories(content, "excludedContentCategories")?,
            media_type: filters.get("mediaTypeFilter").map(media_type).transpose()?,
            // NONE is no filter, and any one of the values is enough.
            favorites_only: !included_features.is_empty()
                && !included_features.iter().any(|name| name == "NONE"),
            include_archived: filters
                .get("includeArchivedMedia")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            narrows_otherwise: narrowing.iter().any(|name| filters.get(name).is_some()),
        })
    }

    /// Whether `orderBy` may accompany these filters.
    pub(crate) fn allows_order(&self) -> bool {
        self.dates.is_some() && !self.narrows_otherwise
    }

    pub(crate) fn matches(&self, item: &Item) -> bool {
        let is_video = matches!(item.media, Media::Video(_));
        let media_type = match self.media_type.as_deref() {
            Some("VIDEO") => is_video,
            Some("PHOTO") => !is_video,
            _ => true,
        };
        let in_any = |categories: &[String]| {
            categories
                .iter()
                .any(|category| item.categories.contains(category))
        };
        media_type
            && (self.include_archived || !item.archived)
            && (!self.favorites_only || item.favorite)
            && (self.included.is_empty() || in_any(&self.included))
            && !in_any(&self.excluded)
            && self
                .dates
                .as_ref()
                .is_none_or(|dates| item.has_capture_time && dates.matches(item.creation_time))
    }
}

/// At most ten categories. `NONE` is ignored beside others, and alone it is no filter.
fn categories(filter: &Value, name: &str) -> Result<Vec<String>, &'static str> {
    let mut categories = texts(filter, name);
    if categories.len() > CATEGORIES {
        return Err("more than 10 categories");
    }
    categories.retain(|category| category != "NONE");
    Ok(categories)
}

fn media_type(filter: &Value) -> Result<String, &'static str> {
    match <[String; 1]>::try_from(texts(filter, "mediaTypes")) {
        Ok([media_type]) => Ok(media_type),
        Err(_) => Err("exactly one media type is needed"),
    }
}
