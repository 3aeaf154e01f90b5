//! The closed vocabulary of the schema: one [`Field`] for every leaf.
//!
//! The same enumeration is the "which datum" of a diagnostic, the key of a
//! privacy rule, the target of a mapping, the subject of a history entry and the
//! row of the documentation. Its serde form is the path of the leaf, so that a
//! misspelt one is an error where the document is loaded.
//!
//! A place, not a type, makes a field: the telephone number of a passenger and
//! the one of whoever booked are two fields, because the law treats them as two.
//!
//! The table is in `table.rs`. [`Field::ALL`] lists it; `examples/schema.rs`
//! prints it with the elements of Annex I and the segments of PNRGOV and PAXLST.

mod set;
mod table;
mod walk;
mod way;

pub use set::FieldSet;
pub(crate) use set::ScopeSet;
pub(crate) use table::scopes;
pub use table::{Field, Scope};
pub(crate) use walk::{
    Entry, Items, Last, Visit, VisitMut, walk_minor, walk_passenger_mut, walk_request,
};
pub(crate) use way::{Reach, Way};

use crate::model::Text;
use crate::model::leaf::{Class, Leaf, Raw, Value};

/// What the table says of one field.
pub(crate) struct Info {
    pub(crate) field: Field,
    pub(crate) path: &'static str,
    pub(crate) scope: Scope,
    pub(crate) doc: &'static str,
    pub(crate) element: u8,
    pub(crate) pnrgov: &'static str,
    pub(crate) paxlst: &'static str,
}

/// Fields that take whole texts, whatever they say: the counters of
/// [`Data`](crate::Data) show them apart.
const TEXTS: &[Field] = &[
    Field::HistoryText,
    Field::RemarkText,
    Field::RequestText,
    Field::ServiceText,
    Field::SeatText,
    Field::MinorText,
    Field::TicketText,
];

impl Field {
    #[expect(
        clippy::indexing_slicing,
        reason = "the table has a row for each variant"
    )]
    fn info(self) -> &'static Info {
        &Self::TABLE[self as usize]
    }

    /// Path of the leaf in the serde form of a booking; `[]` stands for every item.
    ///
    /// ```
    /// use paxnorm::Field;
    ///
    /// assert_eq!(Field::PassengerNameSurname.path(), "passengers[].name.surname");
    /// ```
    #[must_use]
    pub fn path(self) -> &'static str {
        self.info().path
    }

    /// The field of a path.
    ///
    /// ```
    /// use paxnorm::Field;
    ///
    /// assert_eq!(Field::from_path("legs[].from.code"), Some(Field::LegFromCode));
    /// assert_eq!(Field::from_path("legs[].from.kode"), None);
    /// ```
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Self::TABLE
            .iter()
            .find(|info| info.path == path)
            .map(|info| info.field)
    }

    /// What the field is.
    #[must_use]
    pub fn doc(self) -> &'static str {
        self.info().doc.trim_start()
    }

    /// The element (1 to 19) of Annex I of Directive (EU) 2016/681, as read after
    /// C-817/19, to which the field belongs; `None` for fields outside it.
    ///
    /// ```
    /// use paxnorm::Field;
    ///
    /// assert_eq!(Field::SeatNumber.element(), Some(14));
    /// assert_eq!(Field::VisaNumber.element(), None);
    /// ```
    #[must_use]
    pub fn element(self) -> Option<u8> {
        Some(self.info().element).filter(|element| *element > 0)
    }

    /// Where PNRGOV carries it: segment, element and component; empty for nowhere.
    #[must_use]
    pub fn pnrgov(self) -> &'static str {
        self.info().pnrgov
    }

    /// Where PAXLST carries it: segment, element and component; empty for nowhere.
    #[must_use]
    pub fn paxlst(self) -> &'static str {
        self.info().paxlst
    }

    /// The place of the schema in which it stands.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.info().scope
    }

    /// Whether it takes whole texts, whatever they say.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "the table has a row for each variant"
    )]
    pub fn is_text(self) -> bool {
        const IS_TEXT: [bool; Field::TABLE.len()] = {
            let mut table = [false; Field::TABLE.len()];
            let mut at = 0;
            while at < TEXTS.len() {
                table[TEXTS[at] as usize] = true;
                at += 1;
            }
            table
        };
        IS_TEXT[self as usize]
    }
}

fn class_of<T, L: Leaf>(_: fn(&T) -> &L, raw: Raw<'_>) -> (Class, bool) {
    (L::CLASS, L::accepts(raw))
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.path())
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.path())
    }
}

impl Value for Field {
    const CLASS: Class = Class::Field;

    fn parse(text: &str) -> Option<Self> {
        Self::from_path(text)
    }

    fn show(&self) -> Text {
        Text::from(self.path())
    }
}

impl serde::Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

impl<'de> serde::Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::model::leaf::from_text(deserializer, "the path of a field")
    }
}

impl Scope {
    /// The scope of this prefix.
    pub(crate) fn from_prefix(prefix: &str) -> Option<Self> {
        let mut scopes = Self::ALL.iter().copied();
        scopes.find(|scope| scope.prefix() == prefix)
    }
}

impl serde::Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.prefix())
    }
}

impl<'de> serde::Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let prefix = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom("not the path before the fields of a scope");
        Self::from_prefix(&prefix).ok_or_else(unknown)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Field {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Field".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let paths: Vec<_> = Self::TABLE.iter().map(|info| info.path).collect();
        schemars::json_schema!({ "type": "string", "enum": paths })
    }
}

/// Turns the table into the enumeration, its rows, and the walks over a booking.
macro_rules! vocabulary {
    ($($scope:ident: $type:ident at $prefix:literal {
        $(#[doc = $doc:literal] $field:ident: $($member:ident).+, $element:literal, $pnrgov:literal, $paxlst:literal;)*
        $(dynamic {
            #[doc = $dyn_doc:literal]
            $dyn_field:ident: $dyn_member:ident by $by:ident, $dyn_element:literal, $dyn_pnrgov:literal, $dyn_paxlst:literal;
        })?
        $(each $list:ident: $child:ident;)*
    })+) => {
        /// A leaf of the schema, by its place.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        #[non_exhaustive]
        pub enum Field {
            $(
                $(#[doc = $doc] $field,)*
                $(#[doc = $dyn_doc] $dyn_field,)?
            )+
        }

        /// A place of the schema that holds fields: one record, or each item of a list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Scope {
            $(#[doc = concat!("`", $prefix, "`")] $scope,)+
        }

        impl Scope {
            /// Every scope, in the order of the schema.
            pub const ALL: &'static [Self] = &[$(Self::$scope,)+];

            /// The path before the fields of the scope.
            #[must_use]
            pub const fn prefix(self) -> &'static str {
                match self {
                    $(Self::$scope => $prefix,)+
                }
            }

            /// The places of the lists in it.
            pub(crate) const fn beneath(self) -> &'static [Self] {
                match self {
                    $(Self::$scope => &[$(Self::$child,)*],)+
                }
            }
        }

        impl Field {
            /// Every field, in the order of the schema.
            pub const ALL: &'static [Self] = &[$(
                $(Self::$field,)*
                $(Self::$dyn_field,)?
            )+];

            pub(super) const TABLE: &'static [crate::field::Info] = &[$(
                $(crate::field::Info {
                    field: Self::$field,
                    path: concat!($prefix, crate::field::vocabulary!(@path $($member).+)),
                    scope: Scope::$scope,
                    doc: $doc,
                    element: $element,
                    pnrgov: $pnrgov,
                    paxlst: $paxlst,
                },)*
                $(crate::field::Info {
                    field: Self::$dyn_field,
                    path: concat!($prefix, stringify!($dyn_member)),
                    scope: Scope::$scope,
                    doc: $dyn_doc,
                    element: $dyn_element,
                    pnrgov: $dyn_pnrgov,
                    paxlst: $dyn_paxlst,
                },)?
            )+];
        }

        impl Field {
            /// What it holds, and whether it could hold this.
            pub(crate) fn class(self, raw: crate::model::leaf::Raw<'_>) -> (crate::model::leaf::Class, bool) {
                let class = match self.scope() {
                    $(Scope::$scope => scopes::$scope::class(self, raw),)+
                };
                class.unwrap_or((crate::model::leaf::Class::Text, false))
            }
        }

        /// The walks, one module for each scope.
        #[allow(non_snake_case, unused_imports, unused_variables)]
        pub(crate) mod scopes {
            $(pub(crate) mod $scope {
                use super::super::{Field, Scope, model};
                use crate::field::{Entry, Items, Last, ScopeSet, Visit, VisitMut, Way};
                use crate::model::leaf::{Class, Leaf, Raw, SetError};

                /// What the scope is of.
                #[allow(dead_code)]
                pub(crate) type Item = model::$type;

                pub(crate) fn walk<V: Visit>(item: &model::$type, visitor: &mut V) {
                    $(visitor.leaf(Field::$field, &item.$($member).+);)*
                    $(visitor.leaf(item.$by.unwrap_or(Field::$dyn_field), &item.$dyn_member);)?
                    $(if !item.$list.items().is_empty() && visitor.enter(Scope::$child) {
                        for child in item.$list.items() {
                            super::$child::walk(child, visitor);
                        }
                    })*
                }

                pub(crate) fn walk_mut<V: VisitMut>(item: &mut model::$type, visitor: &mut V) {
                    $(visitor.leaf(Field::$field, &mut item.$($member).+);)*
                    $(visitor.leaf(item.$by.unwrap_or(Field::$dyn_field), &mut item.$dyn_member);)?
                    lists(item, visitor);
                }

                /// What the lists hold.
                #[inline(always)]
                fn lists<V: VisitMut>(item: &mut model::$type, visitor: &mut V) {
                    $(if !item.$list.items().is_empty() {
                        let entry = visitor.enter(Scope::$child);
                        let walk = super::$child::walk_mut;
                        crate::field::vocabulary!(@enter entry item $list $child walk visitor);
                    })*
                }

                /// Sees the leaves to which a way leads.
                pub(crate) fn follow<V: VisitMut>(
                    item: &mut model::$type,
                    way: &Way,
                    visitor: &mut V,
                ) {
                    for field in &way.fields {
                        match *field {
                            $(Field::$field => visitor.leaf(Field::$field, &mut item.$($member).+),)*
                            _ => {}
                        }
                    }
                    for way in &way.beneath {
                        let entry = way.entry;
                        match way.scope {
                            $(Scope::$child => {
                                let walk = |child: &mut _, visitor: &mut V| {
                                    super::$child::follow(child, way, visitor);
                                };
                                crate::field::vocabulary!(@enter entry item $list $child walk visitor);
                            })*
                            _ => {}
                        }
                    }
                }

                /// A copy, of which the visitor sees every leaf.
                #[allow(dead_code)]
                pub(crate) fn copy<V: VisitMut>(item: &model::$type, visitor: &mut V) -> model::$type {
                    let mut copy = model::$type::default();
                    $(visitor.copy(Field::$field, &item.$($member).+, &mut copy.$($member).+);)*
                    $(visitor.copy(item.$by.unwrap_or(Field::$dyn_field), &item.$dyn_member, &mut copy.$dyn_member);)?
                    $(copy.$list = item.$list.clone();)*
                    lists(&mut copy, visitor);
                    copy
                }

                #[allow(dead_code)]
                pub(crate) fn is_empty(item: &model::$type) -> bool {
                    true
                    $(&& !item.$($member).+.present())*
                    $(&& !item.$dyn_member.present())?
                    $(&& item.$list.items().is_empty())*
                }

                pub(crate) fn prune(item: &mut model::$type, places: ScopeSet) {
                    $(if places.contains(Scope::$child) && !item.$list.items().is_empty() {
                        item.$list.prune(|child| {
                            super::$child::prune(child, places);
                            !super::$child::is_empty(child)
                        });
                    })*
                }

                #[allow(dead_code)]
                pub(crate) fn set(
                    item: &mut model::$type,
                    field: Field,
                    raw: Raw<'_>,
                ) -> Result<(), SetError> {
                    match field {
                        $(Field::$field => item.$($member).+.set(raw),)*
                        $(Field::$dyn_field => item.$dyn_member.set(raw),)?
                        _ => Err(SetError::Unreadable),
                    }
                }

                /// What a field of the scope holds, and whether it could hold this.
                pub(crate) fn class(field: Field, raw: Raw<'_>) -> Option<(Class, bool)> {
                    match field {
                        $(Field::$field => Some(crate::field::class_of(|item: &model::$type| &item.$($member).+, raw)),)*
                        $(Field::$dyn_field => Some(crate::field::class_of(|item: &model::$type| &item.$dyn_member, raw)),)?
                        _ => None,
                    }
                }
            })+
        }
    };
    (@enter $entry:ident $item:ident $list:ident $child:ident $walk:ident $visitor:ident) => {
        match $entry {
            Entry::Pass => {}
            Entry::Walk => $item.$list.change($visitor, $walk, super::$child::copy),
            Entry::Clear => {
                for child in $item.$list.items() {
                    super::$child::walk(child, &mut Last($visitor));
                }
                $item.$list.clear_items();
            }
        }
    };
    (@path $first:ident) => { stringify!($first) };
    (@path $first:ident . $second:ident) => { concat!(stringify!($first), ".", stringify!($second)) };
}

pub(crate) use vocabulary;
