use super::layout::Span;
use super::zone::Zone;
use super::{Field, Mrz, MrzSex, WriteError};
use crate::document::{Reading, State, check_digit};

impl Mrz {
    /// Writes the lines of the zone, with all check digits.
    ///
    /// States are written as the zone has them (`D` for Germany). An empty
    /// personal number has a filler for its check digit.
    ///
    /// ```
    /// use paxnorm::document::Mrz;
    ///
    /// let lines = "I<UTOD23145890<XYZ5<<<<<<<<<<<\n\
    ///              7408122F1204159UTO<<<<<<<<<<<0\n\
    ///              ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
    /// assert_eq!(Mrz::read(lines)?.write()?, lines);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A [`WriteError`] where a field is too long for the layout or holds a
    /// character that no zone has.
    pub fn write(&self) -> Result<String, WriteError> {
        let mut zone = Zone::empty(self.layout);
        let plan = zone.plan();
        zone.put(plan.code, &self.kind.received);
        zone.put(plan.issuer, code(&self.issuer));
        zone.put(plan.nationality, code(&self.nationality));
        self.number(&mut zone)?;
        put(&mut zone, plan.birth, &self.birth.received, Field::Birth)?;
        put(&mut zone, plan.expiry, &self.expiry.received, Field::Expiry)?;
        zone.put(plan.sex, sex(self.sex));
        if let Some(span) = plan.optional_2 {
            put(&mut zone, span, &self.optional_2, Field::Optional)?;
        }
        put(&mut zone, plan.name, &self.name.field(), Field::Name)?;
        checks(&mut zone, self.number.len() > 9);
        Ok(zone.write())
    }

    /// The document number and the first optional field, which a long number shares.
    fn number(&self, zone: &mut Zone) -> Result<(), WriteError> {
        let plan = zone.plan();
        let (number, optional) = (self.number.as_str(), self.optional.as_str());
        let Some((nine, rest)) = number
            .split_at_checked(9)
            .filter(|(_, rest)| !rest.is_empty())
        else {
            put(zone, plan.number, number, Field::Number)?;
            return put(zone, plan.optional, optional, Field::Optional);
        };
        if !self.layout.holds_long_numbers() {
            return Err(WriteError::TooLong(Field::Number));
        }
        let check = check_digit(number).ok_or(WriteError::Character(Field::Number))?;
        let shared = format!("{rest}{check}<{optional}");
        put(zone, plan.number, nine, Field::Number)?;
        put(
            zone,
            plan.optional,
            shared.trim_end_matches('<'),
            Field::Optional,
        )
    }
}

fn put(zone: &mut Zone, span: Span, text: &str, field: Field) -> Result<(), WriteError> {
    if check_digit(text).is_none() {
        return Err(WriteError::Character(field));
    }
    if text.len() > span.width() {
        return Err(WriteError::TooLong(field));
    }
    zone.put(span, text);
    Ok(())
}

/// The code as a zone prints it; one that no table knows stays as received.
fn code(state: &Reading<State>) -> &str {
    state.normal.map_or(&state.received, |known| known.mrz())
}

fn sex(sex: MrzSex) -> &'static str {
    match sex {
        MrzSex::Male => "M",
        MrzSex::Female => "F",
        MrzSex::Unspecified => "<",
    }
}

fn checks(zone: &mut Zone, long: bool) {
    let plan = zone.plan();
    for checked in plan.checked() {
        let empty = checked.field == Field::Optional && zone.text(checked.data).is_empty();
        let filler = empty || (long && checked.field == Field::Number);
        if let (Some(digit), false) = (zone.digit(checked.data), filler) {
            zone.put(checked.check, digit.encode_utf8(&mut [0; 4]));
        }
    }
    if let Some((spans, check)) = plan.composite
        && let Some(digit) = zone.composite_digit(spans)
    {
        zone.put(check, digit.encode_utf8(&mut [0; 4]));
    }
}
