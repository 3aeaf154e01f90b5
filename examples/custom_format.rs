//! A format of one's own: a list of fixed width, a traveller on each line.
use paxnorm::diagnostic::{Code, Diagnostic, Location, Place};
use paxnorm::format::{Confidence, Format, Ledger, Session, Step};
use paxnorm::{Error, Field, Intake, Limits, Name, Options, Reader, Record, conformance};

pub(crate) const SAMPLE: &str = "#XX\nABC123ERIKSSON  ANNA\nABC124O'NEILL   SIOBHAN   WINDOW\n";

/// Where a column begins and ends, and the field that it reaches.
const COLUMNS: [(usize, usize, Option<Field>); 4] = [
    (0, 6, Some(Field::LocatorValue)),
    (6, 16, Some(Field::PassengerNameSurname)),
    (16, 26, Some(Field::PassengerNameGiven)),
    (26, usize::MAX, None),
];

pub(crate) struct FixedWidth;
impl Format for FixedWidth {
    fn name(&self) -> &str {
        "xx-list"
    }
    fn detect(&self, head: &[u8]) -> Confidence {
        [Confidence::No, Confidence::Certain][usize::from(head.starts_with(b"#XX"))]
    }
    fn open(&self, _: &Limits, _: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        Box::new(Lines(0))
    }
}

struct Lines(u64); // seen so far
impl Session for Lines {
    fn step(&mut self, all: &[u8], at: u64, last: bool, to: &mut Ledger) -> Result<Step, Error> {
        let end = all.iter().position(|byte| *byte == b'\n');
        if end.is_none() && !last {
            return Ok(Step::default()); // the line may go on
        }
        self.0 += 1;
        let line = &all[..end.unwrap_or(all.len())];
        let is_data = !line.is_empty() && line[0] != b'#';
        let record = is_data.then(|| self.record(line, at, to));
        let used = line.len() + usize::from(end.is_some());
        Ok(Step { used, record })
    }
}
impl Lines {
    fn record(&self, line: &[u8], at: u64, ledger: &mut Ledger) -> Record {
        let (mut record, mut values) = (Record::default(), Vec::new());
        for ((start, end, field), column) in COLUMNS.into_iter().zip(1..) {
            let cell = line.get(start..end.min(line.len())).unwrap_or_default();
            values.push(String::from_utf8_lossy(cell.trim_ascii()));
            let slot = ledger.open(usize::from(!cell.trim_ascii().is_empty())); // one for a datum
            let (offset, len, row) = (at + start as u64, cell.len() as u32, self.0);
            let place = Place::Cell { row, column };
            let doubt = Diagnostic::new(Code::Unmapped, None, Location { offset, len, place });
            match field {
                Some(field) => ledger.fill(slot, field),
                None if cell.trim_ascii().is_empty() => {}
                None => record.diagnostics.push(doubt),
            }
        }
        let booking = record.booking.insert(Box::default());
        booking.locators.push(Default::default());
        booking.locators[0].value = Some(values[0].as_ref().into());
        booking.passengers.push(Default::default());
        booking.passengers[0].name = Name::new(&values[1], &values[2]);
        record
    }
}

fn main() -> Result<(), Error> {
    let options = Options {
        formats: &[&FixedWidth],
        ..Options::default()
    };
    for record in Reader::with(SAMPLE.as_bytes(), &options)? {
        println!("{}", serde_json::json!(record?.booking));
    }
    print!("{}", conformance::check(&FixedWidth, &[SAMPLE]));
    Ok(())
}
