//! What travel documents are: the codes of all messages by one table of kinds.

use crate::document::Kind;
use crate::model::DocumentKind;

/// What a code of a document is (1001 of PAXLST, the first field of DOCS): a visa, or a kind of the schema; and
/// whether the code says more than that.
pub(super) enum Type {
    Visa,
    Document(DocumentKind, bool),
    Unknown,
}

/// Identity card by the numbers of UNTDED.
const IDENTITY_CARD: &str = "36";

/// Kinds of which the schema has the same, and those that it puts together.
const KINDS: &[(Kind, DocumentKind, bool)] = &[
    (Kind::Passport, DocumentKind::Passport, false),
    (Kind::PassportCard, DocumentKind::PassportCard, false),
    (Kind::IdentityCard, DocumentKind::IdentityCard, false),
    (Kind::CrewCertificate, DocumentKind::CrewCertificate, false),
    (
        Kind::MilitaryIdentification,
        DocumentKind::MilitaryCard,
        false,
    ),
    (
        Kind::RefugeeTravelDocument,
        DocumentKind::RefugeeDocument,
        false,
    ),
    (Kind::RefugeePassport, DocumentKind::RefugeeDocument, true),
    (Kind::PilotLicence, DocumentKind::Other, true),
    (Kind::OtherApproved, DocumentKind::Other, true),
];

/// What nearly every document is, told before the table is asked.
const COMMONEST: &str = "P";

pub(super) fn read_type(code: &str) -> Type {
    if code == COMMONEST {
        return Type::Document(DocumentKind::Passport, false);
    }
    if code == IDENTITY_CARD {
        return Type::Document(DocumentKind::IdentityCard, false);
    }
    match Kind::read(code).normal {
        None => Type::Unknown,
        Some(Kind::Visa) => Type::Visa,
        Some(kind) => match KINDS.iter().find(|row| row.0 == kind) {
            Some((_, kind, more)) => Type::Document(*kind, *more),
            // Every other kind is a passport of some sort.
            None => Type::Document(DocumentKind::Passport, true),
        },
    }
}
