//! Device lookups.

use crate::{js, json, member, token, url};
use js_sys::Reflect;
use netskope_wasm::NetskopeClient;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

async fn call(options: &Value, request: JsValue) -> Result<JsValue, JsValue> {
    let client = NetskopeClient::new(js(options)).unwrap();
    JsFuture::from(client.clients(request)).await
}

#[wasm_bindgen_test]
async fn a_device_is_found_by_its_name() {
    let options = json!({"baseUrl": url(), "token": token()});
    let page = json(
        &call(&options, js(&json!({"limit": 3, "skip": 1})))
            .await
            .unwrap(),
    );
    let devices = page["devices"].as_array().unwrap();
    assert_eq!(devices.len(), 3);
    let name = devices[1]["host_info"]["hostname"].as_str().unwrap();
    let query = format!(
        "host_info.hostname eq '{}'",
        name.replace('\\', "\\\\").replace('\'', "\\'")
    );
    let found = json(&call(&options, js(&json!({"query": query}))).await.unwrap());
    let found = found["devices"].as_array().unwrap();
    assert!(found.contains(&devices[1]), "{name}");
    assert!(
        found
            .iter()
            .all(|device| device["host_info"]["hostname"] == name)
    );
}

#[wasm_bindgen_test]
async fn a_query_that_matches_nothing_gives_an_empty_page() {
    let options = json!({"baseUrl": url(), "token": token()});
    let query = json!({"query": "host_info.hostname eq 'nobody has this name'"});
    assert_eq!(
        json(&call(&options, js(&query)).await.unwrap()),
        json!({"devices": [], "mayHaveMore": false})
    );
}

#[wasm_bindgen_test]
async fn a_wrong_token_is_refused() {
    let options = json!({"baseUrl": url(), "token": "0123456789abcdef"});
    let error = call(&options, JsValue::UNDEFINED).await.unwrap_err();
    assert_eq!(member(&error, "kind"), "refused");
    assert_eq!(member(&error, "status"), 403);
}

/// Nothing listens there; a browser says no more than that it failed.
#[wasm_bindgen_test]
async fn a_server_out_of_reach_is_a_network_error() {
    let options = json!({"baseUrl": "http://127.0.0.1:9", "retries": 0});
    let error = call(&options, JsValue::UNDEFINED).await.unwrap_err();
    assert_eq!(member(&error, "kind"), "network");
    assert!(member(&error, "status").is_undefined());
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_call() {
    let controller = AbortController::new().unwrap();
    let request = js(&json!({}));
    Reflect::set(&request, &"signal".into(), &controller.signal()).unwrap();
    let client = NetskopeClient::new(js(&json!({"baseUrl": url(), "token": token()}))).unwrap();
    let call = client.clients(request);
    controller.abort();
    let error = JsFuture::from(call).await.unwrap_err();
    assert_eq!(member(&error, "name"), "AbortError");
}
