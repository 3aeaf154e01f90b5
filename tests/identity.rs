//! Identities through the public face: what each datum of two persons adds, and that it all adds up.

use paxnorm::Name;
use paxnorm::matching::{
    Date, DateAgreement, Identity, Matcher, NumberAgreement, Points, Prepared, Sex, SexAgreement,
    probability,
};
use std::sync::LazyLock;

static MATCHER: LazyLock<Matcher> = LazyLock::new(Matcher::default);

fn prepare(name: &str) -> Prepared {
    MATCHER.prepare(&Name::unsplit(name))
}

/// Without a name: the points that the names start with are left out of what is compared.
fn born(births: &[Date]) -> Identity {
    let mut identity = Identity::default();
    identity.births.extend_from_slice(births);
    identity
}

fn travelling(documents: &[&str]) -> Identity {
    let mut identity = Identity::default();
    identity
        .documents
        .extend(documents.iter().map(|&number| number.into()));
    identity
}

#[test]
fn each_level_of_a_date_adds_its_points() {
    let points = Points::default();
    for (other, level) in [
        (Date::new(1984, 3, 7), points.birth_same),
        (Date::new(1984, 7, 3), points.birth_exchanged),
        (Date::new(1984, 3, 17), points.birth_digit),
        (Date::new(1984, 3, 0), points.birth_month),
        (Date::new(1984, 0, 0), points.birth_year),
        (Date::new(1985, 0, 0), points.birth_near),
        (Date::new(1951, 11, 20), points.birth_different),
        (Date::new(0, 3, 7), 0.0),
    ] {
        let weighed = MATCHER.weigh(&born(&[Date::new(1984, 3, 7)]), &born(&[other]));
        assert_eq!(weighed.birth_points, level, "{:?}", weighed.birth);
        assert_eq!(weighed.evidence, weighed.name_points + level);
    }
}

#[test]
fn each_level_of_a_number_adds_its_points() {
    use NumberAgreement::*;
    let points = Points::default();
    for (a, b, level, added) in [
        ("L898902C3", "l898-902 c3", Same, points.number_same),
        // With its check digit, and with a digit that is none.
        ("L898902C3", "L898902C36", Same, points.number_same),
        ("L898902C3", "L898902C37", Near, points.number_near),
        ("L898902C3", "L8989O2C3", Confused, points.number_confused),
        ("L898902C3", "L898920C3", Near, points.number_near),
        ("L898902C3", "X1234567", Different, points.number_different),
        // Too short to be near.
        ("AB123", "AB124", Different, points.number_different),
        ("AB1234", "AB1235", Near, points.number_near),
        ("L898902C3", "--", Missing, 0.0),
    ] {
        for (a, b) in [(a, b), (b, a)] {
            let weighed = MATCHER.weigh(&travelling(&[a]), &travelling(&[b]));
            assert_eq!(
                (weighed.number, weighed.number_points),
                (level, added),
                "{a} {b}"
            );
        }
    }
}

/// A year below 100 has no century; one of three digits is a year long ago.
#[test]
fn a_century_is_open_below_a_hundred() {
    let compare = |a: u16, b: u16| Date::new(a, 3, 7).compare(&Date::new(b, 3, 7));
    for (a, b, level) in [
        (99, 1999, DateAgreement::Same),
        (1899, 99, DateAgreement::Same),
        (99, 99, DateAgreement::Same),
        (100, 1900, DateAgreement::Different),
        (99, 2000, DateAgreement::Different),
    ] {
        assert_eq!(compare(a, b), level, "{a} {b}");
        assert_eq!(compare(b, a), level, "{b} {a}");
    }
}

#[test]
fn the_best_pair_of_each_kind_counts() {
    let mut a = Identity::new(prepare("Birgit LINDT"));
    a.names.push(prepare("Anna Maria ERIKSSON"));
    a.names.push(prepare("Anna Maria ERIKSSON"));
    let mut b = Identity::new(prepare("Yousef HADDAD"));
    b.names.push(prepare("XXX"));
    b.names.push(prepare("ERIKSON ANNA"));
    let weighed = MATCHER.weigh(&a, &b);
    assert_eq!(
        weighed.names,
        Some((1, 2)),
        "the first of two that are level"
    );
    assert_eq!(MATCHER.weigh(&b, &a).names, Some((2, 1)));
    let why = MATCHER.explain(&a.names[1], &b.names[2]);
    assert_eq!(weighed.name_points, why.evidence);
    let days = [Date::new(1951, 11, 20), Date::new(1984, 3, 7)];
    let weighed = MATCHER.weigh(&born(&days), &born(&[Date::new(1984, 3, 7)]));
    assert_eq!(weighed.birth, DateAgreement::Same);
    let weighed = MATCHER.weigh(
        &travelling(&["X1234567", "L898902C3"]),
        &travelling(&["L898902C3"]),
    );
    assert_eq!(weighed.number, NumberAgreement::Same);
}

#[test]
fn dates_agree_by_levels() {
    use DateAgreement::*;
    let born = Date::new(1984, 3, 7);
    for (other, level) in [
        (Date::new(1984, 3, 7), Same),
        (Date::new(84, 3, 7), Same),
        (Date::new(1984, 7, 3), Exchanged),
        (Date::new(84, 7, 3), Exchanged),
        (Date::new(1984, 3, 0), Month),
        (Date::new(1984, 3, 17), Digit),
        (Date::new(1964, 3, 7), Digit),
        (Date::new(1984, 0, 0), Year),
        (Date::new(1985, 0, 0), Near),
        (Date::new(1985, 11, 20), Different),
        (Date::new(1990, 0, 0), Different),
        (Date::new(0, 3, 7), Missing),
        (Date::new(84, 3, 17), Digit),
        (Date::new(84, 11, 20), Different),
        (Date::new(1884, 3, 7), Digit),
        (Date::new(85, 0, 0), Near),
        (Date::new(83, 0, 0), Near),
        (Date::new(1984, 7, 0), Different),
    ] {
        assert_eq!(
            born.compare(&other),
            level,
            "{} {} {}",
            other.year,
            other.month,
            other.day
        );
        assert_eq!(other.compare(&born), level);
    }
}

#[test]
fn all_data_of_an_identity_add_up() {
    let make = |name: &str, birth: Date, number: &str, sex: Sex| {
        let mut identity = Identity::new(prepare(name));
        identity.births.push(birth);
        identity.documents.push(number.into());
        identity.sex = Some(sex);
        identity
    };
    let a = make(
        "Anna Maria ERIKSSON",
        Date::new(1974, 8, 12),
        "L898902C3",
        Sex::Female,
    );
    let same = make(
        "ERIKSSON ANNA",
        Date::new(1974, 8, 12),
        "L898902C36",
        Sex::Female,
    );
    let typo = make(
        "ERIKSSON ANNA",
        Date::new(1974, 12, 8),
        "L8989O2C3",
        Sex::Female,
    );
    let other = make(
        "ERIKSSON ANNA",
        Date::new(1951, 1, 30),
        "X1234567",
        Sex::Male,
    );
    for (b, birth, number, sex) in [
        (
            &same,
            DateAgreement::Same,
            NumberAgreement::Same,
            SexAgreement::Same,
        ),
        (
            &typo,
            DateAgreement::Exchanged,
            NumberAgreement::Confused,
            SexAgreement::Same,
        ),
        (
            &other,
            DateAgreement::Different,
            NumberAgreement::Different,
            SexAgreement::Different,
        ),
    ] {
        let weighed = MATCHER.weigh(&a, b);
        assert_eq!(
            (weighed.birth, weighed.number, weighed.sex),
            (birth, number, sex)
        );
        let sum =
            weighed.name_points + weighed.birth_points + weighed.number_points + weighed.sex_points;
        assert_eq!((weighed.evidence, weighed.score), (sum, probability(sum)));
        assert_eq!(MATCHER.weigh(b, &a).score, weighed.score);
        let names = MATCHER.explain(&a.names[0], &b.names[0]);
        assert_eq!(names.evidence, weighed.name_points);
    }
    assert!(MATCHER.weigh(&a, &same).score > 0.999);
    assert!(MATCHER.weigh(&a, &other).score < MATCHER.score(&a.names[0], &other.names[0]));
    let nothing = Identity::default();
    assert_eq!(MATCHER.weigh(&nothing, &a).names, None);
}
