//! The log streams that a tenant has, and how the records of each are told apart.

/// A stream, and what its records say of themselves.
pub(crate) struct Stream {
    /// Its name, which is the end of its path: `events/page`.
    pub(crate) name: &'static str,
    /// Its letter in the table of fields.
    pub(crate) letter: char,
    /// The `record_type` of its records.
    pub(crate) record_type: &'static str,
    /// The `alert_type` of its records, where they are of one type.
    pub(crate) alert_type: Option<&'static str>,
}

const fn events(name: &'static str, letter: char, record_type: &'static str) -> Stream {
    Stream {
        name,
        letter,
        record_type,
        alert_type: None,
    }
}

const fn alerts(name: &'static str, letter: char, alert_type: &'static str) -> Stream {
    Stream {
        name,
        letter,
        record_type: "alert",
        alert_type: Some(alert_type),
    }
}

/// Every stream with a path of its own. `connection` has the records of `page`, and `endpoint` those that the published
/// table of fields calls `epdlp`.
pub(crate) const STREAMS: [Stream; 22] = [
    events("events/alert", 'a', "alert"),
    events("events/application", 'p', "application"),
    events("events/audit", 'u', "audit"),
    events("events/connection", 'g', "connection"),
    events("events/endpoint", 'e', "endpoint"),
    events("events/incident", 'i', "incident"),
    events("events/infrastructure", 'f', "infrastructure"),
    events("events/network", 'n', "network"),
    events("events/page", 'g', "page"),
    alerts(
        "alerts/compromisedcredential",
        'C',
        "Compromised Credential",
    ),
    alerts("alerts/content", 'N', "Content"),
    alerts("alerts/ctep", 'T', "ctep"),
    alerts("alerts/device", 'V', "Device"),
    alerts("alerts/dlp", 'D', "DLP"),
    alerts("alerts/malsite", 'S', "malsite"),
    alerts("alerts/malware", 'M', "Malware"),
    alerts("alerts/policy", 'P', "policy"),
    alerts("alerts/quarantine", 'Q', "quarantine"),
    alerts("alerts/remediation", 'R', "Remediation"),
    alerts("alerts/securityassessment", 'A', "Security Assessment"),
    alerts("alerts/uba", 'U', "uba"),
    alerts("alerts/watchlist", 'W', "watchlist"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use netskope_model::v2::Stream as Known;

    #[test]
    fn they_are_the_streams_that_the_model_knows() {
        let names: Vec<_> = STREAMS
            .iter()
            .map(|stream| stream.name.to_owned())
            .collect();
        let known: Vec<_> = Known::all().map(|stream| stream.to_string()).collect();
        assert_eq!(names, known);
    }
}
