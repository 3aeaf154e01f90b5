//! Tables that come with the library: currencies, and time zones of stops.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::StopScheme;

type Rows = HashMap<&'static str, &'static str>;

/// The rows of a table of two columns.
fn rows(text: &'static str) -> Rows {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
}

static CURRENCIES: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("tables/currencies.tsv")));
static STATIONS: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("tables/stations.tsv")));
static PORTS: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("tables/ports.tsv")));
static COUNTRIES: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("tables/countries.tsv")));

/// Decimals of the minor unit of a currency.
pub(super) fn decimals(currency: &str) -> Option<u8> {
    CURRENCIES.get(currency)?.parse().ok()
}

/// The time zone of a stop: of the very stop, else of a country that has but one.
pub(super) fn zone(scheme: StopScheme, code: &str) -> Option<&'static str> {
    match scheme {
        StopScheme::Uic => STATIONS.get(code).copied(),
        StopScheme::UnLocode => {
            let country = || COUNTRIES.get(code.get(..2)?).copied();
            PORTS.get(code).copied().or_else(country)
        }
        _ => None,
    }
}
