//! The functions give what the library gives, whatever layout their columns have.

use std::fs;
use std::path::{Path, PathBuf};

use datafusion::arrow::array::AsArray;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float32Type};
use datafusion::error::Result;
use datafusion::prelude::SessionContext;
use paxnorm::matching::{Matcher, Tuning};
use paxnorm::{Name, Options, Policy, Reader};
use paxnorm_cluster::{functions, query};

fn context() -> SessionContext {
    let context = SessionContext::new();
    for function in functions::all() {
        context.register_udf(function.as_ref().clone());
    }
    context
}

/// The rows of an answer, each as its cells separated by a stroke.
async fn rows(context: &SessionContext, sql: &str) -> Result<Vec<String>> {
    let batches = context.sql(sql).await?.collect().await?;
    let mut rows = Vec::new();
    for batch in &batches {
        for row in 0..batch.num_rows() {
            let cells = batch
                .columns()
                .iter()
                .map(|column| datafusion::arrow::util::display::array_value_to_string(column, row));
            rows.push(cells.collect::<Result<Vec<_>, _>>()?.join("|"));
        }
    }
    Ok(rows)
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let entries = fs::read_dir(folder)
        .expect("the samples of the library")
        .flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "edi"));
    paths.sort();
    paths
}

/// Every sample as a literal of bytes.
fn literal(path: &Path) -> String {
    let bytes = fs::read(path).expect("a sample");
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x'{digits}'")
}

#[tokio::test]
async fn parse_gives_the_bookings_of_the_library_byte_for_byte() -> Result<()> {
    let mut kept = Vec::new();
    for policy in ["eu-pnr", "keep-all"] {
        for path in samples() {
            let sql = format!(
                "SELECT piece['json'], cardinality(piece['doubts'])
                 FROM (SELECT unnest(paxnorm_parse({}, '{policy}')) AS piece)",
                literal(&path)
            );
            let found = rows(&context(), &sql).await?;
            assert_eq!(found, read(&path, policy), "{policy}, {}", path.display());
            kept.extend(found);
        }
    }
    let (with, without) = kept.split_at(kept.len() / 2);
    assert_ne!(with, without, "the policy says what is kept");
    Ok(())
}

/// Bookings and counts of doubts, as the library has them.
fn read(path: &Path, policy: &str) -> Vec<String> {
    let bytes = fs::read(path).expect("a sample");
    let options = Options {
        policy: Policy::named(policy).expect("a policy"),
        ..Options::default()
    };
    let records = Reader::with(bytes.as_slice(), &options).expect("a known format");
    let shown = records.map(|record| {
        let record = record.expect("a record");
        let json = record
            .booking
            .map(|booking| serde_json::to_string(&booking));
        let json = json.transpose().expect("JSON").unwrap_or_default();
        format!("{json}|{}", record.diagnostics.len())
    });
    shown.collect()
}

#[tokio::test]
async fn parse_names_persons_as_tickets_do() -> Result<()> {
    let path = samples()
        .into_iter()
        .find(|path| path.ends_with("family-with-infants.edi"));
    let sql = format!(
        "SELECT piece['locator'], piece['names']
         FROM (SELECT unnest(paxnorm_parse({})) AS piece) WHERE piece['json'] IS NOT NULL LIMIT 1",
        literal(&path.expect("the sample"))
    );
    let family = "FAM4TW|[VERMEULEN/TINE, VERMEULEN/FIEN, ADEYEMI/TUNDE, VERMEULEN/OLU]";
    assert_eq!(rows(&context(), &sql).await?, [family]);
    Ok(())
}

#[tokio::test]
async fn parse_says_where_a_transmission_cannot_be_read() -> Result<()> {
    let sql = "SELECT piece['json'], piece['names'], piece['doubts']
               FROM (SELECT unnest(paxnorm_parse('no transmission')) AS piece)";
    assert_eq!(
        rows(&context(), sql).await?,
        ["|[]|[no known format begins like this]"]
    );
    let nothing = "SELECT paxnorm_parse(NULL) IS NULL";
    assert_eq!(rows(&context(), nothing).await?, ["true"]);
    Ok(())
}

/// Names in three layouts of text, one of them absent.
const PAIRS: &str =
    "(VALUES ('HADDAD/YOUSEF', 'ALHADAD/YUSUF MR'), ('ERIKSSON/ANNA', 'ERICSSON/ANNA'),
    (NULL, 'X/Y'), ('ERIKSSON/ANNA', 'OKAFOR/NGOZI')) AS pairs (a, b)";

#[tokio::test]
async fn score_and_explanation_are_those_of_the_library() -> Result<()> {
    let matcher = Matcher::default();
    let name = |text: (&str, &str)| matcher.prepare(&Name::new(text.0, text.1));
    let pairs = [
        (("HADDAD", "YOUSEF"), ("ALHADAD", "YUSUF MR")),
        (("ERIKSSON", "ANNA"), ("ERICSSON", "ANNA")),
        (("ERIKSSON", "ANNA"), ("OKAFOR", "NGOZI")),
    ];
    let (mut scores, mut reasons) = (Vec::new(), Vec::new());
    for (a, b) in pairs.map(|(a, b)| (name(a), name(b))) {
        scores.push(matcher.score(&a, &b).to_string());
        reasons.push(serde_json::to_string(&matcher.explain(&a, &b)).expect("JSON"));
    }
    scores.insert(2, String::new());
    reasons.insert(2, String::new());
    for layout in ["Utf8", "LargeUtf8", "Utf8View"] {
        let column = |name: &str| format!("arrow_cast({name}, '{layout}')");
        let (a, b) = (column("a"), column("b"));
        let sql = format!("SELECT paxnorm_score({a}, {b}) FROM {PAIRS}");
        let found: Vec<f32> = parsed(rows(&context(), &sql).await?);
        assert_eq!(found, parsed(scores.clone()), "{layout}");
        let sql = format!("SELECT paxnorm_explain({a}, {b}) FROM {PAIRS}");
        assert_eq!(rows(&context(), &sql).await?, reasons, "{layout}");
    }
    Ok(())
}

/// Numbers that are printed in more than one way; absent ones as 9.
fn parsed(texts: Vec<String>) -> Vec<f32> {
    texts
        .iter()
        .map(|text| text.parse().unwrap_or(9.0))
        .collect()
}

#[tokio::test]
async fn a_tuning_may_come_last_and_must_be_a_sound_constant() -> Result<()> {
    let text = r#"{"weights": {"start": -3.0}, "floor": 0.9}"#;
    let tuning: Tuning = serde_json::from_str(text).expect("a tuning");
    let tuned = Matcher::new(tuning).expect("a tuning");
    let [a, b] = [("ERIKSSON", "ANNA"), ("ERICSSON", "ANA")];
    let (a, b) = (
        tuned.prepare(&Name::new(a.0, a.1)),
        tuned.prepare(&Name::new(b.0, b.1)),
    );
    let sql =
        |tuning: &str| format!("SELECT paxnorm_score('ERIKSSON/ANNA', 'ERICSSON/ANA'{tuning})");
    let with = rows(&context(), &sql(&format!(", '{text}'"))).await?;
    let without = rows(&context(), &sql("")).await?;
    assert_eq!(parsed(with.clone()), [tuned.score(&a, &b)]);
    assert_ne!(with, without);
    let cases = [
        (sql(r#", '{"nicknam": 1}'"#), "unknown field `nicknam`"),
        (
            sql(r#", '{"nickname": 2}'"#),
            "nickname is 2, not within 0 to 1",
        ),
        (
            format!("SELECT paxnorm_score(a, b, a) FROM {PAIRS}"),
            "must be a constant",
        ),
        (
            "SELECT paxnorm_parse('', 'none')".into(),
            "no policy is called none",
        ),
    ];
    for (sql, wrong) in cases {
        let error = rows(&context(), &sql).await.expect_err(&sql).to_string();
        assert!(error.contains(wrong), "{sql}: {error}");
    }
    Ok(())
}

/// More names than a thread keeps ready, so that many take over the place of another one.
#[tokio::test]
async fn each_of_many_names_is_scored_as_itself() -> Result<()> {
    let matcher = Matcher::default();
    let anna = matcher.prepare(&Name::new("ERIKSSON", "ANNA"));
    let sql = "SELECT name, paxnorm_score('ERIKSSON/ANNA', name) FROM
        (SELECT concat('ER', translate(to_hex(n), '0123456789abcdef', 'ABCDEFGHIKLMNOPQ'), '/ANNA') AS name
         FROM (SELECT unnest(range(0, 100000)) AS n))";
    for batch in context().sql(sql).await?.collect().await? {
        let names = cast(batch.column(0), &DataType::Utf8View)?;
        let scores = batch.column(1).as_primitive::<Float32Type>();
        for (name, score) in names.as_string_view().iter().zip(scores) {
            let (surname, given) = name
                .and_then(|name| name.split_once('/'))
                .expect("a stroke");
            let name = matcher.prepare(&Name::new(surname, given));
            assert_eq!(score, Some(matcher.score(&anna, &name)), "{given}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn blocks_are_the_keys_of_the_library() -> Result<()> {
    let matcher = Matcher::default();
    let prepared = matcher.prepare(&Name::new("HADDAD", "YOUSEF"));
    let keys: Vec<_> = matcher
        .blocks(&prepared)
        .map(|key| key.to_string())
        .collect();
    let sql = "SELECT unnest(paxnorm_blocks('HADDAD/YOUSEF'))";
    assert_eq!(rows(&context(), sql).await?, keys);
    let nothing = "SELECT paxnorm_blocks(NULL) IS NULL";
    assert_eq!(rows(&context(), nothing).await?, ["true"]);
    Ok(())
}

/// A common surname: every key of it is a hub, and yet nobody of the list is out of reach.
#[tokio::test]
async fn screening_finds_common_names_and_counts_journeys() -> Result<()> {
    let context = context();
    let crowd: Vec<_> = (1..40)
        .map(|id| format!("({id}, 'SMITH/JOHN {}')", "ABCDEFGH".repeat(id)))
        .collect();
    let tables = [
        format!(
            "CREATE TABLE list (id BIGINT UNSIGNED, name TEXT) AS VALUES (0, 'SMITH/JOHN'), {}",
            crowd.join(", ")
        ),
        "CREATE TABLE travellers (id BIGINT UNSIGNED, name TEXT) AS VALUES (0, 'SMYTH/JOHN'),
            (1, 'SMYTH/JOHN'), (2, 'OKAFOR/NGOZI'), (3, 'JOHN/SMITH')"
            .into(),
    ];
    for table in tables {
        context.sql(&table).await?.collect().await?;
    }
    let hits = query::screen(&context, &query::screening(10, 0.9)).await?;
    let found: Vec<_> = hits
        .iter()
        .filter(|hit| hit.listed == 0)
        .map(|hit| (hit.name.as_str(), hit.journeys))
        .collect();
    assert_eq!(found, [("JOHN/SMITH", 1), ("SMYTH/JOHN", 2)]);
    assert!(hits.iter().all(|hit| hit.name != "OKAFOR/NGOZI"));
    Ok(())
}
