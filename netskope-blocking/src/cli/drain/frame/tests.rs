use super::*;
use crate::cli::{
    drain::{
        event::{Event, Trouble},
        summary::summary,
    },
    failure::{Exit, Failure},
};
use netskope_blocking::model::{
    ErrorKind,
    drain::Resume,
    flow::Wait,
    v2::{Commit, Operation, Page, Start, Stream},
};

/// In seconds since 1970.
const EPOCH: i64 = 1_795_348_800;

fn commit(records: u64, behind: i64) -> Commit {
    let mut mark = Page::without_content().mark().clone();
    mark.records = records;
    Commit {
        sequence: 7,
        operation: Operation::Next,
        mark,
        high_water_mark: Some(EPOCH - behind),
        before: None,
        at: 0,
    }
}

fn page(records: u64, behind: i64) -> Event {
    Event::Page {
        commit: commit(records, behind),
        bytes: records * 2_300,
    }
}

fn wait(reason: WaitReason, millis: u64) -> Event {
    Event::Waiting(Wait {
        duration: Duration::from_millis(millis),
        reason,
    })
}

fn refused() -> Event {
    Event::Ended(Ending::Failed(Trouble {
        brief: "refused",
        kind: "refused",
        failure: Failure::new(Exit::Refused, "refused"),
    }))
}

fn tally(stream: &str, events: &[Event]) -> Tally {
    let mut tally = Tally::new(&Stream::parse(stream).unwrap());
    let begin = Event::Started {
        resume: Resume::Fresh(Start::Head),
    };
    tally.take(Tick::default(), &begin);
    for event in events {
        tally.take(Tick::from_millis(99_000), event);
    }
    tally
}

fn everything() -> Vec<Tally> {
    let asked = |millis| wait(WaitReason::Asked, millis);
    let retrying = |kind| wait(WaitReason::Retrying(kind), 12_000);
    vec![
        tally("events/page", &[page(1_204_000, 8_040), Event::Asking]),
        tally("events/alert", &[page(310, 8), asked(4_200)]),
        tally(
            "events/application",
            &[page(98_500, 190), wait(WaitReason::RateLimited, 3_000)],
        ),
        tally("events/audit", &[page(12, 3), retrying(ErrorKind::Server)]),
        tally("events/incident", &[retrying(ErrorKind::Network)]),
        tally("events/network", &[retrying(ErrorKind::Conflict)]),
        tally(
            "alerts/compromisedcredential",
            &[page(5, 0), Event::Ended(Ending::Reached)],
        ),
        tally("alerts/dlp", &[refused()]),
        tally(
            "alerts/malware",
            &[page(1, 86_400 * 3), Event::Ended(Ending::Stopped)],
        ),
    ]
}

fn drawn(tallies: &[Tally], width: usize, height: usize) -> String {
    let now = Now {
        tick: Tick::from_millis(100_000),
        epoch: EPOCH,
    };
    let room = Room {
        width,
        height,
        colours: false,
        is_ending: false,
    };
    let lines = frame(tallies, now, room);
    assert!(lines.len() < height.max(4), "{lines:#?}");
    for line in &lines {
        assert!(line.chars().count() <= width, "{line:?}");
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

#[test]
fn a_terminal_of_any_width_is_used_and_never_exceeded() {
    let mut all = String::new();
    for width in [120, 80, 60, 40, 20] {
        let _ = writeln!(
            all,
            "{width:-<width$}\n{}\n",
            drawn(&everything(), width, 24)
        );
    }
    insta::assert_snapshot!(all);
    for width in 0..20 {
        drawn(&everything(), width, 24);
    }
}

#[test]
fn a_low_terminal_says_how_many_are_hidden() {
    insta::assert_snapshot!(drawn(&everything(), 80, 8));
    for height in 0..8 {
        drawn(&everything(), 80, height);
    }
}

#[test]
fn colours_are_around_words_and_only_where_they_are_wanted() {
    let now = Now {
        tick: Tick::from_millis(100_000),
        epoch: EPOCH,
    };
    let room = Room {
        width: 80,
        height: 24,
        colours: true,
        is_ending: false,
    };
    let lines = frame(&everything(), now, room);
    assert!(
        lines[8].ends_with("\u{1b}[31mrefused\u{1b}[0m"),
        "{:?}",
        lines[8]
    );
    assert!(!drawn(&everything(), 80, 24).contains('\u{1b}'));
}

#[test]
fn the_summary_gives_way_where_it_does_not_fit() {
    let mut all = String::new();
    for width in [None, Some(80), Some(40)] {
        let _ = writeln!(all, "{width:?}\n{}\n", summary(&everything(), EPOCH, width));
    }
    insta::assert_snapshot!(all);
}
