//! Requests that another site's page makes a browser send.

use crate::{
    site::{CLIENTS, Site, settings},
    wire::Ask,
};
use netskope_web_demo::{StartError, spawn};

#[test]
fn other_names_are_answered_with_nothing() {
    let site = Site::new();
    let port = site.server.url().rsplit_once(':').unwrap().1;
    for host in [
        "evil.example",
        "127.0.0.1",
        &format!("evil.example:{port}"),
        &format!("localhost.:{port}"),
        "",
    ] {
        for ask in [
            site.ask("GET", "/"),
            site.ask("GET", "/nothing"),
            site.post(CLIENTS, "{}"),
        ] {
            let answer = ask.with("Host", host).send();
            assert_eq!(
                (answer.status, answer.text()),
                (421, "this server does not go by that name"),
                "{host}"
            );
        }
    }
    for ask in [
        site.ask("GET", "/").without("host"),
        site.ask("GET", "/").and("Host", "evil.example"),
        site.ask("GET", "http://evil.example/"),
    ] {
        let status = ask.clone().send().status;
        assert!(status == 421 || status == 400, "{ask:?}: {status}");
    }
    assert_eq!(site.tenant.served(), 0);
}

#[test]
fn localhost_is_a_name_with_its_own_origin() {
    let site = Site::new();
    let port = site.server.url().rsplit_once(':').unwrap().1;
    let host = format!("localhost:{port}");
    let ask = site.post(CLIENTS, "{}").with("Host", &host);
    assert_eq!(ask.clone().send().refusal().0, 421);
    assert_eq!(
        ask.with("Origin", &format!("http://{host}")).send().status,
        200
    );
}

#[test]
fn other_origins_are_refused() {
    let site = Site::new();
    let own = site.server.url();
    for origin in [
        "null",
        "",
        "http://evil.example",
        &own.replace("http:", "https:"),
        &format!("{own}/"),
        &format!("{own}0"),
        &format!("{own}.evil.example"),
    ] {
        refused(&site, &site.post(CLIENTS, "{}").with("Origin", origin));
    }
    refused(&site, &site.post(CLIENTS, "{}").without("origin"));
    refused(&site, &site.post(CLIENTS, "{}").and("Origin", own));
    for from in ["cross-site", "same-site", "none"] {
        refused(
            &site,
            &site.post(CLIENTS, "{}").with("Sec-Fetch-Site", from),
        );
    }
    assert_eq!(
        site.post(CLIENTS, "{}")
            .without("Sec-Fetch-Site")
            .send()
            .status,
        200
    );
}

#[test]
fn bodies_that_need_no_preflight_are_refused() {
    let site = Site::new();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "",
    ] {
        not_json(
            &site,
            &site.post(CLIENTS, "{}").with("Content-Type", content_type),
        );
    }
    not_json(&site, &site.post(CLIENTS, "{}").without("Content-Type"));
    let with_charset = site
        .post(CLIENTS, "{}")
        .with("Content-Type", "Application/JSON; charset=UTF-8");
    assert_eq!(with_charset.send().status, 200);
}

#[test]
fn preflights_are_not_answered_with_leave() {
    let site = Site::new();
    let preflight = site
        .ask("OPTIONS", CLIENTS)
        .with("Origin", "http://evil.example")
        .with("Access-Control-Request-Method", "POST");
    assert_eq!(preflight.send().status, 405);
}

fn refused(site: &Site, ask: &Ask) {
    let text = kept(site, ask, (421, "Request Refused"));
    assert!(text.contains("this server"), "{text}");
}

fn not_json(site: &Site, ask: &Ask) {
    let text = kept(site, ask, (400, "Request Error"));
    assert!(text.contains("content type"), "{text}");
}

/// What is said to a request that is answered like this and does not reach the tenant.
fn kept(site: &Site, ask: &Ask, answered: (u16, &str)) -> String {
    let before = site.tenant.served();
    let (status, code, text) = ask.clone().send().refusal();
    assert_eq!((status, code.as_str()), answered, "{ask:?}");
    assert_eq!(site.tenant.served(), before);
    text
}

#[test]
fn a_name_behind_a_proxy_is_https() {
    let site = Site::with(|settings| settings.allow_hosts = vec!["devices.example.com".to_owned()]);
    let (origin, path) = site
        .server
        .link()
        .split_at("https://devices.example.com".len());
    assert_eq!(origin, "https://devices.example.com");
    let named = |ask: Ask| ask.with("Host", "devices.example.com");
    let exchanged = named(site.ask("GET", path)).send();
    let cookie = exchanged.header("set-cookie").unwrap();
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/; Secure"),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap();
    let ask = Ask::new(site.server.url(), "POST", CLIENTS)
        .with("Cookie", pair)
        .with("Content-Type", "application/json")
        .body("{}");
    assert_eq!(named(ask.clone()).with("Origin", origin).send().status, 200);
    assert_eq!(
        named(ask.clone())
            .with("Origin", "http://devices.example.com")
            .send()
            .status,
        421
    );
    let own = site.server.url().to_owned();
    assert_eq!(ask.with("Origin", &own).send().status, 200);
}

#[test]
fn other_machines_are_served_only_on_request_and_under_a_name() {
    let mut settings = settings("acme.goskope.com");
    settings.listen = ([0, 0, 0, 0], 0).into();
    assert!(matches!(
        spawn(settings.clone()),
        Err(StartError::NotLoopback(_))
    ));
    settings.public = true;
    assert!(matches!(spawn(settings.clone()), Err(StartError::NoName)));
    settings.allow_hosts = vec!["*".to_owned()];
    assert!(matches!(
        spawn(settings.clone()),
        Err(StartError::BadName(_))
    ));
    settings.allow_hosts = vec!["devices.example.com".to_owned()];
    let server = spawn(settings).unwrap();
    let local = server.url().replace("0.0.0.0", "127.0.0.1");
    assert_eq!(Ask::new(&local, "GET", "/").send().status, 421);
    assert_eq!(
        Ask::new(&local, "GET", "/")
            .with("Host", "devices.example.com")
            .send()
            .status,
        200
    );
}
