//! What one unit may hand to another, and tokens in place of names.

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use paxnorm::model::PartialDate;
use paxnorm::privacy::{
    Approval, Elements, Grounds, Held, HmacKey, Pseudonymiser, Reading, Refusal, Relation,
    Retention, tokens, view,
};
use paxnorm::{Field, Name, Scope};
use support::planted::planted;

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-05-20T04:39:00Z")
        .expect("a time")
        .to_utc()
}

fn approval() -> Approval {
    Approval {
        authority: "court of Utopia".into(),
        reference: "12/2026".into(),
        at: now(),
    }
}

fn request(approval: Option<Approval>, full_data: Option<Approval>) -> Grounds {
    Grounds::Request {
        unit: "Arcadia".into(),
        case: "case 9".into(),
        approval,
        full_data,
    }
}

#[test]
fn grounds_decide_and_refusals_are_typed() {
    let held = Held::since(now());
    let reasons = Held {
        reasons: Some("7".into()),
        ..held.clone()
    };
    let late = now() + TimeDelta::days(200);
    let found = || Grounds::Identified {
        finding: "match 7".into(),
    };
    let nameless = Approval {
        authority: "".into(),
        ..approval()
    };
    let future = Approval {
        at: now() + TimeDelta::days(1),
        ..approval()
    };
    type Row<'r> = (Grounds, &'r Held, &'r [u8], DateTime<Utc>, Option<Refusal>);
    let table: Vec<Row<'_>> = vec![
        (found(), &held, &[1, 4], now(), None),
        (
            Grounds::Identified { finding: "".into() },
            &held,
            &[1],
            now(),
            Some(Refusal::NoGrounds),
        ),
        (
            request(None, None),
            &held,
            &[1],
            now(),
            Some(Refusal::NoApproval),
        ),
        (
            request(Some(nameless), None),
            &held,
            &[1],
            now(),
            Some(Refusal::NoApproval),
        ),
        (
            request(Some(future), None),
            &held,
            &[1],
            now(),
            Some(Refusal::NoApproval),
        ),
        (request(Some(approval()), None), &held, &[1, 4], now(), None),
        (
            request(Some(approval()), None),
            &held,
            &[1],
            late,
            Some(Refusal::Expired),
        ),
        (
            request(Some(approval()), None),
            &reasons,
            &[1, 4],
            late,
            Some(Refusal::Masked(4)),
        ),
        (
            request(Some(approval()), None),
            &reasons,
            &[1, 3, 7],
            late,
            None,
        ),
        (
            request(Some(approval()), Some(approval())),
            &reasons,
            &[1, 4],
            late,
            None,
        ),
        (found(), &reasons, &[18], late, Some(Refusal::Masked(18))),
        (
            Grounds::ThirdCountry,
            &held,
            &[1],
            now(),
            Some(Refusal::ThirdCountry),
        ),
        (
            Grounds::Europol {
                request: "E1".into(),
                approval: None,
            },
            &held,
            &[1],
            now(),
            Some(Refusal::NoApproval),
        ),
    ];
    let (booking, ..) = planted();
    let rules = Retention::new(Reading::AfterRuling, Utc);
    for (grounds, held, elements, at, refusal) in table {
        let elements = Elements::new(elements).expect("elements");
        let seen = view(&booking, held, &grounds, elements, &rules, at);
        assert_eq!(seen.err(), refusal, "{grounds:?}");
    }
}

#[test]
fn a_view_holds_the_chosen_elements_alone() {
    let (booking, ..) = planted();
    let rules = Retention::new(Reading::AsWritten, Utc);
    let grounds = Grounds::Identified {
        finding: "match 7".into(),
    };
    for element in 1..=19 {
        let chosen = Elements::new(&[element]).expect("an element");
        let held = Held::since(now());
        let (seen, _) = view(&booking, &held, &grounds, chosen, &rules, now()).expect("a view");
        let mut fields = Vec::new();
        seen.values(&mut |field, _| fields.push(field));
        let strays: Vec<&Field> = fields
            .iter()
            .filter(|field| field.scope() != Scope::Provenance && field.element() != Some(element))
            .collect();
        assert!(strays.is_empty(), "element {element}: {strays:?}");
        let of_message = fields
            .iter()
            .filter(|field| field.scope() == Scope::Provenance);
        let of_message = of_message.count();
        assert!(
            (2..=7).contains(&of_message),
            "provenance travels reduced: {of_message}"
        );
        let received = seen.provenance.received.map(|at| at.to_string());
        assert_eq!(
            received.as_deref(),
            Some("2026-05-20T04:39:00Z"),
            "the sender's receipt"
        );
        assert!(seen.withheld.is_empty() && seen.range.is_none());
        if ![4, 17, 18, 5, 8].contains(&element) {
            let json = serde_json::to_value(&seen).expect("JSON").to_string();
            assert!(
                !json.contains("\"passenger\":"),
                "element {element} shows how many travel"
            );
        }
    }
}

fn key(epoch: &str) -> HmacKey {
    HmacKey::new(Relation::new("UTO", "XXA", "art. 9", epoch), [7; 32])
}

#[test]
fn variants_of_one_person_meet_and_others_do_not() {
    let table = [
        ("ERIKSSON/ANNA MARIA", "ANNA MARIA/ERIKSSON", 12, true),
        ("ERIKSSON/ANNA MARIA", "ERIKSSON/ANNAMARIA MRS", 12, true),
        ("ERIKSSON/ANNA MARIA", "ERIKSSON/ANNA MARIAMRS", 12, true),
        ("ERIKSSON/ANNA MARIA", "ERIKSON/ANNA", 12, true),
        ("MÜLLER/JÖRG", "MUELLER/JOERG", 12, true),
        ("Щербакова/Юлия", "SHCHERBAKOVA/YULIYA", 12, true),
        ("AL HADDAD/YOUSEF", "ALHADDAD/YUSUF", 12, true),
        ("ERIKSSON/ANNA MARIA", "ERIKSSON/ANNA MARIA", 13, false),
        ("ERIKSSON/ANNA MARIA", "LINDQVIST/ANNA BEATA", 12, false),
        ("ERIKSSON/ANNA MARIA", "ERIKSSON/LARS", 12, false),
    ];
    let name = |text: &str| {
        let (surname, given) = text.split_once('/').expect("two parts");
        Name::new(surname, given)
    };
    for (one, other, day, meet) in table {
        let ours = tokens(&name(one), PartialDate::new(1974, 8, 12), &key("1"));
        let theirs = tokens(&name(other), PartialDate::new(1974, 8, day), &key("1"));
        assert_eq!(ours.meets(&theirs), meet, "{one} and {other}");
        assert_eq!(theirs.meets(&ours), meet, "{other} and {one}");
    }
}

#[test]
fn without_a_date_only_the_whole_name_meets() {
    let of = |surname: &str, given: &str| tokens(&Name::new(surname, given), None, &key("1"));
    assert!(of("ERIKSSON", "ANNA").meets(&of("ANNA", "ERIKSSON MRS")));
    assert!(!of("ERIKSSON", "ANNA").meets(&of("ERIKSON", "ANNA")));
    assert!(
        !of("ERIKSSON", "").meets(&of("ERIKSSON", "")),
        "one word is nobody"
    );
    assert_eq!(
        tokens(&Name::default(), PartialDate::new(1974, 8, 12), &key("1"))
            .all()
            .count(),
        0
    );
}

#[test]
fn tokens_hold_for_one_relation() {
    let name = Name::new("ERIKSSON", "ANNA MARIA");
    let born = PartialDate::new(1974, 8, 12);
    let ours = tokens(&name, born, &key("1"));
    let relations = [
        Relation::new("UTO", "XXA", "art. 9", "2"),
        Relation::new("UTO", "XXB", "art. 9", "1"),
        Relation::new("UTO", "XXA", "art. 6", "1"),
        // Lengths stand before the parts: what moves between them is another relation.
        Relation::new("UTO", "XXAa", "rt. 9", "1"),
    ];
    for relation in relations {
        let theirs = tokens(&name, born, &HmacKey::new(relation.clone(), [7; 32]));
        assert!(!ours.meets(&theirs), "{relation:?}");
    }
    let swapped = HmacKey::new(Relation::new("XXA", "UTO", "art. 9", "1"), [7; 32]);
    assert!(
        ours.meets(&tokens(&name, born, &swapped)),
        "either unit may be named first"
    );
    let other = HmacKey::new(Relation::new("UTO", "XXA", "art. 9", "1"), [8; 32]);
    assert!(!ours.meets(&tokens(&name, born, &other)), "another key");
}

/// RFC 4231, test case 2: the first half of the code.
#[test]
fn the_code_is_that_of_the_standard() {
    let mut secret = [0; 32];
    secret[..4].copy_from_slice(b"Jefe");
    let key = HmacKey::new(Relation::new("", "", "", ""), secret);
    let expected = [
        0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75,
        0xc7,
    ];
    assert_eq!(key.mac(b"what do ya want for nothing?"), expected);
    assert!(!format!("{key:?}").contains("Jefe"));
}
