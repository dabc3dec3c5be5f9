//! The rate limit and its headers.

use super::*;

fn limited() -> StandIn {
    StandIn::new(Options {
        dataexport: backlog(100, 1),
        ..Options::default()
    })
}

/// The limit, what remains of it, and when it is reset.
fn headers(reply: &Reply) -> [&str; 3] {
    ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
        .map(|name| reply.response.headers()[name].to_str().unwrap())
}

#[test]
fn the_fifth_within_a_second_is_refused_and_moves_nothing() {
    let mut tenant = limited();
    for remaining in ["3", "2", "1", "0"] {
        let reply = turn(&mut tenant, 100, "next");
        assert_eq!(headers(&reply), ["4", remaining, "1"]);
        assert!(reply.response.headers().get("retry-after").is_none());
    }
    let refused = turn(&mut tenant, 1099, "next");
    assert_eq!(
        refusal(&refused),
        (429, "API rate limit exceeded".to_owned())
    );
    assert_eq!(headers(&refused), ["4", "0", "1"]);
    assert_eq!(refused.response.headers()["retry-after"], "1");
    assert_eq!(headers(&turn(&mut tenant, 1100, "next")), ["4", "3", "1"]);
    assert_eq!(tenant.served_pages().last().unwrap().positions, 4..5);
}

#[test]
fn the_window_slides() {
    let mut tenant = limited();
    let mut statuses = Vec::new();
    for at in [0, 300, 600, 900, 999, 1000, 1299, 1300, 1301] {
        statuses.push(turn(&mut tenant, at, "next").response.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 200, 429, 200, 429, 200, 429]);
}

#[test]
fn each_endpoint_has_its_own_limit_over_all_indexes() {
    let mut tenant = limited();
    for number in 0..4 {
        let query = format!("operation=next&index={number}");
        ask(&mut tenant, 0, "events/page", &query);
    }
    let query = "operation=next&index=4";
    let statuses = ["events/page", "events/alert"].map(|stream| {
        ask(&mut tenant, 0, stream, query)
            .response
            .status()
            .as_u16()
    });
    assert_eq!(statuses, [429, 200]);
}

#[test]
fn refused_tokens_count_and_have_the_headers() {
    let mut tenant = limited();
    let request = Request::get("/api/v2/events/dataexport/events/page?operation=next&index=a");
    let reply = tenant.handle(Tick::default(), &request.body(Vec::new()).unwrap());
    assert_eq!(reply.response.status(), 401);
    assert_eq!(headers(&reply), ["4", "3", "1"]);
}

#[test]
fn other_limits_and_none() {
    let mut wide = StandIn::new(Options {
        dataexport: DataExport {
            permits: 10,
            ..backlog(100, 1)
        },
        ..Options::default()
    });
    for _ in 0..10 {
        assert_eq!(turn(&mut wide, 0, "next").response.status(), 200);
    }
    assert_eq!(headers(&turn(&mut wide, 0, "next")), ["10", "0", "1"]);

    let mut unlimited = tenant(backlog(100, 1));
    for _ in 0..20 {
        let reply = turn(&mut unlimited, 0, "next");
        assert_eq!(reply.response.status(), 200);
        assert!(reply.response.headers().get("ratelimit-limit").is_none());
    }
}
