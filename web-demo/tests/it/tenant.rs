//! Tenants that refuse, limit, fail, or are not there.

use crate::site::{CLIENTS, Site, TOKEN, settings};
use netskope_model::V1Token;
use netskope_stand_in::Fault;
use netskope_web_demo::spawn;
use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

/// What the page is told when the tenant does this.
fn told(fault: Fault) -> (u16, String, String) {
    let site = Site::failing(fault);
    let told = site.query("host_info").refusal();
    assert_eq!(site.tenant.served(), 1, "a lookup is not repeated here");
    told
}

fn fault(line: &str) -> Fault {
    netskope_stand_in::faults_of(line).unwrap().remove(0)
}

#[test]
fn a_refused_token_is_an_authorization_error() {
    let site = Site::with(|settings| {
        settings.token = V1Token::new("0000000000000000000000000000").unwrap();
    });
    let (status, code, text) = site.query("host_info").refusal();
    assert_eq!((status, code.as_str()), (403, "Authorization Error"));
    assert!(text.contains("the tenant refused the token"), "{text}");
    assert!(!text.contains("0000000000"), "{text}");
}

#[test]
fn a_tenant_that_repeats_the_token_gives_nothing_away() {
    for status in [200, 403, 500] {
        let line = format!(
            r#"{{"status":{status},"body":"{{\"status\":\"error\",\"errorCode\":\"E {TOKEN}\",\"errors\":[\"no {TOKEN} here\"]}}"}}"#
        );
        let (_, _, text) = told(fault(&line));
        assert!(!text.contains(TOKEN) && text.contains("[token]"), "{text}");
    }
}

#[test]
fn a_rate_limit_passes_on_with_its_wait() {
    let site = Site::failing(fault(r#"{"status":429,"retry_after":7}"#));
    let answer = site.post(CLIENTS, "{}").send();
    assert_eq!(answer.header("retry-after"), Some("7"));
    let (status, code, text) = answer.refusal();
    assert_eq!((status, code.as_str()), (429, "Rate Limited"));
    assert!(text.contains("rate limit"), "{text}");
    assert_eq!(site.tenant.served(), 1);
}

#[test]
fn failures_of_the_tenant_are_a_bad_gateway_without_its_body() {
    for line in [
        r#"{"status":500,"body":"stack trace of the tenant"}"#,
        r#"{"status":503,"html":"<h1>stack trace of the tenant</h1>"}"#,
        r#"{"html":"<h1>stack trace of the tenant</h1>"}"#,
        r#"{"body":"{\"status\":\"success\",\"data\":\"stack trace of the tenant\"}"}"#,
        r#"{"body":"stack trace of the tenant"}"#,
        r#"{"empty":true}"#,
        r#"{"errors":["Something went wrong"]}"#,
        r#"{"errors":"Something went wrong"}"#,
    ] {
        let (status, code, text) = told(fault(line));
        assert_eq!(
            (status, code.as_str()),
            (502, "Server Error"),
            "{line}: {text}"
        );
    }
    for line in [r#"{"reset":true}"#, r#"{"cut":20}"#] {
        let (status, code, text) = told(fault(line));
        assert_eq!(
            (status, code.as_str()),
            (502, "Unreachable"),
            "{line}: {text}"
        );
    }
}

#[test]
fn a_request_that_the_tenant_rejects_is_a_request_error() {
    for line in [
        r#"{"status":400}"#,
        r#"{"status":404}"#,
        r#"{"status":302}"#,
    ] {
        let (status, code, _) = told(fault(line));
        assert_eq!((status, code.as_str()), (400, "Request Error"), "{line}");
    }
}

#[test]
fn a_success_without_data_stays_one() {
    let site = Site::failing(fault(r#"{"body":"{\"status\":\"success\",\"msg\":\"\"}"}"#));
    assert_eq!(
        site.query("host_info").text(),
        r#"{"status":"success","msg":""}"#
    );
    let site = Site::failing(fault(r#"{"status":204,"empty":true}"#));
    let answer = site.query("host_info");
    assert_eq!((answer.status, answer.text()), (204, ""));
}

#[test]
fn records_that_are_no_devices_are_passed_on() {
    let body = r#"{"body":"{\"status\":\"success\",\"data\":[7,{\"_id\":\"a\"}]}"}"#;
    let site = Site::failing(fault(body));
    assert_eq!(
        site.query("host_info").text(),
        r#"{"status":"success","msg":"","data":[{"attributes":{"_id":"a"}},7]}"#
    );
}

#[test]
fn a_tenant_that_is_not_there_is_unreachable() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut site = Site::new();
    site.server = spawn(settings(&format!("http://{closed}"))).unwrap();
    let (status, code, text) = site.query("host_info").refusal();
    assert_eq!((status, code.as_str()), (502, "Unreachable"));
    assert!(text.contains("could not connect to the tenant"), "{text}");
}

#[test]
fn a_tenant_that_does_not_answer_is_given_up() {
    let given = settings("acme.goskope.com").timeout;
    assert!(given <= Duration::from_secs(15), "{given:?}");
    let site = Site::with(|settings| settings.timeout = Duration::from_millis(200));
    site.tenant.push_fault(Fault::late(Duration::from_mins(1)));
    let started = Instant::now();
    let (status, code, text) = site.query("host_info").refusal();
    assert_eq!((status, code.as_str()), (502, "Unreachable"), "{text}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_stopped_server_is_gone_at_once() {
    let site = Site::failing(fault(r#"{"delay_ms":60000}"#));
    let ask = site.post(CLIENTS, "{}");
    let url = site.server.url().to_owned();
    let waiting = std::thread::spawn(move || std::panic::catch_unwind(|| ask.send()).is_err());
    while site.tenant.served() == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(site.server);
    assert!(std::net::TcpStream::connect(url.strip_prefix("http://").unwrap()).is_err());
    assert!(waiting.join().unwrap(), "the connection was not closed");
}
