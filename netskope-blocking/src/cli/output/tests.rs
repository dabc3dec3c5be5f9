use super::*;
use serde_json::{Value, json};
use std::{cell::RefCell, io::Write, rc::Rc};

/// What a sink wrote, while the sink still has it.
#[derive(Clone, Default)]
struct Paper(Rc<RefCell<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

fn devices(records: &[Value]) -> Vec<Device> {
    records
        .iter()
        .map(|record| serde_json::from_value(record.clone()).unwrap())
        .collect()
}

fn written<S: Sink>(new: impl FnOnce(Paper) -> S, records: &[Value]) -> String {
    let paper = Paper::default();
    let mut sink = new(paper.clone());
    sink.take(devices(records)).unwrap();
    sink.finish().unwrap();
    paper.text()
}

fn fields(list: &str) -> Fields {
    Fields::parse(list).unwrap()
}

fn records() -> [Value; 2] {
    [
        json!({"_id": "a", "big": 9_007_199_254_740_993_u64, "time": 1_650_583_473.179_131_7, "last_event": {"status": 0}}),
        json!({"_id": "b\u{1b}[31m\u{9b}", "users": [{"username": "=1+1"}]}),
    ]
}

#[test]
fn json_is_one_array_of_equal_records() {
    for pretty in [false, true] {
        let text = written(|out| json::Json::new(out, None, pretty), &records());
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap(),
            json!(records())
        );
    }
    assert_eq!(
        written(|out| json::Json::new(out, None, false), &[]),
        "[]\n"
    );
}

#[test]
fn json_writes_nothing_before_all_is_there() {
    let paper = Paper::default();
    let mut sink = json::Json::new(paper.clone(), None, false);
    sink.take(devices(&records())).unwrap();
    assert_eq!(paper.text(), "");
}

#[test]
fn ndjson_writes_each_record_on_its_line_at_once() {
    let paper = Paper::default();
    let mut sink = ndjson::Ndjson::new(BufWriter::new(paper.clone()), None);
    sink.take(devices(&records())).unwrap();
    let read: Vec<Value> = paper
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(read, records());
}

#[test]
fn no_control_character_leaves_a_json_format() {
    let text = written(|out| ndjson::Ndjson::new(out, None), &records());
    assert!(
        !text
            .trim_end()
            .contains(|c: char| c.is_control() && c != '\n'),
        "{text:?}"
    );
}

#[test]
fn fields_choose_what_json_holds() {
    let text = written(
        |out| ndjson::Ndjson::new(out, Some(fields("last_event.status,_id"))),
        &records()[..1],
    );
    assert_eq!(text, "{\"last_event.status\":0,\"_id\":\"a\"}\n");
}

#[test]
fn csv_has_a_header_and_no_formula() {
    let text = written(
        |out| csv::Csv::new(out, Some(fields("_id,users.username"))),
        &records(),
    );
    assert_eq!(text, "_id,users.username\na,\nb\u{1b}[31m\u{9b},'=1+1\n");
    assert_eq!(
        written(|out| csv::Csv::new(out, Some(fields("_id"))), &[]),
        "_id\n"
    );
}

#[test]
fn csv_keeps_the_cells_of_one_device_in_step() {
    let record =
        json!({"users": [{"username": "a", "userkey": "1"}, {"userkey": "2"}, {"username": "c"}]});
    let text = written(
        |out| csv::Csv::new(out, Some(fields("users.username,users.userkey"))),
        &[record],
    );
    assert_eq!(text, "users.username,users.userkey\na; ; c,1; 2; \n");
}

#[test]
fn csv_quotes_what_needs_it() {
    let record = json!({"_id": "a, \"b\"\nc", "other": [-1, "x"], "number": -1});
    let text = written(
        |out| csv::Csv::new(out, Some(fields("_id,other,number"))),
        &[record],
    );
    assert_eq!(text, "_id,other,number\n\"a, \"\"b\"\"\nc\",'-1; x,-1\n");
}
