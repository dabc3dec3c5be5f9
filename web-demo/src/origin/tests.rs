use super::*;
use axum::http::HeaderValue;

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, HeaderValue::from_static(value));
    }
    headers
}

#[test]
fn names_are_https_unless_they_are_this_machine() {
    for (name, url) in [
        ("devices.example.com", "https://devices.example.com"),
        ("Devices.Example.com:443", "https://devices.example.com"),
        (
            "devices.example.com:8443",
            "https://devices.example.com:8443",
        ),
        ("192.0.2.7", "https://192.0.2.7"),
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:80", "http://127.0.0.1"),
        ("[::1]:9", "http://[::1]:9"),
        ("[0:0:0:0:0:0:0:1]:0009", "http://[::1]:9"),
        ("[2001:DB8::7]", "https://[2001:db8::7]"),
    ] {
        assert_eq!(Origin::of_name(name).unwrap().url(), url);
    }
}

#[test]
fn anything_else_is_no_name() {
    for name in [
        "",
        "*",
        "*.example.com",
        "https://a.example",
        "a.example/x",
        "a b",
        "u@a.example",
        "a:99999",
        "a:",
        "a:0",
        "a:+80",
        "a:1:2",
        "[zz]",
        "[]:0",
        "[]",
        "[::1",
        "[::1]:0",
        "[::1]9",
        "[127.0.0.1]",
        "[fe80::1%25eth0]",
        "[[::1]]",
        "x[::1]",
        "::1",
        "\n",
    ] {
        let error = Origin::of_name(name).unwrap_err();
        assert!(matches!(error, StartError::BadName(_)), "{name}: {error}");
        assert!(!error.to_string().contains('\n'));
    }
}

#[test]
fn the_host_decides_and_must_be_there_once() {
    let origins = Origin::of_loopback(([127, 0, 0, 1], 8080).into());
    let uri = Uri::from_static("/");
    let named = |pairs| addressed(&origins, &headers(pairs), &uri).map(Origin::url);
    assert_eq!(
        named(&[("host", "127.0.0.1:8080")]).unwrap(),
        "http://127.0.0.1:8080"
    );
    assert_eq!(
        named(&[("host", "LocalHost:8080")]).unwrap(),
        "http://localhost:8080"
    );
    for pairs in [
        &[][..],
        &[("host", "evil.example")],
        &[("host", "127.0.0.1")],
        &[("host", "127.0.0.1:8081")],
        &[("host", "localhost.evil.example:8080")],
        &[("host", "localhost:8080"), ("host", "localhost:8080")],
    ] {
        assert_eq!(named(pairs), None, "{pairs:?}");
    }
    let absolute = Uri::from_static("http://evil.example/");
    assert_eq!(
        addressed(&origins, &headers(&[("host", "localhost:8080")]), &absolute),
        None
    );
}

#[test]
fn a_request_of_the_page_says_so() {
    let [origin, _] = Origin::of_loopback(([127, 0, 0, 1], 8080).into());
    let own = ("origin", "http://127.0.0.1:8080");
    assert!(!is_foreign(&origin, &headers(&[own])));
    let fetched = [own, ("sec-fetch-site", "same-origin")];
    assert!(!is_foreign(&origin, &headers(&fetched)));
    for pairs in [
        &[][..],
        &[("origin", "null")],
        &[("origin", "http://localhost:8080")],
        &[("origin", "https://127.0.0.1:8080")],
        &[own, own],
        &[own, ("sec-fetch-site", "same-site")],
        &[own, ("sec-fetch-site", "none")],
        &[own, fetched[1], fetched[1]],
    ] {
        assert!(is_foreign(&origin, &headers(pairs)), "{pairs:?}");
    }
}

#[test]
fn json_is_one_content_type() {
    let json = ("content-type", "Application/JSON; charset=utf-8");
    assert!(is_json(&headers(&[json])));
    for pairs in [
        &[][..],
        &[json, json],
        &[("content-type", "text/plain")],
        &[("content-type", "application/jsonp")],
    ] {
        assert!(!is_json(&headers(pairs)), "{pairs:?}");
    }
}
