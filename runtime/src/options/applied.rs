//! What comes of the options of a call: with the defaults of its client, and in its request.

use super::CallOptions;
use crate::Timeouts;
use crate::url::Query;

impl CallOptions {
    /// These options, and those of `defaults` for what they don't say.
    pub(crate) fn or(&self, defaults: &Self) -> Self {
        let both = |ours: &[(String, String)], theirs: &[(String, String)]| {
            let missing = theirs
                .iter()
                .filter(|(name, _)| ours.iter().all(|(own, _)| own != name));
            missing.chain(ours).cloned().collect()
        };
        Self {
            fields: self.fields.clone().or_else(|| defaults.fields.clone()),
            quota_user: self
                .quota_user
                .clone()
                .or_else(|| defaults.quota_user.clone()),
            pretty_print: self.pretty_print.or(defaults.pretty_print),
            user_project: self
                .user_project
                .clone()
                .or_else(|| defaults.user_project.clone()),
            headers: both(&self.headers, &defaults.headers),
            query: both(&self.query, &defaults.query),
            attempt_timeout: self.attempt_timeout.or(defaults.attempt_timeout),
            total_timeout: self.total_timeout.or(defaults.total_timeout),
            retry: self.retry.clone().or_else(|| defaults.retry.clone()),
            safety: self.safety.or(defaults.safety),
            strict_decoding: self.strict_decoding.or(defaults.strict_decoding),
            max_decoded_size: self.max_decoded_size.or(defaults.max_decoded_size),
            error: self.error.clone().or_else(|| defaults.error.clone()),
        }
    }

    pub(crate) fn timeouts(&self, client: Timeouts) -> Timeouts {
        Timeouts {
            attempt: self.attempt_timeout.map_or(client.attempt, |limit| limit.0),
            total: self.total_timeout.map_or(client.total, |limit| limit.0),
            ..client
        }
    }

    /// Adds what the options say; JSON is asked for without line breaks where `compact` says so and
    /// they do not.
    pub(crate) fn add_to_query(&self, query: &mut Query, compact: bool) {
        let own = self.query.iter().any(|(name, _)| name == "prettyPrint");
        let default = (compact && !own).then_some(false);
        let pretty = self.pretty_print.or(default);
        let known = [
            ("fields", self.fields.as_deref()),
            ("quotaUser", self.quota_user.as_deref()),
            (
                "prettyPrint",
                pretty.map(|pretty| if pretty { "true" } else { "false" }),
            ),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                query.push(name, value);
            }
        }
        for (name, value) in &self.query {
            query.push(name, value);
        }
    }

    /// The headers as names in lower case and values.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let project = self.user_project.as_deref();
        let project = project.map(|project| ("x-goog-user-project", project));
        let others = self.headers.iter();
        project
            .into_iter()
            .chain(others.map(|(name, value)| (name.as_str(), value.as_str())))
    }
}
