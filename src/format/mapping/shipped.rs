//! The mappings that come with the library.

use std::sync::LazyLock;

use super::{Draft, Mapping};
use crate::format::{Confidence, Format, Session};
use crate::reader::{Intake, Limits};

/// A mapping that comes with the library, compiled when it is first used.
#[derive(Debug)]
pub struct Shipped {
    name: &'static str,
    text: &'static str,
    mapping: LazyLock<Mapping>,
}

impl Shipped {
    /// The document itself, ready to be copied and edited.
    #[must_use]
    pub fn document(&self) -> &'static str {
        self.text
    }

    /// The mapping.
    #[must_use]
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }
}

impl Format for Shipped {
    fn name(&self) -> &str {
        self.name
    }

    fn detect(&self, head: &[u8]) -> Confidence {
        self.mapping.detect(head)
    }

    fn open(&self, limits: &Limits, intake: &Intake) -> Box<dyn Session + Send + Sync + '_> {
        self.mapping.open(limits, intake)
    }
}

fn load(text: &str) -> Mapping {
    // A test loads every document; one that is wrong recognises nothing.
    serde_json::from_str(text).unwrap_or_else(|_| Mapping {
        draft: Draft::default(),
        plan: super::plan::Plan::default(),
    })
}

macro_rules! shipped {
    ($($(#[$doc:meta])* $constant:ident = $name:literal;)+) => {
        $(
            $(#[$doc])*
            pub static $constant: Shipped = Shipped {
                name: $name,
                text: include_str!(concat!("shipped/", $name, ".json")),
                mapping: LazyLock::new(|| load(include_str!(concat!("shipped/", $name, ".json")))),
            };
        )+

        /// All of them; those of the most particular kind first.
        pub static SHIPPED: &[&Shipped] = &[$(&$constant),+];
    };
}

shipped! {
    /// Bookings of the Open Sales and Distribution Model.
    OSDM = "osdm";
    /// Orders and bookings of Distribusion.
    DISTRIBUSION = "distribusion";
    /// Requests for bookings of Distribusion.
    DISTRIBUSION_REQUEST = "distribusion-request";
    /// Person and booking lists of the European Maritime Single Window environment, in JSON.
    EMSWE = "emswe";
    /// Passenger lists of port formalities (FAL form 6).
    FAL6 = "fal6";
    /// Crew lists of port formalities (FAL form 5).
    FAL5 = "fal5";
    /// Manifests of trains, in four languages.
    RAIL_MANIFEST = "rail-manifest";
    /// Manifests of ferry operators, in four languages.
    FERRY_MANIFEST = "ferry-manifest";
    /// Manifests of coach lines, in four languages.
    COACH_MANIFEST = "coach-manifest";
}
