//! Rules about where an idea may live.

use super::{Findings, Source};

/// Outside libraries that are named in few files, so that each can be replaced: the words, and how many files.
const HOMES: &[(&[&str], usize)] = &[
    (&["ureq"], 1),
    (&["gloo_net", "gloo_timers"], 1),
    (&["nom"], 1),
];
const CLIENTS: &[&str] = &["netskope-blocking/src/", "netskope-wasm/src/"];
const RETRY_WORDS: &[&str] = &["429", "toomanyrequests", "retryafter"];

pub(super) fn wanderers(sources: &[Source]) -> Findings {
    let mut findings = Findings::new();
    for (words, limit) in HOMES {
        let named_in: Vec<_> = sources
            .iter()
            .filter(|source| source.is_product())
            .filter_map(|source| first_naming(source, words))
            .collect();
        if named_in.len() > *limit {
            findings.extend(named_in);
        }
    }
    findings
}

fn first_naming(source: &Source, words: &[&str]) -> Option<String> {
    let names = |line: &str| words.iter().any(|word| names(line, word));
    let (number, line) = source.product_code().find(|(_, line)| names(line))?;
    Some(source.at(number, line))
}

/// Whether the line uses `word` as the root of a path.
fn names(line: &str, word: &str) -> bool {
    let continues = |c: Option<char>| {
        c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '"')
    };
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (
            line.get(..at).unwrap_or_default(),
            line.get(at + word.len()..).unwrap_or_default(),
        );
        !continues(before.chars().last())
            && (after.starts_with("::") || before.trim_end().ends_with("use"))
    })
}

pub(super) fn retry_logic(sources: &[Source]) -> Findings {
    let clients = sources.iter().filter(|source| {
        source.is_product() && CLIENTS.iter().any(|client| source.path.starts_with(client))
    });
    let mut findings = Findings::new();
    for source in clients {
        let decides = source
            .product_code()
            .filter(|(_, line)| decides_on_retry(line));
        findings.extend(decides.map(|(number, line)| source.at(number, line)));
    }
    findings
}

/// Whether a header or status of rate limiting is named; our own field `retry_after`, read from an error, is not.
fn decides_on_retry(line: &str) -> bool {
    let line = line
        .replace("retry_after", "")
        .replace("retryAfter", "")
        .to_lowercase()
        .replace(['-', '_'], "");
    RETRY_WORDS.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;

    #[test]
    fn finds_a_library_outside_its_home() {
        let home = || source("netskope-blocking/src/transport.rs", "use ureq::Agent;\n");
        let wanderer = source(
            "netskope-blocking/src/client.rs",
            "fn f(agent: &ureq::Agent) {}\n",
        );
        assert_eq!(wanderers(&[home(), wanderer]).len(), 2);
        let harmless = "// ureq::Agent\nlet economy = phenomenon::x();\n#[cfg(test)]\nmod tests { use ureq; }\n";
        assert!(
            wanderers(&[home(), source("netskope-blocking/src/client.rs", harmless)]).is_empty()
        );
    }

    #[test]
    fn finds_retry_logic_in_a_client() {
        for bad in [
            "if status == 429 {",
            "StatusCode::TOO_MANY_REQUESTS",
            "headers.get(\"Retry-After\")",
            "header::RETRY_AFTER",
        ] {
            assert_eq!(
                retry_logic(&[source("netskope-wasm/src/client.rs", bad)]).len(),
                1,
                "{bad}"
            );
            assert!(
                retry_logic(&[source("netskope-model/src/retry.rs", bad)]).is_empty(),
                "{bad}"
            );
        }
        assert!(
            retry_logic(&[source("netskope-wasm/src/error.rs", "error.retry_after()")]).is_empty()
        );
    }
}
