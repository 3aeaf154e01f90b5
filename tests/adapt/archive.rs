//! The smallest workbooks: archives without compression, made of strings.

pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A day, counted as workbooks do: 1 is the first of January 1900.
    Date(u32),
}

type Sheets<'a> = [(&'a str, Vec<Vec<Cell>>)];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

pub fn xlsx(sheets: &Sheets<'_>) -> Vec<u8> {
    let each = |text: fn(usize, &str) -> String| -> String {
        sheets
            .iter()
            .zip(1..)
            .map(|((name, _), number)| text(number, name))
            .collect()
    };
    let list = each(|number, name| {
        format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#)
    });
    let relations = each(|number, _| {
        format!(
            r#"<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        )
    });
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!(
                r#"{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                r#"{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                r#"{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{list}</sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                r#"{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}<Relationship Id="rId99" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        // Style 1 is a date.
        (
            "xl/styles.xml".to_owned(),
            format!(
                r#"{XML}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#
            ),
        ),
    ];
    for ((_, rows), number) in sheets.iter().zip(1..) {
        let rows: String = rows
            .iter()
            .zip(1..)
            .map(|(row, number)| xlsx_row(row, number))
            .collect();
        let text =
            format!(r#"{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
        parts.push((format!("xl/worksheets/sheet{number}.xml"), text));
    }
    archive(&parts)
}

fn xlsx_row(row: &[Cell], number: usize) -> String {
    let cell = |(cell, column): (&Cell, char)| match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => {
            let text = escaped(text);
            format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#)
        }
        Cell::Number(value) => format!(r#"<c r="{column}{number}"><v>{value}</v></c>"#),
        Cell::Date(day) => format!(r#"<c r="{column}{number}" s="1"><v>{day}</v></c>"#),
    };
    let cells: String = row.iter().zip('A'..).map(cell).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

pub fn ods(sheets: &Sheets<'_>) -> Vec<u8> {
    const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0""#;
    let table = |(name, rows): &(&str, Vec<Vec<Cell>>)| {
        let rows: String = rows.iter().map(|row| ods_row(row)).collect();
        format!(r#"<table:table table:name="{name}">{rows}</table:table>"#)
    };
    let tables: String = sheets.iter().map(table).collect();
    let content = format!(
        r#"{XML}<office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    archive(&[
        (
            "mimetype".to_owned(),
            "application/vnd.oasis.opendocument.spreadsheet".to_owned(),
        ),
        (
            "META-INF/manifest.xml".to_owned(),
            format!(
                r#"{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#
            ),
        ),
        ("content.xml".to_owned(), content),
    ])
}

fn ods_row(row: &[Cell]) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Empty => "<table:table-cell/>".to_owned(),
        Cell::Text(text) => {
            let text = escaped(text);
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
        }
        Cell::Number(value) => {
            format!(r#"<table:table-cell office:value-type="float" office:value="{value}"/>"#)
        }
        Cell::Date(day) => {
            assert_eq!(*day, 27_253);
            r#"<table:table-cell office:value-type="date" office:date-value="1974-08-12"/>"#
                .to_owned()
        }
    };
    let cells: String = row.iter().map(cell).collect();
    let cells = if cells.is_empty() {
        "<table:table-cell/>".to_owned()
    } else {
        cells
    };
    format!("<table:table-row>{cells}</table:table-row>")
}

/// An archive of stored parts (APPNOTE 4.3).
fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let offset = bytes.len() as u32;
        let (len, crc) = (text.len() as u32, crc32(text.as_bytes()));
        let mut entry = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        entry.extend(
            [crc, len, len]
                .iter()
                .flat_map(|number| number.to_le_bytes()),
        );
        entry.extend((name.len() as u16).to_le_bytes());
        entry.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&entry);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (bytes.len() as u32, parts.len() as u16);
    let len = directory.len() as u32;
    bytes.append(&mut directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(
        [count, count]
            .iter()
            .flat_map(|number| number.to_le_bytes()),
    );
    bytes.extend([len, start].iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend([0, 0]);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| {
        if crc & 1 == 1 {
            crc >> 1 ^ 0xEDB8_8320
        } else {
            crc >> 1
        }
    };
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), step)
    });
    !crc
}
