//! What can be seen without a tenant, word by word: `sessions/*.trycmd` and the READMEs, written anew with
//! `TRYCMD=overwrite`.

#[test]
fn sessions() {
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("nskope", trycmd::cargo::cargo_bin!("nskope"))
        .env("NETSKOPE_TENANT", "")
        .env("NETSKOPE_V1_TOKEN", "")
        .env("NETSKOPE_V2_TOKEN", "")
        .env("NETSKOPE_API_TOKEN", "")
        .env("NO_COLOR", "1")
        .case("tests/it/sessions/*.trycmd")
        .case("README.md")
        .case("../README.md");
}
