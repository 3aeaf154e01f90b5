//! tmp
use paxnorm::edifact::*;
#[test]
fn corpus() {
    let root = std::path::Path::new("../shared/corpus");
    for dir in [
        "pnrgov/gtas",
        "pnrgov/jetway",
        "paxlst/ediclean",
        "paxlst/gtas",
        "paxlst/minelytics",
        "paxlst/smooks",
        "paxlst/wco-guide",
    ] {
        for f in std::fs::read_dir(root.join(dir)).unwrap() {
            let p = f.unwrap().path();
            let w = std::fs::read(&p).unwrap();
            println!("== {}", p.display());
            let mut at = 0;
            while let Search::Found(s) = find_interchange(&w, at, true) {
                println!("{:?}", s);
                let mut sc = Scanner::new();
                let r = sc
                    .scan(
                        &w,
                        s.unb,
                        &s.delimiters,
                        &Limits::default(),
                        true,
                        |_, _| false,
                    )
                    .unwrap();
                let segs = sc.segments(&w, Charset::Unknown, &s.delimiters);
                println!(
                    "{:?} segs {} data {} of {}",
                    r,
                    segs.len(),
                    segs.data(),
                    w.len()
                );
                for p in sc.problems() {
                    println!(
                        "  {:?} {:?}",
                        p,
                        String::from_utf8_lossy(
                            &w[p.offset.saturating_sub(20)..(p.offset + p.len + 20).min(w.len())]
                        )
                    );
                }
                let Scanned::Complete { used } = r else {
                    panic!()
                };
                at = used;
            }
        }
    }
}
