// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schema.rs.

//! Types that only `albums_add_enrichment` uses.

use crate::schemas;

/// Body of `albums.addEnrichment`: what to add, and where.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AddEnrichmentToAlbumRequest {
    /// Place of the enrichment in the album. The service refuses a request without it.
    /// Required in requests.
    pub album_position: Option<schemas::AlbumPosition>,
    /// The enrichment to add. The service refuses a request without it.
    /// Required in requests.
    pub new_enrichment_item: Option<schemas::NewEnrichmentItem>,
}

impl AddEnrichmentToAlbumRequest {
    /// Sets [`album_position`](Self::album_position).
    #[must_use]
    pub fn with_album_position(
        mut self,
        album_position: schemas::AlbumPosition,
    ) -> Self {
        self.album_position = Some(album_position);
        self
    }

    /// Sets [`new_enrichment_item`](Self::new_enrichment_item).
    #[must_use]
    pub fn with_new_enrichment_item(
        mut self,
        new_enrichment_item: schemas::NewEnrichmentItem,
    ) -> Self {
        self.new_enrichment_item = Some(new_enrichment_item);
        self
    }
}

discovery_runtime::codegen::schema! {
    AddEnrichmentToAlbumRequest {
        "albumPosition" => album_position,
        "newEnrichmentItem" => new_enrichment_item,
    }
}

/// Response of `albums.addEnrichment`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AddEnrichmentToAlbumResponse {
    /// The enrichment that was added.
    ///
    /// No method returns it again, so keep its `id` if you will need it.
    pub enrichment_item: Option<schemas::EnrichmentItem>,
}

discovery_runtime::codegen::schema! {
    AddEnrichmentToAlbumResponse {
        "enrichmentItem" => enrichment_item,
    }
}

/// An enrichment in an album. Its content cannot be read back.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EnrichmentItem {
    /// Identifier of the enrichment.
    ///
    /// Its one use is in `relativeEnrichmentItemId`, to place content after the enrichment.
    pub id: Option<String>,
}

discovery_runtime::codegen::schema! {
    EnrichmentItem {
        "id" => id,
    }
}

/// A point on the Earth, in degrees.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LatLng {
    /// Degrees north of the equator, -90 to 90. Negative values are south.
    pub latitude: Option<f64>,
    /// Degrees east of the prime meridian, -180 to 180. Negative values are west.
    pub longitude: Option<f64>,
}

impl LatLng {
    /// Sets [`latitude`](Self::latitude).
    #[must_use]
    pub fn with_latitude(mut self, latitude: f64) -> Self {
        self.latitude = Some(latitude);
        self
    }

    /// Sets [`longitude`](Self::longitude).
    #[must_use]
    pub fn with_longitude(mut self, longitude: f64) -> Self {
        self.longitude = Some(longitude);
        self
    }
}

discovery_runtime::codegen::schema! {
    LatLng {
        "latitude" => latitude,
        "longitude" => longitude,
    }
}

/// A place with a name.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Location {
    /// Where the place is on the map.
    pub latlng: Option<schemas::LatLng>,
    /// Name of the place as the user sees it.
    pub location_name: Option<String>,
}

impl Location {
    /// Sets [`latlng`](Self::latlng).
    #[must_use]
    pub fn with_latlng(mut self, latlng: schemas::LatLng) -> Self {
        self.latlng = Some(latlng);
        self
    }

    /// Sets [`location_name`](Self::location_name).
    #[must_use]
    pub fn with_location_name(mut self, location_name: impl Into<String>) -> Self {
        self.location_name = Some(location_name.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    Location {
        "latlng" => latlng,
        "locationName" => location_name,
    }
}

/// Shows one place in an album, with a marker and its name.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LocationEnrichment {
    /// The place to show.
    pub location: Option<schemas::Location>,
}

impl LocationEnrichment {
    /// Sets [`location`](Self::location).
    #[must_use]
    pub fn with_location(mut self, location: schemas::Location) -> Self {
        self.location = Some(location);
        self
    }
}

discovery_runtime::codegen::schema! {
    LocationEnrichment {
        "location" => location,
    }
}

/// Shows a map of a journey in an album, from one place to another.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MapEnrichment {
    /// The place where the journey ends.
    pub destination: Option<schemas::Location>,
    /// The place where the journey starts.
    pub origin: Option<schemas::Location>,
}

impl MapEnrichment {
    /// Sets [`destination`](Self::destination).
    #[must_use]
    pub fn with_destination(mut self, destination: schemas::Location) -> Self {
        self.destination = Some(destination);
        self
    }

    /// Sets [`origin`](Self::origin).
    #[must_use]
    pub fn with_origin(mut self, origin: schemas::Location) -> Self {
        self.origin = Some(origin);
        self
    }
}

discovery_runtime::codegen::schema! {
    MapEnrichment {
        "destination" => destination,
        "origin" => origin,
    }
}

/// An enrichment to add to an album. Set exactly one of its fields.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NewEnrichmentItem {
    /// A place to show.
    pub location_enrichment: Option<schemas::LocationEnrichment>,
    /// A journey to show on a map.
    pub map_enrichment: Option<schemas::MapEnrichment>,
    /// A text to show.
    pub text_enrichment: Option<schemas::TextEnrichment>,
}

impl NewEnrichmentItem {
    /// Sets [`location_enrichment`](Self::location_enrichment).
    #[must_use]
    pub fn with_location_enrichment(
        mut self,
        location_enrichment: schemas::LocationEnrichment,
    ) -> Self {
        self.location_enrichment = Some(location_enrichment);
        self
    }

    /// Sets [`map_enrichment`](Self::map_enrichment).
    #[must_use]
    pub fn with_map_enrichment(
        mut self,
        map_enrichment: schemas::MapEnrichment,
    ) -> Self {
        self.map_enrichment = Some(map_enrichment);
        self
    }

    /// Sets [`text_enrichment`](Self::text_enrichment).
    #[must_use]
    pub fn with_text_enrichment(
        mut self,
        text_enrichment: schemas::TextEnrichment,
    ) -> Self {
        self.text_enrichment = Some(text_enrichment);
        self
    }
}

discovery_runtime::codegen::schema! {
    NewEnrichmentItem {
        "locationEnrichment" => location_enrichment,
        "mapEnrichment" => map_enrichment,
        "textEnrichment" => text_enrichment,
    }
}

/// Shows a text in an album.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TextEnrichment {
    /// The text to show, without any markup.
    pub text: Option<String>,
}

impl TextEnrichment {
    /// Sets [`text`](Self::text).
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    TextEnrichment {
        "text" => text,
    }
}
