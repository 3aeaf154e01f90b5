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
    ($($constant:ident = $name:literal;)+) => {
        $(
            #[doc = include_str!(concat!("shipped/", $name, ".md"))]
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
    OSDM = "osdm";
    DISTRIBUSION = "distribusion";
    DISTRIBUSION_REQUEST = "distribusion-request";
    EMSWE = "emswe";
    FAL6 = "fal6";
    FAL5 = "fal5";
    RAIL_MANIFEST = "rail-manifest";
    FERRY_MANIFEST = "ferry-manifest";
    COACH_MANIFEST = "coach-manifest";
}
