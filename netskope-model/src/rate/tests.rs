use super::*;

#[test]
fn no_window_holds_more_than_its_permits() {
    let gate = RateGate::new(3, Duration::from_secs(1));
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
    other.close_until(Tick::from_millis(700));
    assert_eq!(
        gate.admit(Tick::from_millis(200)).unwrap_err(),
        Duration::from_millis(500)
    );
    assert!(other.admit(Tick::from_millis(700)).is_ok());
}
