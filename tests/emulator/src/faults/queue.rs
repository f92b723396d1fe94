//! The planned faults, in the order they were planned.

use super::Fault;

/// Plans that were not used up yet.
#[derive(Debug, Default)]
pub(crate) struct FaultQueue {
    plans: Vec<(String, Fault)>,
}

impl FaultQueue {
    pub(crate) fn plan(&mut self, target: &str, fault: Fault) {
        if fault.times > 0 {
            self.plans.push((target.to_owned(), fault));
        }
    }

    /// The fault for a call: that of the first plan which matches and lets no more calls pass.
    pub(crate) fn take(&mut self, method_id: &str, path: &str) -> Option<Fault> {
        let mut found = None;
        for (index, (target, fault)) in self.plans.iter_mut().enumerate() {
            if !matches(target, method_id, path) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.times -= 1;
            found = Some((index, fault.clone()));
            break;
        }
        let (index, fault) = found?;
        if fault.times == 0 {
            drop(self.plans.remove(index));
        }
        Some(fault)
    }

    /// What was planned and did not happen, one line each.
    pub(crate) fn left(&self) -> Vec<String> {
        let line = |(target, fault): &(String, Fault)| {
            format!(
                "{target}: {} more of {:?}, after {} calls",
                fault.times, fault.action, fault.skip
            )
        };
        self.plans.iter().map(line).collect()
    }

    pub(crate) fn clear(&mut self) {
        self.plans.clear();
    }
}

/// A target is `*`, a method id, the first words of one (`uploads`), or a path, which may end with `*`.
fn matches(target: &str, method_id: &str, path: &str) -> bool {
    if target.starts_with('/') {
        return target
            .strip_suffix('*')
            .map_or(target == path, |start| path.starts_with(start));
    }
    let target = target.strip_prefix("photoslibrary.").unwrap_or(target);
    let rest = method_id.strip_prefix(target);
    target == "*" || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_match_whole_words_of_method_ids_and_paths() {
        for (target, expected) in [
            ("uploads.query", true),
            ("uploads", true),
            ("upload", false),
            ("uploads.query.more", false),
            ("photoslibrary.uploads.query", true),
            ("*", true),
            ("/v1/uploads", true),
            ("/v1/up*", true),
            ("/v1/up", false),
        ] {
            assert_eq!(
                matches(target, "uploads.query", "/v1/uploads"),
                expected,
                "{target}"
            );
        }
    }

    #[test]
    fn faults_come_in_order_and_are_accounted_for() {
        let mut queue = FaultQueue::default();
        queue.plan("albums.get", Fault::status(503).times(2));
        queue.plan("albums", Fault::status(500).skip(1));
        let status = |queue: &mut FaultQueue| {
            queue
                .take("albums.get", "/v1/albums/a")
                .map(|fault| match fault.action {
                    super::super::Action::Instead(reply) => reply.status,
                    other => panic!("unexpected {other:?}"),
                })
        };
        assert_eq!(status(&mut queue), Some(503));
        assert_eq!(queue.left().len(), 2);
        assert_eq!(status(&mut queue), Some(503));
        assert_eq!(queue.left().len(), 1);
        assert_eq!(
            status(&mut queue),
            None,
            "the second plan lets one call pass"
        );
        assert_eq!(status(&mut queue), Some(500));
        assert_eq!(queue.left(), Vec::<String>::new());
        assert_eq!(status(&mut queue), None);
    }
}
