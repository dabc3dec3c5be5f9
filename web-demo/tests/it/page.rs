//! The built page.

use crate::site::{Site, built_page, settings};
use flate2::read::GzDecoder;
use netskope_web_demo::{StartError, spawn};
use std::{fs, io::Read};

const SCRIPT: &str = "/assets/index-Dk3l_x9Q.js";

#[test]
fn files_have_their_types_and_caching() {
    let site = Site::new();
    let forever = "public, max-age=31536000, immutable";
    for (path, content_type, cache) in [
        ("/", "text/html; charset=utf-8", "no-store"),
        ("/?q=host_info", "text/html; charset=utf-8", "no-store"),
        ("/index.html", "text/html; charset=utf-8", "no-store"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        (SCRIPT, "text/javascript; charset=utf-8", forever),
        (
            "/assets/index-B1a2c3d4.css",
            "text/css; charset=utf-8",
            forever,
        ),
        ("/assets/client_bg-C9.wasm", "application/wasm", forever),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(content_type), "{path}");
        assert_eq!(answer.header("cache-control"), Some(cache), "{path}");
        assert!(answer.header("set-cookie").is_none() && !answer.body.is_empty());
    }
    assert_eq!(
        site.get("/").text(),
        "<!doctype html><title>Devices</title>"
    );
}

#[test]
fn head_is_get_without_the_body() {
    let site = Site::new();
    for (path, codings) in [("/", ""), (SCRIPT, ""), (SCRIPT, "gzip")] {
        let ask = |method| site.ask(method, path).with("Accept-Encoding", codings);
        let (head, get) = (ask("HEAD").send(), ask("GET").send());
        assert_eq!((head.status, head.text()), (200, ""));
        for name in ["content-length", "content-encoding", "vary"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
}

#[test]
fn a_browser_that_takes_gzip_gets_it() {
    let page = built_page();
    let script = "export const name = 'value';\n".repeat(100);
    fs::write(page.join(SCRIPT.trim_start_matches('/')), &script).unwrap();
    let site = Site::with(|settings| settings.app = page);
    let ask = |codings| site.ask("GET", SCRIPT).with("Accept-Encoding", codings);

    let gzipped = ask("gzip, deflate, br, zstd").send();
    assert_eq!(gzipped.header("content-encoding"), Some("gzip"));
    assert_eq!(
        gzipped.header("content-length"),
        Some(gzipped.body.len().to_string().as_str())
    );
    let mut unpacked = String::new();
    GzDecoder::new(&gzipped.body[..])
        .read_to_string(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, script);

    let plain = ask("identity").send();
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.text(), script);
    for answer in [plain, gzipped] {
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
    }
}

#[test]
fn nothing_else_is_there() {
    let site = Site::new();
    for path in [
        "/nothing",
        "/assets",
        "/assets/",
        "//index.html",
        "/index.html/",
        "/api",
        "/api/v1/clients/",
        "/api/v1/alerts",
        "/API/v1/clients",
    ] {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
}

#[test]
fn paths_lead_nowhere_but_to_the_page() {
    let site = Site::new();
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/.%00./secret.txt",
        "/assets/%2e%2e/index.html",
        "/./index.html",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/file:///etc/passwd",
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("not to be served"));
    }
}

#[test]
fn other_methods_are_not_allowed() {
    let site = Site::new();
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"] {
        let answer = site.ask(method, "/").send();
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
    for method in ["GET", "HEAD", "PUT", "DELETE"] {
        let answer = site.ask(method, "/api/v1/clients").send();
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("POST")),
            "{method}"
        );
    }
}

#[test]
fn later_changes_on_disk_do_not_show() {
    let page = built_page();
    let site = Site::with(|settings| settings.app.clone_from(&page));
    fs::remove_dir_all(&page).unwrap();
    assert_eq!(site.get("/").status, 200);
}

#[test]
fn a_page_that_is_not_built_is_named_with_its_remedy() {
    let mut settings = settings("acme.goskope.com");
    settings.app = settings.app.join("assets");
    let error = spawn(settings).unwrap_err();
    assert!(matches!(error, StartError::NoPage(_)), "{error}");
    assert!(error.hint().unwrap().contains("cargo xtask page"));
}

#[cfg(unix)]
#[test]
fn a_page_with_links_to_elsewhere_is_not_served() {
    let settings = settings("acme.goskope.com");
    std::os::unix::fs::symlink("/etc", settings.app.join("assets/etc")).unwrap();
    let error = spawn(settings).unwrap_err();
    assert!(
        error.to_string().contains("neither a file nor a directory"),
        "{error}"
    );
}
