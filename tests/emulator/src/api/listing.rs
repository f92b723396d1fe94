//! One page of a listing: page size, page token, and the token of the next page.

use super::Call;
use crate::clock::{plus, signed};
use crate::config::{Config, OverMaximum};
use crate::replies;
use crate::reply::Reply;
use crate::state::State;
use crate::state::pages::{Cursor, cut};

/// What a caller asks for, and the limits of the method.
#[derive(Debug)]
pub(crate) struct Listing<'a> {
    pub(crate) page_size: i32,
    pub(crate) page_token: &'a str,
    pub(crate) default: i32,
    pub(crate) maximum: i32,
    /// Every other field of the request: a token is good only together with the same ones.
    pub(crate) query: String,
}

impl<'a> Listing<'a> {
    /// A listing whose fields are query parameters.
    pub(crate) fn from_query(call: &Call<'a>, default: i32, maximum: i32) -> Result<Self, Reply> {
        let page_size = call.query.int32("pageSize")?.unwrap_or(0);
        let exclude = call
            .query
            .flag("excludeNonAppCreatedData")?
            .unwrap_or(false);
        Ok(Self {
            page_size,
            page_token: call.query.get("pageToken").unwrap_or_default(),
            default,
            maximum,
            query: format!("{page_size} {exclude}"),
        })
    }

    /// The ids of the page, and the token of the next one. `all` finds the ids for a first page.
    pub(crate) fn page(
        self,
        call: &mut Call<'_>,
        all: impl FnOnce(&State) -> Vec<String>,
    ) -> Result<(Vec<String>, Option<String>), Reply> {
        let size = self.size(&call.state.config)?;
        let query = format!(
            "{} {} {} {}",
            call.method.id, call.who.user, call.who.client, self.query
        );
        let now = call.state.now();
        let cursor = if self.page_token.is_empty() {
            Cursor {
                query,
                ids: all(call.state).into(),
                next: 0,
                page: 0,
                issued: now,
            }
        } else {
            self.continued(call.state, &query)?
        };
        let (ids, next) = cut(&cursor, size, call.state.config.quirks);
        let token = next.map(|next| {
            let token = format!("Ck{}", call.state.ids.opaque());
            call.state.pages.insert(
                token.clone(),
                Cursor {
                    issued: now,
                    ..next
                },
            );
            token
        });
        Ok((ids, token))
    }

    fn continued(&self, state: &State, query: &str) -> Result<Cursor, Reply> {
        let refuse = |note: &str| replies::invalid_argument().note(note);
        let cursor = state
            .pages
            .get(self.page_token)
            .ok_or_else(|| refuse("the page token is not known"))?;
        if cursor.query != query {
            return Err(refuse("the page token belongs to another request"));
        }
        let end = state
            .config
            .page_token_lifetime
            .map(|lifetime| plus(cursor.issued, signed(lifetime)));
        if end.is_some_and(|end| end <= state.now()) {
            return Err(refuse("the page token expired"));
        }
        Ok(cursor.clone())
    }

    fn size(&self, config: &Config) -> Result<usize, Reply> {
        let size = match self.page_size {
            0 => self.default,
            size if size > self.maximum && config.page_size_over_maximum == OverMaximum::Refuse => {
                return Err(replies::invalid_argument().note("the page size is above the maximum"));
            }
            size => size.min(self.maximum),
        };
        let size = usize::try_from(size)
            .map_err(|_| replies::invalid_argument().note("the page size is negative"))?;
        // A page of 0 items would never end a listing.
        let largest = config
            .largest_page
            .map_or(usize::MAX, |largest| largest.max(1) as usize);
        Ok(size.min(largest))
    }
}
