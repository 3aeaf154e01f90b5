use std::fmt;

macro_rules! promises {
    ($($(#[doc = $doc:literal])+ $promise:ident = $name:literal;)+) => {
        /// What a format owes to the reader that trusts it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Promise {
            $($(#[doc = $doc])+ $promise,)+
        }

        impl Promise {
            /// Every promise, in the order of a report.
            pub const ALL: &'static [Self] = &[$(Self::$promise,)+];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$promise => $name,)+ }
            }

            /// What is promised, and why, in a paragraph.
            #[must_use]
            pub fn explain(self) -> &'static str {
                match self { $(Self::$promise => concat!($($doc, "\n"),+).trim_ascii(),)+ }
            }
        }
    };
}

promises! {
    /// Detection knows the samples, and says the same of the same bytes each
    /// time: a reader chooses the format by it.
    Detection = "detection";
    /// Every place that a diagnostic, an error or a booking names lies inside the
    /// input: whoever holds the input can look it up.
    Places = "places";
    /// A step uses no more bytes than its window has.
    Window = "window";
    /// A step that asks for more has left the ledger alone: it will see the same
    /// bytes again and would account for them twice.
    Asking = "asking";
    /// Reading ends: there are no more records than bytes (and two), and every
    /// request for more is followed by progress or the end.
    Ending = "ending";
    /// After an error there is no record: the transmission cannot be read further.
    AfterError = "after-error";
    /// No input makes it panic: not one cut short at any byte, not one with any
    /// byte flipped.
    NoPanic = "no-panic";
    /// The records, their doubts and their account do not depend on how the input
    /// is cut into windows.
    Chunking = "chunking";
    /// Every datum is accounted for: it has its slot in the ledger, a slot
    /// without a field has its note `unmapped`, and at the end no slot is left
    /// that no record took.
    Account = "account";
    /// Diagnostics and errors hold no text of the input, so that they may be
    /// logged: places and codes only. A key of a JSON document is no such text.
    Privacy = "privacy";
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
