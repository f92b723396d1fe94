// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schema.rs.

//! Types that only `media_items_search` uses.

use crate::schemas;

/// The schema `ContentFilter.excludedContentCategories[]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentCategory {
    /// No category. It has no effect next to any other.
    None,
    /// Scenery: mountains, coasts, fields and the like.
    Landscapes,
    /// Receipts.
    Receipts,
    /// Views of cities.
    Cityscapes,
    /// Famous buildings and places.
    Landmarks,
    /// Pictures that people took of themselves.
    Selfies,
    /// People.
    People,
    /// Pets.
    Pets,
    /// Weddings.
    Weddings,
    /// Birthday celebrations.
    Birthdays,
    /// Documents.
    Documents,
    /// Journeys.
    Travel,
    /// Animals.
    Animals,
    /// Food and meals.
    Food,
    /// Sports and matches.
    Sport,
    /// Scenes at night.
    Night,
    /// Concerts, plays and other shows.
    Performances,
    /// Whiteboards.
    Whiteboards,
    /// Screenshots.
    Screenshots,
    /// Pictures kept for their use, such as those of documents, whiteboards or screens.
    Utility,
    /// Works of art.
    Arts,
    /// Handicraft.
    Crafts,
    /// Fashion.
    Fashion,
    /// Houses.
    Houses,
    /// Gardens.
    Gardens,
    /// Flowers.
    Flowers,
    /// Pictures of holidays.
    Holidays,
    /// A value that this version of the crate does not know; it is kept as it came.
    Unrecognized(discovery_runtime::UnrecognizedValue),
}

discovery_runtime::codegen::open_enum! {
    ContentCategory {
        "NONE" => None,
        "LANDSCAPES" => Landscapes,
        "RECEIPTS" => Receipts,
        "CITYSCAPES" => Cityscapes,
        "LANDMARKS" => Landmarks,
        "SELFIES" => Selfies,
        "PEOPLE" => People,
        "PETS" => Pets,
        "WEDDINGS" => Weddings,
        "BIRTHDAYS" => Birthdays,
        "DOCUMENTS" => Documents,
        "TRAVEL" => Travel,
        "ANIMALS" => Animals,
        "FOOD" => Food,
        "SPORT" => Sport,
        "NIGHT" => Night,
        "PERFORMANCES" => Performances,
        "WHITEBOARDS" => Whiteboards,
        "SCREENSHOTS" => Screenshots,
        "UTILITY" => Utility,
        "ARTS" => Arts,
        "CRAFTS" => Crafts,
        "FASHION" => Fashion,
        "HOUSES" => Houses,
        "GARDENS" => Gardens,
        "FLOWERS" => Flowers,
        "HOLIDAYS" => Holidays,
    } else Unrecognized
}

/// Selects media items by what the service recognizes in them.
///
/// An item is found if it has any of the included categories and none of the excluded ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ContentFilter {
    /// Categories that an item must not have, at most 10.
    ///
    /// They win over `includedContentCategories`.
    pub excluded_content_categories: Vec<schemas::ContentCategory>,
    /// Categories of which an item must have at least one, at most 10.
    pub included_content_categories: Vec<schemas::ContentCategory>,
}

impl ContentFilter {
    /// Sets [`excluded_content_categories`](Self::excluded_content_categories).
    #[must_use]
    pub fn with_excluded_content_categories(
        mut self,
        excluded_content_categories: impl IntoIterator<Item = schemas::ContentCategory>,
    ) -> Self {
        self.excluded_content_categories = excluded_content_categories
            .into_iter()
            .collect();
        self
    }

    /// Sets [`included_content_categories`](Self::included_content_categories).
    #[must_use]
    pub fn with_included_content_categories(
        mut self,
        included_content_categories: impl IntoIterator<Item = schemas::ContentCategory>,
    ) -> Self {
        self.included_content_categories = included_content_categories
            .into_iter()
            .collect();
        self
    }
}

discovery_runtime::codegen::schema! {
    ContentFilter {
        "excludedContentCategories" => excluded_content_categories,
        "includedContentCategories" => included_content_categories,
    }
}

/// A day, or a month, a year, or a day that comes every year.
///
/// A field that is 0 or absent stands for any value: without `day` the date is a whole month,
/// without `day` and `month` a whole year, and without `year` that day of every year. The
/// service refuses a `day` without a `month`, and a date with neither `day` nor `year`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Date {
    /// Day of the month, 1 to 31, or 0 for every day of the month or year.
    pub day: Option<i32>,
    /// Month of the year, 1 to 12, or 0 for a whole year.
    pub month: Option<i32>,
    /// Year, 1 to 9999, or 0 for every year.
    pub year: Option<i32>,
}

impl Date {
    /// Sets [`day`](Self::day).
    #[must_use]
    pub fn with_day(mut self, day: i32) -> Self {
        self.day = Some(day);
        self
    }

    /// Sets [`month`](Self::month).
    #[must_use]
    pub fn with_month(mut self, month: i32) -> Self {
        self.month = Some(month);
        self
    }

    /// Sets [`year`](Self::year).
    #[must_use]
    pub fn with_year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }
}

discovery_runtime::codegen::schema! {
    Date {
        "day" => day,
        "month" => month,
        "year" => year,
    }
}

/// Selects media items by the day they were taken.
///
/// An item without a capture date is never found: the time of upload does not stand in for it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DateFilter {
    /// Days, months or years, at most 5. They may be combined with `ranges`.
    pub dates: Vec<schemas::Date>,
    /// Spans of time, at most 5. They may be combined with `dates`.
    pub ranges: Vec<schemas::DateRange>,
}

impl DateFilter {
    /// Sets [`dates`](Self::dates).
    #[must_use]
    pub fn with_dates(mut self, dates: impl IntoIterator<Item = schemas::Date>) -> Self {
        self.dates = dates.into_iter().collect();
        self
    }

    /// Sets [`ranges`](Self::ranges).
    #[must_use]
    pub fn with_ranges(
        mut self,
        ranges: impl IntoIterator<Item = schemas::DateRange>,
    ) -> Self {
        self.ranges = ranges.into_iter().collect();
        self
    }
}

discovery_runtime::codegen::schema! {
    DateFilter {
        "dates" => dates,
        "ranges" => ranges,
    }
}

/// A span of dates, both ends included.
///
/// Both ends must have the same form: what is 0 or absent in one must be so in the other.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DateRange {
    /// Last day, month or year of the span.
    pub end_date: Option<schemas::Date>,
    /// First day, month or year of the span.
    pub start_date: Option<schemas::Date>,
}

impl DateRange {
    /// Sets [`end_date`](Self::end_date).
    #[must_use]
    pub fn with_end_date(mut self, end_date: schemas::Date) -> Self {
        self.end_date = Some(end_date);
        self
    }

    /// Sets [`start_date`](Self::start_date).
    #[must_use]
    pub fn with_start_date(mut self, start_date: schemas::Date) -> Self {
        self.start_date = Some(start_date);
        self
    }
}

discovery_runtime::codegen::schema! {
    DateRange {
        "endDate" => end_date,
        "startDate" => start_date,
    }
}

/// The schema `FeatureFilter.includedFeatures[]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Feature {
    /// No feature is asked for, so every item matches.
    None,
    /// Items that the user marked as a favorite.
    Favorites,
    /// A value that this version of the crate does not know; it is kept as it came.
    Unrecognized(discovery_runtime::UnrecognizedValue),
}

discovery_runtime::codegen::open_enum! {
    Feature {
        "NONE" => None,
        "FAVORITES" => Favorites,
    } else Unrecognized
}

/// Selects media items by marks that they carry.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct FeatureFilter {
    /// Features of which an item must have at least one.
    pub included_features: Vec<schemas::Feature>,
}

impl FeatureFilter {
    /// Sets [`included_features`](Self::included_features).
    #[must_use]
    pub fn with_included_features(
        mut self,
        included_features: impl IntoIterator<Item = schemas::Feature>,
    ) -> Self {
        self.included_features = included_features.into_iter().collect();
        self
    }
}

discovery_runtime::codegen::schema! {
    FeatureFilter {
        "includedFeatures" => included_features,
    }
}

/// Conditions that media items in the library must meet, all at once.
///
/// They cannot be combined with the `albumId` of a search; even `includeArchivedMedia` alone is
/// refused there.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Filters {
    /// Condition on what is in the picture.
    pub content_filter: Option<schemas::ContentFilter>,
    /// Condition on the day of capture. It is also what `orderBy` of a search needs.
    pub date_filter: Option<schemas::DateFilter>,
    /// Whether to leave out items that your app did not create.
    ///
    /// It changes nothing today: only items that your app created can be found in the first place.
    pub exclude_non_app_created_data: Option<bool>,
    /// Condition on marks, such as that of a favorite.
    pub feature_filter: Option<schemas::FeatureFilter>,
    /// Whether items in the user's archive are found too. Default `false`.
    pub include_archived_media: Option<bool>,
    /// Condition on whether an item is a photo or a video.
    pub media_type_filter: Option<schemas::MediaTypeFilter>,
}

impl Filters {
    /// Sets [`content_filter`](Self::content_filter).
    #[must_use]
    pub fn with_content_filter(
        mut self,
        content_filter: schemas::ContentFilter,
    ) -> Self {
        self.content_filter = Some(content_filter);
        self
    }

    /// Sets [`date_filter`](Self::date_filter).
    #[must_use]
    pub fn with_date_filter(mut self, date_filter: schemas::DateFilter) -> Self {
        self.date_filter = Some(date_filter);
        self
    }

    /// Sets [`exclude_non_app_created_data`](Self::exclude_non_app_created_data).
    #[must_use]
    pub fn with_exclude_non_app_created_data(
        mut self,
        exclude_non_app_created_data: bool,
    ) -> Self {
        self.exclude_non_app_created_data = Some(exclude_non_app_created_data);
        self
    }

    /// Sets [`feature_filter`](Self::feature_filter).
    #[must_use]
    pub fn with_feature_filter(
        mut self,
        feature_filter: schemas::FeatureFilter,
    ) -> Self {
        self.feature_filter = Some(feature_filter);
        self
    }

    /// Sets [`include_archived_media`](Self::include_archived_media).
    #[must_use]
    pub fn with_include_archived_media(mut self, include_archived_media: bool) -> Self {
        self.include_archived_media = Some(include_archived_media);
        self
    }

    /// Sets [`media_type_filter`](Self::media_type_filter).
    #[must_use]
    pub fn with_media_type_filter(
        mut self,
        media_type_filter: schemas::MediaTypeFilter,
    ) -> Self {
        self.media_type_filter = Some(media_type_filter);
        self
    }
}

discovery_runtime::codegen::schema! {
    Filters {
        "contentFilter" => content_filter,
        "dateFilter" => date_filter,
        "excludeNonAppCreatedData" => exclude_non_app_created_data,
        "featureFilter" => feature_filter,
        "includeArchivedMedia" => include_archived_media,
        "mediaTypeFilter" => media_type_filter,
    }
}

/// The schema `MediaTypeFilter.mediaTypes[]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaType {
    /// Photos and videos alike, as without this filter.
    AllMedia,
    /// Videos.
    Video,
    /// Photos.
    Photo,
    /// A value that this version of the crate does not know; it is kept as it came.
    Unrecognized(discovery_runtime::UnrecognizedValue),
}

discovery_runtime::codegen::open_enum! {
    MediaType {
        "ALL_MEDIA" => AllMedia,
        "VIDEO" => Video,
        "PHOTO" => Photo,
    } else Unrecognized
}

/// Selects photos or videos.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MediaTypeFilter {
    /// The kind of item to find. The list must have exactly one entry; the service refuses more.
    /// Exactly 1 entry.
    pub media_types: Vec<schemas::MediaType>,
}

impl MediaTypeFilter {
    /// Sets [`media_types`](Self::media_types).
    #[must_use]
    pub fn with_media_types(
        mut self,
        media_types: impl IntoIterator<Item = schemas::MediaType>,
    ) -> Self {
        self.media_types = media_types.into_iter().collect();
        self
    }
}

discovery_runtime::codegen::schema! {
    MediaTypeFilter {
        "mediaTypes" => media_types,
    }
}

/// Body of `mediaItems.search`. Set either `albumId` or `filters`, or neither.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SearchMediaItemsRequest {
    /// Identifier of the album to list, archived items included.
    ///
    /// It must not be combined with `filters`.
    pub album_id: Option<String>,
    /// Conditions on the items to find. They must not be combined with `albumId`.
    pub filters: Option<schemas::Filters>,
    /// Order of the items: `MediaMetadata.creation_time` for oldest first,
    /// `MediaMetadata.creation_time desc` for newest first, which is the default.
    ///
    /// It needs a `dateFilter`, next to which only `includeArchivedMedia` and
    /// `excludeNonAppCreatedData` may be set.
    pub order_by: Option<String>,
    /// Number of media items a page may hold at most, 1 to 100.
    ///
    /// Default 25. The service may return fewer.
    pub page_size: Option<i32>,
    /// Continues a search: the `nextPageToken` of the page before.
    ///
    /// Leave it out for the first page, and keep every other field the same from page to page.
    pub page_token: Option<String>,
}

impl SearchMediaItemsRequest {
    /// Sets [`album_id`](Self::album_id).
    #[must_use]
    pub fn with_album_id(mut self, album_id: impl Into<String>) -> Self {
        self.album_id = Some(album_id.into());
        self
    }

    /// Sets [`filters`](Self::filters).
    #[must_use]
    pub fn with_filters(mut self, filters: schemas::Filters) -> Self {
        self.filters = Some(filters);
        self
    }

    /// Sets [`order_by`](Self::order_by).
    #[must_use]
    pub fn with_order_by(mut self, order_by: impl Into<String>) -> Self {
        self.order_by = Some(order_by.into());
        self
    }

    /// Sets [`page_size`](Self::page_size).
    #[must_use]
    pub fn with_page_size(mut self, page_size: i32) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// Sets [`page_token`](Self::page_token).
    #[must_use]
    pub fn with_page_token(mut self, page_token: impl Into<String>) -> Self {
        self.page_token = Some(page_token.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    SearchMediaItemsRequest {
        "albumId" => album_id,
        "filters" => filters,
        "orderBy" => order_by,
        "pageSize" => page_size,
        "pageToken" => page_token,
    }
}

/// One page of the media items that a search found.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SearchMediaItemsResponse {
    /// The media items on this page.
    ///
    /// Absent means none, which does not mean that this is the last page.
    pub media_items: Vec<schemas::MediaItem>,
    /// Token for the next page; absent on the last one.
    ///
    /// Nothing else tells whether more follows. The page that it leads to may turn out empty.
    pub next_page_token: Option<String>,
}

discovery_runtime::codegen::schema! {
    SearchMediaItemsResponse {
        "mediaItems" => media_items,
        "nextPageToken" => next_page_token,
    } strict ["mediaItems", "nextPageToken"]
}
