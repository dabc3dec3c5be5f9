//! Lists of integers, asked of a record that gives its integers as such.

use super::SCHEMA;
use super::typed::Typed;
use netskope_query::{Dialect, Filter, field};

fn found(list: &[i64], count: i64) -> bool {
    let query = field("b").is_in(list[0], list[1..].iter().copied());
    let filter =
        Filter::compile(&query, Dialect::SkopeIt, &SCHEMA).expect("nothing is wrong with it");
    filter.matches(&Typed {
        name: String::new(),
        count,
        tags: Vec::new(),
        users: Vec::new(),
    })
}

#[test]
fn near_far_and_in_any_order() {
    let many: Vec<i64> = (-70..70).collect();
    for list in [
        &[3, 1, 2][..],
        &[5, 5],
        &[0, 2],
        &[0, 63],
        &[0, -64, 64, -65],
        &[i64::MIN, i64::MAX, i64::MIN + 1],
        &[i64::MAX - 1, i64::MAX],
        &many,
    ] {
        let around = list.iter().flat_map(|integer| {
            [
                integer.wrapping_sub(1),
                *integer,
                integer.wrapping_add(1),
                0,
            ]
        });
        for count in around {
            assert_eq!(
                found(list, count),
                list.contains(&count),
                "{count} in {list:?}"
            );
        }
    }
}
