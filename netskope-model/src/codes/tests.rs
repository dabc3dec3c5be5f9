use super::*;
use serde_json::{Value, json};

fn read(value: Value) -> Coded<Status> {
    serde_json::from_value(value).unwrap()
}

#[test]
fn every_form_is_understood_and_written_back() {
    for (came, known) in [
        (json!(0), Some(Status::Disabled)),
        (json!("0"), Some(Status::Disabled)),
        (json!("Disabled"), Some(Status::Disabled)),
        (json!("disabled"), Some(Status::Disabled)),
        (json!("Fail Closed"), Some(Status::FailClosed)),
        (json!("Unmanaged"), Some(Status::Unmanaged)),
        (json!(77), None),
        (json!("77"), None),
        (json!("Hibernating"), None),
        (json!(9_007_199_254_740_993_u64), None),
        (json!(1.5), None),
        (json!(null), None),
        (json!(["Enabled"]), None),
    ] {
        let coded = read(came.clone());
        assert_eq!(coded.known(), known, "{came}");
        assert_eq!(serde_json::to_value(&coded).unwrap(), came);
    }
}

#[test]
fn equality_is_of_meaning() {
    assert_eq!(read(json!(0)), Status::Disabled.into());
    assert_eq!(read(json!("Disabled")), read(json!("0")));
    assert_eq!(read(json!(77)), read(json!(77)));
    assert_ne!(read(json!(77)), read(json!("77")));
    assert_ne!(read(json!(77)), read(json!(0)));
}

#[test]
fn tables_agree_with_rows() {
    fn agree<C: Codes>() {
        assert_eq!(C::VALUES.len(), C::TABLE.len());
        for (value, row) in C::VALUES.iter().zip(C::TABLE) {
            assert_eq!(value.row(), *row);
            assert_eq!(C::from_label(row.label), Some(*value));
            if let Some(code) = row.code {
                assert_eq!(C::from_code(code), Some(*value));
            }
        }
    }
    agree::<Status>();
    agree::<StatusV2>();
    agree::<Event>();
    agree::<Actor>();
    agree::<NpaStatus>();
    agree::<Os>();
    agree::<Classification>();
    agree::<UserSource>();
}
