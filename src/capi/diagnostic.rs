//! Diagnostics as JSON.

use serde::Serialize;

use crate::Field;
use crate::diagnostic::{Diagnostic, Place};

/// A diagnostic as the callers of C see it.
#[derive(Serialize)]
pub(super) struct Shown<'d> {
    code: &'static str,
    number: u16,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<Field>,
    offset: u64,
    length: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Spot<'d>>,
    text: String,
}

/// A place in the terms of the format; bytes alone have none.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Spot<'d> {
    Segment {
        message: u32,
        segment: u32,
        tag: String,
        element: u16,
        component: u16,
    },
    Cell {
        row: u64,
        column: u32,
    },
    Pointer(&'d str),
}

impl<'d> Shown<'d> {
    pub(super) fn new(diagnostic: &'d Diagnostic) -> Self {
        Self {
            code: diagnostic.code.name(),
            number: diagnostic.code.number(),
            severity: diagnostic.severity().as_str(),
            field: diagnostic.field,
            offset: diagnostic.location.offset,
            length: diagnostic.location.len,
            place: Spot::new(&diagnostic.location.place),
            text: diagnostic.to_string(),
        }
    }
}

impl<'d> Spot<'d> {
    fn new(place: &'d Place) -> Option<Self> {
        match place {
            Place::Transmission => None,
            Place::Segment {
                message,
                segment,
                tag,
                element,
                component,
            } => Some(Self::Segment {
                message: *message,
                segment: *segment,
                tag: tag.to_string(),
                element: *element,
                component: *component,
            }),
            Place::Cell { row, column } => Some(Self::Cell {
                row: *row,
                column: *column,
            }),
            Place::Pointer { path } => Some(Self::Pointer(path)),
        }
    }
}
