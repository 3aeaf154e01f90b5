//! Every public type crosses threads: a unit reads with as many as it has.

use paxnorm::format::mapping;
use paxnorm::matching::transliterate;
use paxnorm::{capi, conformance, diagnostic, document, edifact, format, matching, model, privacy};

fn crosses<T: Send + Sync + ?Sized>() {}

macro_rules! all_cross {
    ($($test:ident: $($type:ty),+;)+) => {$(
        #[test]
        fn $test() {
            $(crosses::<$type>();)+
        }
    )+};
}

all_cross! {
    conformance: conformance::Report, conformance::Failure, conformance::Promise,
        conformance::Trial, conformance::Effort;
    reading: paxnorm::Record, paxnorm::Data, paxnorm::Options<'_>, paxnorm::Limits,
        paxnorm::Intake, paxnorm::Error, paxnorm::ErrorKind, paxnorm::Field, paxnorm::FieldSet, paxnorm::Scope;
    diagnostics: diagnostic::Diagnostic, diagnostic::Code, diagnostic::Severity,
        diagnostic::Location, diagnostic::Place;
    formats: format::Pnrgov, format::Paxlst, format::Ledger, format::Step, format::Confidence, format::Deviation,
        dyn format::Format;
    documents: document::Mrz, document::MrzDate, document::MrzSex, document::Layout,
        document::Field, document::Finding, document::Refusal, document::WriteError,
        document::Comparison, document::Difference, document::Verdict, document::Why,
        document::Kind, document::MachineName, document::Reading<model::Text>, document::How,
        document::State, document::Status;
    scripts: transliterate::Language, transliterate::Transliteration, transliterate::Script;
    names: matching::Matcher, matching::Prepared, matching::Tuning, matching::TuningError,
        matching::Weights, matching::Term, matching::Explanation, matching::Aligned, matching::Index<u32>,
        matching::Candidate<u32>, matching::Snapshot<u32>, matching::Points, matching::Weighed,
        matching::Identity, matching::Date, matching::DateAgreement, matching::NumberAgreement,
        matching::SexAgreement, matching::normalise::Word, matching::distance::Pattern<'_>,
        matching::distance::Costs;
    policies: privacy::Policy, privacy::Rule, privacy::Explained, privacy::Ruling,
        privacy::Elements, privacy::Approval, privacy::Grounds, privacy::Condition,
        privacy::Route, privacy::Persons, privacy::Retention<chrono::Utc>, privacy::Held,
        privacy::Disposition, privacy::RetentionError, privacy::Outcome, privacy::Line,
        privacy::Relation, privacy::Tokens, privacy::HmacKey, privacy::SealKey,
        privacy::Sealed, privacy::Authorisation, privacy::SealError, privacy::Admission;
    mappings: mapping::Mapping, mapping::MappingError, mapping::Draft, mapping::Source,
        mapping::Csv, mapping::Row, mapping::Json, mapping::Names, mapping::Item,
        mapping::Condition, mapping::Join, mapping::Given, mapping::Parse, mapping::Dates,
        mapping::DateOrder, mapping::NameOrder, mapping::Money, mapping::StopForm,
        mapping::Cut, mapping::Table, mapping::Otherwise, mapping::Suggestion,
        mapping::Column, mapping::SuggestError, mapping::Lexicon, mapping::LexiconError,
        mapping::Shipped, mapping::Workbook, mapping::Canonical;
    syntax: edifact::Scanner, edifact::Scanned, edifact::Segments<'_>, edifact::Segment<'_>,
        edifact::SegmentsIter<'_>, edifact::Component<'_>, edifact::Components<'_>,
        edifact::Delimiters, edifact::Charset, edifact::Limits, edifact::Limit,
        edifact::LimitReached, edifact::Problem, edifact::ProblemKind, edifact::Search,
        edifact::Start, edifact::Tag;
    records: model::Booking, model::Locator, model::Agency, model::Group, model::Minor,
        model::Split, model::ServiceRequest, model::OtherService, model::Remark,
        model::HistoryEntry, model::Change, model::ByteRange, model::Provenance, model::Journey,
        model::Passenger, model::State, model::Document, model::Visa, model::Loyalty,
        model::Name, model::Contact, model::Address, model::Leg, model::Service, model::Stop,
        model::Seat, model::CheckIn, model::Bag, model::BagTag, model::Excess, model::Ticket,
        model::Price, model::Tax, model::Fare, model::Payment, model::Withheld;
    values: model::Text, model::Id, model::Country, model::Amount, model::CardNumber,
        model::PartialDate, model::Timestamp, model::Zone, model::SchemaVersion, model::Sex,
        model::Title, model::Action, model::Mode, model::LegalBasis, model::BookingStatus,
        model::LocatorKind, model::LegKind, model::LegStatus, model::StopScheme,
        model::PassengerKind, model::Role, model::DocumentKind, model::VisaKind, model::Capture,
        model::ContactKind, model::Origin, model::SeatKind, model::PoolRole, model::WeightUnit,
        model::PriceKind, model::PaymentMethod, model::HistoryAction, model::RemarkKind,
        model::MessageKind, model::Push, model::Part;
}

/// Threads of C may share every handle. What stands behind one has no name of its own outside:
/// `reader::Open`, `options::Shared` and `text::Owned` are crossed under those of their handles.
/// A `capi::PaxnormRecord` lends pointers to one caller and crosses nothing.
#[test]
fn handles_cross() {
    crosses::<capi::Status>();
    crosses::<capi::PaxnormError>();
    crosses::<capi::PaxnormCandidate>();
    crosses::<capi::Handle<u32>>();
    crosses::<capi::PaxnormReader>();
    crosses::<capi::PaxnormOptions>();
    crosses::<capi::PaxnormText>();
    crosses::<capi::PaxnormMatcher>();
    crosses::<capi::PaxnormName>();
    crosses::<capi::PaxnormIndex>();
}

/// A reader moves to another thread; a stream need not be shared, so neither must the reader.
#[test]
fn readers_move() {
    fn moves<T: Send>() {}
    moves::<paxnorm::Reader<'_>>();
    moves::<paxnorm::Input<'_>>();
    moves::<Box<dyn format::Session + Send + Sync>>();
}

/// Names that a source file declares as public types.
fn declared(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().take(3).collect();
        let [visibility, "struct" | "enum", name] = words[..] else {
            return None;
        };
        let public = ["pub", "public", "personal"].contains(&visibility);
        let end = name.find(|c: char| !c.is_alphanumeric());
        public.then(|| &name[..end.unwrap_or(name.len())])
    })
}

fn sources(folder: &std::path::Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(std::fs::read_to_string(path).expect("a source file"));
        }
    }
}

/// Types that stand in a hidden method of a public trait, and that nobody else can name.
const HIDDEN: [&str; 2] = ["Reach", "Own"];

#[test]
fn no_public_type_is_forgotten_here() {
    let mut found = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&root.join("src"), &mut found);
    let here = include_str!("autotraits.rs");
    let forgotten: Vec<&str> = (found.iter().flat_map(|source| declared(source)))
        // A macro's own name for what it declares.
        .filter(|name| !name.is_empty() && !HIDDEN.contains(name))
        .filter(|name| {
            !here.match_indices(&format!("::{name}")).any(|(at, text)| {
                let next = here[at + text.len()..].chars().next();
                !next.is_some_and(char::is_alphanumeric)
            })
        })
        .collect();
    assert!(forgotten.is_empty(), "add {forgotten:?} to the lists above");
}
