//! The key in the link, and the cookie in exchange for it.

use crate::site::{CLIENTS, Site};

const NO_ACCESS: &str = "Access Key Required";

#[test]
fn the_link_gives_a_cookie_and_redirects_to_an_address_without_the_key() {
    let site = Site::new();
    let key = site.server.link().split_once("/?key=").unwrap().1;
    let answer = site.get(&format!("/?key={key}"));
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), Some("/"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let cookie = answer.header("set-cookie").unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "HttpOnly; SameSite=Strict; Path=/");
    let (name, session) = pair.split_once('=').unwrap();
    assert!(
        name.ends_with(site.server.url().rsplit_once(':').unwrap().1),
        "{name}"
    );
    assert!(session.len() >= 32 && session != key, "{session}");
    assert!(!answer.head.contains(key) && !answer.text().contains(key));
}

#[test]
fn a_wrong_key_gives_nothing() {
    let site = Site::new();
    let right = site.server.link().split_once("/?key=").unwrap().1;
    let short = right.strip_prefix(|_: char| true).unwrap();
    let changed = format!("{}{short}", if right.starts_with('0') { '1' } else { '0' });
    for key in [
        "",
        "x",
        short,
        &changed,
        &format!("{right}0"),
        &right.to_uppercase(),
    ] {
        let answer = site.get(&format!("/?key={key}"));
        assert_eq!(
            (answer.status, answer.header("set-cookie")),
            (403, None),
            "{key}"
        );
        assert!(
            answer
                .text()
                .contains("open the one that the server printed")
        );
    }
}

#[test]
fn the_key_counts_at_the_root_only_and_only_once() {
    let site = Site::new();
    let key = site.server.link().split_once("/?key=").unwrap().1;
    let first_counts = site.get(&format!("/?key=x&key={key}"));
    assert_eq!(
        (first_counts.status, first_counts.header("set-cookie")),
        (403, None)
    );
    let elsewhere = site.get(&format!("/index.html?key={key}"));
    assert_eq!(
        (elsewhere.status, elsewhere.header("set-cookie")),
        (200, None)
    );
    let in_the_api = site
        .post(CLIENTS, "{}")
        .without("cookie")
        .with("Authorization", key)
        .send();
    assert_eq!(in_the_api.status, 401);
}

#[test]
fn without_the_cookie_the_page_loads_and_nothing_is_looked_up() {
    let site = Site::new();
    assert_eq!(site.get("/").status, 200);
    let (status, code, text) = site.post(CLIENTS, "{}").without("cookie").send().refusal();
    assert_eq!((status, code.as_str()), (401, NO_ACCESS));
    assert!(text.contains("open the link"), "{text}");
    assert_eq!(site.tenant.served(), 0);
}

#[test]
fn no_other_cookie_will_do() {
    let (site, other) = (Site::new(), Site::new());
    let right = site.cookie();
    let (name, session) = right.split_once('=').unwrap();
    let key = site.server.link().split_once("/?key=").unwrap().1;
    for cookie in [
        other.cookie(),
        format!("{name}="),
        format!("{name}={key}"),
        format!("{name}={session}0"),
        format!("{name}={}", session.strip_prefix(|_: char| true).unwrap()),
        format!("{name}x={session}"),
        session.to_owned(),
    ] {
        let (status, code, _) = site
            .post(CLIENTS, "{}")
            .with("Cookie", &cookie)
            .send()
            .refusal();
        assert_eq!((status, code.as_str()), (401, NO_ACCESS), "{cookie}");
    }
    assert_eq!(site.tenant.served(), 0);
    let among_others = format!("a=b; {right}; {name}=stale");
    assert_eq!(
        site.post(CLIENTS, "{}")
            .with("Cookie", &among_others)
            .send()
            .status,
        200
    );
}

#[test]
fn each_start_has_its_own_key() {
    let (one, two) = (Site::new(), Site::new());
    let key = |site: &Site| {
        site.server
            .link()
            .split_once("/?key=")
            .unwrap()
            .1
            .to_owned()
    };
    assert_ne!(key(&one), key(&two));
    assert_eq!(one.get(&format!("/?key={}", key(&two))).status, 403);
    assert!(!format!("{:?}", one.server).contains(&key(&one)));
}
