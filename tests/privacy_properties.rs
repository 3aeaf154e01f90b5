//! What holds for every shipped policy and any booking: nothing removed is anywhere, nothing
//! kept is lost, twice is once, and what is promised in any order is.

mod support;

use paxnorm::model::{Action, Passenger};
use paxnorm::privacy::{Authorisation, SealError, SealKey, Sealed, seal, unseal};
use paxnorm::{Booking, Field, Name, Policy, Scope};
use proptest::prelude::*;
use support::planted::{planted, sown};

fn values(booking: &Booking) -> Vec<(Field, String)> {
    let mut found = Vec::new();
    booking.values(&mut |field, value| found.push((field, value.to_string())));
    found.sort();
    found
}

fn policies() -> impl Iterator<Item = &'static Policy> {
    Policy::NAMES
        .iter()
        .map(|name| Policy::named(name).expect("it is shipped"))
}

fn depersonalise() -> &'static Policy {
    Policy::named("depersonalise-6-months").expect("it is shipped")
}

/// Whether a planted text, which no other text holds, stands in what is shown.
fn stands_in(shown: &str, value: &str) -> bool {
    value.starts_with("PLANTED") && shown.contains(value)
}

fn check(policy: &Policy, original: &Booking) {
    let name = policy.name();
    let admitted = policy.admits(original).is_ok();
    let keeps = |field: Field| {
        let of_message = field.scope() == Scope::Provenance && policy.name() != "exchange";
        of_message || (admitted && policy.action(field) == Action::Keep)
    };
    let mut booking = original.clone();
    let report = policy.apply(&mut booking);
    let shown = [
        serde_json::to_string(&booking).expect("JSON"),
        format!("{booking:?}"),
        format!("{report}{report:?}"),
        serde_json::to_string(&report).expect("JSON"),
    ];
    let (before, after) = (values(original), values(&booking));
    for (field, value) in before.iter().filter(|(field, _)| !keeps(*field)) {
        for shown in &shown {
            assert!(!stands_in(shown, value), "{name}: {field} comes out");
        }
    }
    let kept: Vec<_> = before.iter().filter(|(field, _)| keeps(*field)).collect();
    if admitted || name != "exchange" {
        assert_eq!(
            after.iter().collect::<Vec<_>>(),
            kept,
            "{name}: something kept is lost"
        );
    }
    let gone = before.len() - kept.len();
    // Several values of one list are one line of work.
    let counted = report.values() <= gone as u64 && (report.values() == 0) == (gone == 0);
    assert!(
        counted,
        "{name}: the report counts {} of {gone}",
        report.values()
    );

    let once = booking.clone();
    let again = policy.apply(&mut booking);
    assert!(booking == once, "{name}: twice is once");
    assert_eq!(again.values(), 0, "{name}: nothing is left to take");
}

#[test]
fn every_policy_holds_for_a_booking_in_which_everything_stands() {
    let (booking, ..) = planted();
    policies().for_each(|policy| check(policy, &booking));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_policy_holds_for_any_booking(seed: u64) {
        let (booking, ..) = sown(Some(seed));
        policies().for_each(|policy| check(policy, &booking));
    }

    #[test]
    fn intake_and_masking_may_come_in_any_order(seed: u64) {
        let (mut one, ..) = sown(Some(seed));
        let mut other = one.clone();
        Policy::eu_pnr().apply(&mut one);
        depersonalise().apply(&mut one);
        depersonalise().apply(&mut other);
        Policy::eu_pnr().apply(&mut other);
        one.withheld.clear();
        other.withheld.clear();
        prop_assert!(one == other);
    }

    #[test]
    fn what_is_sealed_comes_back_with_the_key_alone(seed: u64, secret: [u8; 32], nonce: [u8; 24]) {
        let (original, ..) = sown(Some(seed));
        let key = SealKey::new("test", secret);
        let (masked, sealed, _) = seal(original.clone(), depersonalise(), &key, &mut || nonce).expect("a seal");
        let shown = format!(
            "{}{masked:?}{}{sealed:?}{key:?}",
            serde_json::to_string(&masked).expect("JSON"),
            serde_json::to_string(&sealed).expect("JSON"),
        );
        for (field, value) in values(&original) {
            let stays = depersonalise().action(field) == Action::Keep;
            prop_assert!(stays || !stands_in(&shown, &value), "{field} comes out");
        }
        let stored = serde_json::to_string(&sealed).expect("JSON");
        let sealed: Sealed = serde_json::from_str(&stored).expect("what was written");
        prop_assert!(unseal(&masked, &sealed, &key, &approved()).expect("the key") == original);
    }
}

fn approved() -> Authorisation {
    Authorisation {
        authority: "court of Utopia".into(),
        reference: "12/2026".into(),
        at: chrono::DateTime::default(),
    }
}

fn party(size: u16) -> Booking {
    let mut booking = Booking::default();
    booking.travellers = Some(size.into());
    for number in 1..=size {
        let mut person = Passenger::default();
        person.id = paxnorm::model::Id::new(number);
        person.name = Name::new("ERIKSSON", &format!("ANNA{number}"));
        person.debarkation = Some("FCO".into());
        booking.passengers.push(person);
    }
    booking
}

#[test]
fn the_number_travelling_together_is_hidden() {
    let key = SealKey::new("test", [1; 32]);
    let hidden = |size| {
        let (masked, sealed, _) =
            seal(party(size), depersonalise(), &key, &mut || [2; 24]).expect("a seal");
        let sealed = serde_json::to_string(&sealed).expect("JSON");
        (serde_json::to_string(&masked).expect("JSON"), sealed.len())
    };
    let alone = hidden(1);
    for size in [2, 3, 9] {
        assert_eq!(hidden(size), alone, "{size} look like one");
    }
    assert!(!alone.0.contains("ANNA") && alone.0.contains("FCO"));
}

#[test]
fn a_seal_opens_for_its_key_its_booking_and_an_authority_alone() {
    let key = SealKey::new("test", [1; 32]);
    let (masked, sealed, _) =
        seal(party(2), depersonalise(), &key, &mut || [2; 24]).expect("a seal");
    let other = SealKey::new("test", [3; 32]);
    let renamed = SealKey::new("next", [1; 32]);
    let mut changed = masked.clone();
    changed.locators.push(Default::default());
    let nobody = Authorisation {
        authority: " ".into(),
        ..approved()
    };
    let table = [
        (
            unseal(&masked, &sealed, &other, &approved()),
            SealError::Broken,
        ),
        (
            unseal(&masked, &sealed, &renamed, &approved()),
            SealError::OtherKey,
        ),
        (
            unseal(&changed, &sealed, &key, &approved()),
            SealError::Broken,
        ),
        (
            unseal(&masked, &sealed, &key, &nobody),
            SealError::NotAuthorised,
        ),
    ];
    for (opened, why) in table {
        assert!(opened.is_err_and(|error| error == why), "{why}");
    }
    let form = serde_json::to_string(&sealed).expect("JSON");
    for (from, to) in [
        ("\"hidden\":\"", "\"hidden\":\"00"),
        ("\"version\":1", "\"version\":9"),
    ] {
        let forged: Sealed = serde_json::from_str(&form.replace(from, to)).expect("a form");
        assert!(
            unseal(&masked, &forged, &key, &approved()).is_err(),
            "{from}"
        );
    }
}
