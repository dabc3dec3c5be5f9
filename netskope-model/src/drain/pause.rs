//! How long to leave a tenant alone after a page.

use crate::v2::Page;
use std::time::Duration;

/// What every known client waits where the tenant does not say.
const UNTOLD: i64 = 30;
/// The same after a page with records, behind which there are likely more.
const UNTOLD_WITH_RECORDS: i64 = 1;
/// The least after a page without records, so that a stream at rest is not asked all the time.
const LEAST_IF_EMPTY: i64 = 5;
/// The most that a tenant is believed.
const MOST: i64 = 300;

/// The wait after a page, from its arrival on: its `wait_time`, within reason.
pub(super) fn after(page: &Page) -> Duration {
    let (untold, least) = if page.is_empty() {
        (UNTOLD, LEAST_IF_EMPTY)
    } else {
        (UNTOLD_WITH_RECORDS, 0)
    };
    let seconds = page.wait_time().unwrap_or(untold).clamp(least, MOST);
    Duration::from_secs(seconds.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_believed_within_reason() {
        for (records, wait_time, seconds) in [
            (r#"{"_id":"a"}"#, "0", 0),
            (r#"{"_id":"a"}"#, "7", 7),
            (r#"{"_id":"a"}"#, "-7", 0),
            (r#"{"_id":"a"}"#, "301", 300),
            (r#"{"_id":"a"}"#, "9223372036854775807", 300),
            (r#"{"_id":"a"}"#, "null", 1),
            ("", "0", 5),
            ("", "-1", 5),
            ("", "45", 45),
            ("", "86400", 300),
            ("", "\"soon\"", 30),
        ] {
            let body = format!(r#"{{"ok":1,"result":[{records}],"wait_time":{wait_time}}}"#);
            let page = Page::read(body.into()).unwrap();
            assert_eq!(after(&page), Duration::from_secs(seconds), "{wait_time}");
        }
        assert_eq!(after(&Page::without_content()), Duration::from_secs(30));
    }
}
