use super::*;

#[test]
fn no_window_holds_more_than_its_permits() {
    let gate = RateGate::new(3, SECOND, Duration::ZERO);
    let (mut now, mut passed) = (Tick::default(), Vec::new());
    while passed.len() < 20 {
        match gate.admit(now) {
            Ok(_) => passed.push(now),
            Err(wait) => now = now + wait,
        }
    }
    for window in passed.windows(4) {
        assert!(
            window[3].since(window[0]) >= Duration::from_secs(1),
            "{window:?}"
        );
    }
}

#[test]
fn a_closed_gate_holds_every_clone() {
    let gate = RateGate::v1();
    let other = gate.clone();
    other.refused(Tick::from_millis(700));
    assert_eq!(
        gate.admit(Tick::from_millis(200)).unwrap_err(),
        Duration::from_millis(500)
    );
    assert!(other.admit(Tick::from_millis(700)).is_ok());
}

const SECOND: Duration = Duration::from_secs(1);

fn told(limit: &str, remaining: &str, reset: &str) -> Told {
    let headers = [
        ("RateLimit-Limit", limit),
        ("RateLimit-Remaining", remaining),
        ("RateLimit-Rest", reset),
    ];
    Told::by(&HttpResponse {
        status: http::StatusCode::OK,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: Vec::new(),
    })
}

/// How many requests pass at a moment, answered a little later with what the tenant has left after each.
fn pass_all(gate: &RateGate, now: Tick, left: impl Fn(usize) -> Told) -> usize {
    let mut passed = 0;
    while let Ok(permit) = gate.admit(now) {
        passed += 1;
        gate.lock().learn(permit, now, left(passed));
        assert!(passed < 100);
    }
    passed
}

#[test]
fn the_tenants_limit_counts() {
    let gate = RateGate::v2();
    let start = Tick::from_millis(5_000);
    let lower = |passed| told("2", &2_usize.saturating_sub(passed).to_string(), "1");
    assert_eq!(pass_all(&gate, start, lower), 2);
    let higher = |passed: usize| told("10", &10_usize.saturating_sub(passed).to_string(), "1");
    let later = start + 2 * SECOND;
    assert_eq!(pass_all(&gate, later, higher), 10);
    for odd in ["0", "", "-4", "many", "1.5"] {
        assert_eq!(told(odd, odd, odd).limit, None, "{odd}");
    }
    assert_eq!(
        told("4", "1", "99999999999999999999").reset,
        Duration::from_mins(1)
    );
}

#[test]
fn what_others_use_is_left_to_them() {
    let gate = RateGate::v2();
    let start = Tick::from_millis(5_000);
    // Someone else takes two of the four.
    let shared = |passed: usize| told("4", &2_usize.saturating_sub(passed).to_string(), "1");
    assert_eq!(pass_all(&gate, start, shared), 2);
    // Someone else took the last one, and the tenant says when there are more.
    let gate = RateGate::v2();
    assert_eq!(pass_all(&gate, start, |_| told("4", "0", "3")), 1);
    assert_eq!(gate.admit(start + 2 * SECOND).unwrap_err(), SECOND);
    assert!(gate.admit(start + 3 * SECOND).is_ok());
}

#[test]
fn the_own_requests_are_nobody_elses() {
    let gate = RateGate::v2();
    let start = Tick::from_millis(5_000);
    // Answers come in another order than requests left.
    let permits: Vec<_> = (0..3).map(|_| gate.admit(start).unwrap()).collect();
    for (permit, remaining) in permits.iter().zip(["1", "2", "3"]).rev() {
        gate.lock().learn(*permit, start, told("4", remaining, "1"));
    }
    assert!(gate.admit(start).is_ok());
    assert!(gate.admit(start).is_err());
    // An answer that took longer than the window says nothing of it.
    let gate = RateGate::v2();
    let permit = gate.admit(start).unwrap();
    let late = start + 2 * SECOND;
    gate.lock().learn(permit, late, told("4", "0", "9"));
    assert_eq!(
        pass_all(&gate, late, |passed| told(
            "4",
            &(4 - passed).to_string(),
            "1"
        )),
        4
    );
}
