//! Changes of metadata, and the statuses 304, 404 and 412.

use google_storage_v1::Client;
use google_storage_v1::schemas::Object;
use programs::{Report, equal, failure, holds};

use crate::{BUCKET, Lacks, put};

pub async fn run(report: &mut Report, client: &Client, lacks: &Lacks) {
    let objects = client.objects();
    report
        .case("a change of metadata", async {
            put(client, "change/me", b"x".to_vec()).await?;
            let change = Object::default().with_content_type("text/html").with_cache_control("no-store");
            objects.patch(BUCKET, "change/me", change).send().await?;
            let object = objects.get(BUCKET, "change/me").send().await?;
            equal("its type", object.content_type.as_deref(), Some("text/html"))?;
            equal("its caching", object.cache_control.as_deref(), Some("no-store"))
        })
        .await;

    if !lacks.nulls {
        report
            .case("a field is cleared", async {
                let change = objects.patch(BUCKET, "change/me", Object::default());
                change.clear("cacheControl").send().await?;
                let object = objects.get(BUCKET, "change/me").send().await?;
                equal("its caching", object.cache_control.as_deref(), None)?;
                equal("its type", object.content_type.as_deref(), Some("text/html"))
            })
            .await;
    }

    report
        .case("what does not exist is not found", async {
            for error in [
                failure(objects.get(BUCKET, "no/such").send().await)?,
                failure(objects.delete(BUCKET, "no/such").send().await)?,
                failure(
                    objects.patch(BUCKET, "no/such", Object::default().with_content_type("a/b")).send().await,
                )?,
            ] {
                equal("the status", error.http_status(), Some(404))?;
                holds("the error says that it is not found", error.is_not_found())?;
            }
            Ok(())
        })
        .await;

    if lacks.conditions {
        return;
    }
    report
        .case("a condition that does not hold is status 412", async {
            let insert =
                objects.insert(BUCKET, Object::default().with_name("change/me")).if_generation_match(0);
            let error = failure(insert.upload(b"y".to_vec()).content_type("text/plain").send().await)?;
            equal("the status", error.http_status(), Some(412))?;
            holds("the outcome is known", !error.is_outcome_unknown())
        })
        .await;

    if lacks.not_modified {
        return;
    }
    report
        .case("an object that did not change is status 304", async {
            let object = objects.get(BUCKET, "change/me").send().await?;
            let call =
                objects.get(BUCKET, "change/me").if_generation_not_match(object.generation.unwrap_or(0));
            let error = failure(call.send().await)?;
            equal("the status", error.http_status(), Some(304))?;
            holds("it is no redirect", !error.is_redirect())
        })
        .await;
}
