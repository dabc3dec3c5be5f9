//! What kind of value a field has, by its published type and by the words in its name.

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    RecordType,
    AlertType,
    Timestamp,
    /// An identity of 64 bits, most of them beyond 2^53.
    Id,
    /// An epoch second of about the time of the record.
    Instant,
    /// A number of bytes, packets or records.
    Amount,
    Port,
    Small,
    Float,
    Boolean,
    List,
    Map,
    Matches,
    YesNo,
    TrueFalse,
    Ip,
    Mail,
    Host,
    Url,
    /// So many hexadecimal digits.
    Hex(usize),
    Uuid,
    Country,
    Severity,
    Text,
}

/// Texts that mean yes or no, which the published examples write so.
const YES_NO: [&str; 11] = [
    "alert",
    "bypass_traffic",
    "custom_connector",
    "dlp_scan_failed",
    "dynamic_classification",
    "file_password_protected",
    "fromlogs",
    "malicious",
    "managed_app",
    "universal_connector",
    "user_generated",
];

/// Texts that mean yes or no, in the other spelling.
const TRUE_FALSE: [&str; 5] = [
    "acked",
    "dlp_is_unique_count",
    "iaas_remediated",
    "netskope_activity",
    "tss_license",
];

/// What an end of the name says of a text, where no other row above it does.
const TEXTS: [(&str, Kind); 22] = [
    ("md5", Kind::Hex(32)),
    ("sha256", Kind::Hex(64)),
    ("sha1", Kind::Hex(40)),
    ("ja3", Kind::Hex(32)),
    ("ja3s", Kind::Hex(32)),
    ("_hash", Kind::Hex(64)),
    ("nsdeviceuid", Kind::Uuid),
    ("_id", Kind::Hex(24)),
    ("ip", Kind::Ip),
    ("email", Kind::Mail),
    ("mail", Kind::Mail),
    ("userkey", Kind::Mail),
    ("ur_normalized", Kind::Mail),
    ("user", Kind::Mail),
    ("owner", Kind::Mail),
    ("hostname", Kind::Host),
    ("host", Kind::Host),
    ("domain", Kind::Host),
    ("site", Kind::Host),
    ("url", Kind::Url),
    ("country", Kind::Country),
    ("severity", Kind::Severity),
];

impl Kind {
    /// The kind of the field of this name and type.
    pub(super) fn of(name: &str, kind: &str) -> Self {
        match kind {
            "int64" => Self::of_long(name),
            "int32" if name.contains("port") => Self::Port,
            "int32" => Self::Small,
            "float" => Self::Float,
            "bool" => Self::Boolean,
            "list" if name == "dlp_match_info" => Self::Matches,
            "list" => Self::List,
            "map" => Self::Map,
            _ => Self::of_text(name),
        }
    }

    fn of_long(name: &str) -> Self {
        let instant = [
            "_date",
            "_seen",
            "starttime",
            "endtime",
            "_time",
            "modified",
        ];
        if name.ends_with("_id") || name.ends_with("Id") {
            Self::Id
        } else if instant.iter().any(|word| name.contains(word)) && !name.contains("response") {
            Self::Instant
        } else {
            Self::Amount
        }
    }

    fn of_text(name: &str) -> Self {
        if name == "alert_type" {
            return Self::AlertType;
        }
        if YES_NO.contains(&name) {
            return Self::YesNo;
        }
        if TRUE_FALSE.contains(&name) {
            return Self::TrueFalse;
        }
        let row = TEXTS.iter().find(|(end, _)| name.ends_with(end));
        row.map_or(Self::Text, |(_, kind)| *kind)
    }
}
