use super::*;
use clap::Parser;

#[derive(Parser)]
struct Typed {
    #[command(flatten)]
    connection: Connection,
}

fn resolve(typed: &[&str], environment: &[(&str, &str)]) -> Result<Settings, Failure> {
    let typed = Typed::parse_from([&["nskope"], typed].concat());
    let lookup = |name: &str| {
        let (_, value) = environment.iter().find(|(known, _)| *known == name)?;
        Some(OsString::from(value))
    };
    Settings::resolve(&typed.connection, &V1, lookup, Console::new(false))
}

fn refusal(typed: &[&str], environment: &[(&str, &str)]) -> String {
    let failure = resolve(typed, environment).unwrap_err();
    assert_eq!(failure.exit(), Exit::Usage);
    failure.to_string()
}

const TENANT: (&str, &str) = ("NETSKOPE_TENANT", "acme.goskope.com");
const TOKEN: (&str, &str) = ("NETSKOPE_V1_TOKEN", "f32a973eddd7bc1602fc0f48dc0a");

#[test]
fn the_environment_is_enough() {
    let settings = resolve(&[], &[TENANT, TOKEN]).unwrap();
    assert_eq!(settings.tenant.to_string(), "https://acme.goskope.com");
    assert_eq!(settings.timeout, Duration::from_mins(1));
    assert!(!format!("{settings:?}").contains(TOKEN.1));
}

#[test]
fn what_is_typed_comes_first() {
    let settings = resolve(&["--tenant", "http://127.0.0.1:1"], &[TENANT, TOKEN]).unwrap();
    assert_eq!(settings.tenant.to_string(), "http://127.0.0.1:1");
}

#[test]
fn what_is_missing_is_named_with_both_ways_to_give_it() {
    let refused = refusal(&[], &[TOKEN]);
    assert!(
        refused.contains("--tenant HOST") && refused.contains("NETSKOPE_TENANT"),
        "{refused}"
    );
    let refused = refusal(&[], &[TENANT]);
    assert!(
        refused.contains("NETSKOPE_V1_TOKEN") && refused.contains("--token-file"),
        "{refused}"
    );
    assert_eq!(refusal(&[], &[TENANT, ("NETSKOPE_V1_TOKEN", "")]), refused);
}

#[test]
fn a_v2_token_is_not_enough() {
    let refused = refusal(&[], &[TENANT, ("NETSKOPE_API_TOKEN", "secret-v2")]);
    assert!(refused.contains("need a REST API v1 token"), "{refused}");
    assert!(!refused.contains("secret-v2"), "{refused}");
}

#[test]
fn a_bad_value_is_reported_with_its_place_and_never_shown() {
    let refused = refusal(&[], &[TENANT, ("NETSKOPE_V1_TOKEN", "two words")]);
    assert!(
        refused.starts_with("error: NETSKOPE_V1_TOKEN: "),
        "{refused}"
    );
    assert!(!refused.contains("two words"), "{refused}");
    let refused = refusal(
        &[],
        &[("NETSKOPE_TENANT", "http://acme.goskope.com"), TOKEN],
    );
    assert!(
        refused.starts_with("error: NETSKOPE_TENANT: the tenant's address is not encrypted"),
        "{refused}"
    );
}

#[test]
fn a_token_file_that_cannot_be_read_is_a_local_failure_without_its_name() {
    let failure =
        resolve(&["--token-file", "f32a973eddd7bc1602fc0f48dc0a"], &[TENANT]).unwrap_err();
    assert_eq!(failure.exit(), Exit::Local);
    assert!(!failure.to_string().contains("f32a"), "{failure}");
}
