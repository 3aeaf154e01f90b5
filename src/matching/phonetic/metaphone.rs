//! Double Metaphone: the sound of a name of European spelling, in two readings.
//!
//! After the description of the algorithm by Lawrence Philips (2000): a main
//! code and one for another pronunciation, of at most four sounds each.

/// How many sounds a code holds.
const LONGEST: usize = 4;

/// The two codes of a name; the second is the same where there is but one
/// reading. Letters outside of A to Z, after taking off marks of `Ç` and `Ñ`,
/// say nothing.
///
/// ```
/// use paxnorm::matching::phonetic::double_metaphone;
///
/// assert_eq!(double_metaphone("SMITH"), ("SM0".into(), "XMT".into()));
/// assert_eq!(double_metaphone("SCHMIDT"), ("XMT".into(), "SMT".into()));
/// assert_eq!(double_metaphone("THOMAS").0, "TMS");
/// assert_eq!(double_metaphone("محمد").0, "");
/// ```
#[must_use]
pub fn double_metaphone(name: &str) -> (String, String) {
    let mut coder = Coder::new(name);
    coder.begin();
    while coder.at < coder.end() && !coder.full() {
        let letter = coder.here();
        coder.sound(letter);
    }
    coder.codes()
}

struct Coder {
    /// Capitals A to Z, `Ç` as `{`, `Ñ` as `|`.
    letters: Vec<u8>,
    at: usize,
    main: String,
    other: String,
}

impl Coder {
    fn new(name: &str) -> Self {
        let letters = name.chars().filter_map(|c| match c {
            'A'..='Z' => Some(c as u8),
            'a'..='z' => Some(c.to_ascii_uppercase() as u8),
            'Ç' | 'ç' => Some(b'{'),
            'Ñ' | 'ñ' => Some(b'|'),
            ' ' | '-' | '\'' => Some(b' '),
            _ => None,
        });
        Self {
            letters: letters.take(64).collect(),
            at: 0,
            main: String::new(),
            other: String::new(),
        }
    }

    fn end(&self) -> usize {
        self.letters.len()
    }

    fn full(&self) -> bool {
        self.main.len() >= LONGEST && self.other.len() >= LONGEST
    }

    fn codes(mut self) -> (String, String) {
        self.main.truncate(LONGEST);
        self.other.truncate(LONGEST);
        (self.main, self.other)
    }

    fn here(&self) -> u8 {
        self.letter(0)
    }

    /// The letter some places on or back, 0 beyond the ends.
    fn letter(&self, offset: isize) -> u8 {
        let at = self.at.checked_add_signed(offset);
        at.and_then(|at| self.letters.get(at)).copied().unwrap_or(0)
    }

    /// Whether one of the texts stands some places on.
    fn is(&self, offset: isize, texts: &[&str]) -> bool {
        let Some(from) = self.at.checked_add_signed(offset) else {
            return false;
        };
        let rest = self.letters.get(from..).unwrap_or(&[]);
        texts.iter().any(|text| rest.starts_with(text.as_bytes()))
    }

    fn begins(&self, texts: &[&str]) -> bool {
        texts
            .iter()
            .any(|text| self.letters.starts_with(text.as_bytes()))
    }

    fn vowel(&self, offset: isize) -> bool {
        matches!(self.letter(offset), b'A' | b'E' | b'I' | b'O' | b'U' | b'Y')
    }

    fn last(&self) -> bool {
        self.at + 1 >= self.end()
    }

    /// Whether the name looks Slavic or Germanic.
    fn slavic(&self) -> bool {
        let has = |text: &[u8]| self.letters.windows(text.len()).any(|part| part == text);
        has(b"W") || has(b"K") || has(b"CZ") || has(b"WITZ")
    }

    fn put(&mut self, code: &str, used: usize) {
        self.both(code, code, used);
    }

    fn both(&mut self, main: &str, other: &str, used: usize) {
        self.main.push_str(main);
        self.other.push_str(other);
        self.at += used;
    }

    /// Two letters if the next is the same, else one.
    fn twice(&self) -> usize {
        1 + usize::from(self.letter(1) == self.here())
    }

    /// Beginnings with a silent letter.
    fn begin(&mut self) {
        if self.begins(&["GN", "KN", "PN", "WR", "PS"]) {
            self.at = 1;
        } else if self.begins(&["X"]) {
            self.put("S", 1);
        }
    }

    fn sound(&mut self, letter: u8) {
        match letter {
            b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' => {
                let first = if self.at == 0 { "A" } else { "" };
                self.put(first, 1);
            }
            b'B' => self.put("P", self.twice()),
            b'{' => self.put("S", 1),
            b'C' => self.c(),
            b'D' => self.d(),
            b'F' | b'K' | b'N' => self.put(&char::from(letter).to_string(), self.twice()),
            b'|' => self.put("N", 1),
            b'G' => self.g(),
            b'H' => self.h(),
            b'J' => self.j(),
            b'L' => self.l(),
            b'M' => self.m(),
            b'P' if self.letter(1) == b'H' => self.put("F", 2),
            b'P' => self.put("P", 1 + usize::from(matches!(self.letter(1), b'P' | b'B'))),
            b'Q' => self.put("K", self.twice()),
            b'R' => self.r(),
            b'S' => self.s(),
            b'T' => self.t(),
            b'V' => self.put("F", self.twice()),
            b'W' => self.w(),
            b'X' => self.x(),
            b'Z' => self.z(),
            _ => self.at += 1,
        }
    }

    fn c(&mut self) {
        if self.at > 1
            && !self.vowel(-2)
            && self.is(-1, &["ACH"])
            && self.letter(2) != b'I'
            && (self.letter(2) != b'E' || self.is(-2, &["BACHER", "MACHER"]))
        {
            self.put("K", 2);
        } else if self.at == 0 && self.is(0, &["CAESAR"]) {
            self.put("S", 2);
        } else if self.is(0, &["CHIA"]) {
            self.put("K", 2);
        } else if self.is(0, &["CH"]) {
            self.ch();
        } else if self.is(0, &["CZ"]) && !self.is(-2, &["WICZ"]) {
            self.both("S", "X", 2);
        } else if self.is(1, &["CIA"]) {
            self.put("X", 3);
        } else if self.is(0, &["CC"]) && !(self.at == 1 && self.letter(-1) == b'M') {
            self.cc();
        } else if self.is(0, &["CK", "CG", "CQ"]) {
            self.put("K", 2);
        } else if self.is(0, &["CIO", "CIE", "CIA"]) {
            self.both("S", "X", 2);
        } else if self.is(0, &["CI", "CE", "CY"]) {
            self.put("S", 2);
        } else {
            let used = match () {
                () if self.is(1, &[" C", " Q", " G"]) => 3,
                () if self.is(1, &["C", "K", "Q"]) && !self.is(1, &["CE", "CI"]) => 2,
                () => 1,
            };
            self.put("K", used);
        }
    }

    fn cc(&mut self) {
        if !self.is(2, &["I", "E", "H"]) || self.is(2, &["HU"]) {
            self.put("K", 2);
        } else if self.at == 1 && self.letter(-1) == b'A' || self.is(-1, &["UCCEE", "UCCES"]) {
            self.put("KS", 3);
        } else {
            self.put("X", 3);
        }
    }

    fn ch(&mut self) {
        let greek = self.at == 0
            && self.is(1, &["HARAC", "HARIS", "HOR", "HYM", "HIA", "HEM"])
            && !self.begins(&["CHORE"]);
        if self.at > 0 && self.is(0, &["CHAE"]) {
            self.both("K", "X", 2);
        } else if greek || self.hard_ch() {
            self.put("K", 2);
        } else if self.at == 0 {
            self.put("X", 2);
        } else if self.begins(&["MC"]) {
            self.put("K", 2);
        } else {
            self.both("X", "K", 2);
        }
    }

    fn hard_ch(&self) -> bool {
        self.begins(&["VAN ", "VON ", "SCH"])
            || self.is(-2, &["ORCHES", "ARCHIT", "ORCHID"])
            || self.is(2, &["T", "S"])
            || (self.at == 0 || self.is(-1, &["A", "O", "U", "E"]))
                && (self.is(2, &["L", "R", "N", "M", "B", "H", "F", "V", "W", " "])
                    || self.at + 2 >= self.end())
    }

    fn d(&mut self) {
        if self.is(0, &["DG"]) {
            if self.is(2, &["I", "E", "Y"]) {
                self.put("J", 3)
            } else {
                self.put("TK", 2)
            }
        } else {
            let used = if self.is(0, &["DT", "DD"]) { 2 } else { 1 };
            self.put("T", used);
        }
    }

    fn g(&mut self) {
        if self.letter(1) == b'H' {
            self.gh();
        } else if self.letter(1) == b'N' {
            self.gn();
        } else if self.is(1, &["LI"]) && !self.slavic() {
            self.both("KL", "L", 2);
        } else if self.germanic_g() {
            self.both("K", "J", 2);
        } else if self.is(1, &["E", "I", "Y"]) || self.is(-1, &["AGGI", "OGGI"]) {
            self.soft_g();
        } else {
            self.put("K", self.twice());
        }
    }

    /// Hard at the beginning of Germanic names, soft elsewhere.
    fn germanic_g(&self) -> bool {
        let begins = [
            "Y", "ES", "EP", "EB", "EL", "EY", "IB", "IL", "IN", "IE", "EI", "ER",
        ];
        self.at == 0 && self.is(1, &begins)
            || self.is(1, &["ER", "Y"])
                && !self.begins(&["DANGER", "RANGER", "MANGER"])
                && !self.is(-1, &["E", "I", "RGY", "OGY"])
    }

    fn soft_g(&mut self) {
        if self.begins(&["VAN ", "VON ", "SCH"]) || self.is(1, &["ET"]) {
            self.put("K", 2);
        } else if self.is(1, &["IER"]) && self.at + 4 >= self.end() {
            self.put("J", 2);
        } else {
            self.both("J", "K", 2);
        }
    }

    fn gh(&mut self) {
        let silent = self.at > 1 && self.is(-2, &["B", "H", "D"])
            || self.at > 2 && self.is(-3, &["B", "H", "D"])
            || self.at > 3 && self.is(-4, &["B", "H"]);
        if self.at > 0 && !self.vowel(-1) {
            self.put("K", 2);
        } else if self.at == 0 {
            let code = if self.letter(2) == b'I' { "J" } else { "K" };
            self.put(code, 2);
        } else if silent {
            self.at += 2;
        } else if self.at > 2 && self.letter(-1) == b'U' && self.is(-3, &["C", "G", "L", "R", "T"])
        {
            self.put("F", 2);
        } else {
            let code = if self.letter(-1) == b'I' { "" } else { "K" };
            self.put(code, 2);
        }
    }

    fn gn(&mut self) {
        if self.at == 1
            && self.letters.first().is_some_and(|l| b"AEIOUY".contains(l))
            && !self.slavic()
        {
            self.both("KN", "N", 2);
        } else if !self.is(2, &["EY"]) && self.letter(1) != b'Y' && !self.slavic() {
            self.both("N", "KN", 2);
        } else {
            self.put("KN", 2);
        }
    }

    fn h(&mut self) {
        if (self.at == 0 || self.vowel(-1)) && self.vowel(1) {
            self.put("H", 2);
        } else {
            self.at += 1;
        }
    }

    fn j(&mut self) {
        if self.is(0, &["JOSE"]) || self.begins(&["SAN "]) {
            let spanish =
                self.at == 0 && matches!(self.letter(4), b' ' | 0) || self.begins(&["SAN "]);
            self.both(if spanish { "H" } else { "J" }, "H", 1);
        } else if self.at == 0 {
            self.both("J", "A", self.twice());
        } else if self.vowel(-1) && !self.slavic() && self.is(1, &["A", "O"]) {
            self.both("J", "H", self.twice());
        } else if self.last() {
            self.both("J", "", 1);
        } else if !self.is(1, &["L", "T", "K", "S", "N", "M", "B", "Z"])
            && !self.is(-1, &["S", "K", "L"])
        {
            self.put("J", self.twice());
        } else {
            self.at += self.twice();
        }
    }

    fn l(&mut self) {
        if self.letter(1) != b'L' {
            return self.put("L", 1);
        }
        let spanish = self.at + 3 == self.end() && self.is(-1, &["ILLO", "ILLA", "ALLE"])
            || self.is(-1, &["ALLE"]) && self.letters.ends_with(b"S");
        self.both("L", if spanish { "" } else { "L" }, 2);
    }

    fn m(&mut self) {
        let dumb = self.is(-1, &["UMB"]) && (self.at + 2 >= self.end() || self.is(2, &["ER"]));
        self.put("M", if dumb || self.letter(1) == b'M' { 2 } else { 1 });
    }

    fn r(&mut self) {
        let french =
            self.last() && !self.slavic() && self.is(-2, &["IE"]) && !self.is(-4, &["ME", "MA"]);
        self.both(if french { "" } else { "R" }, "R", self.twice());
    }

    fn s(&mut self) {
        if self.is(-1, &["ISL", "YSL"]) {
            self.at += 1;
        } else if self.at == 0 && self.is(0, &["SUGAR"]) {
            self.both("X", "S", 1);
        } else if self.is(0, &["SH"]) {
            let code = if self.is(1, &["HEIM", "HOEK", "HOLM", "HOLZ"]) {
                "S"
            } else {
                "X"
            };
            self.put(code, 2);
        } else if self.is(0, &["SIO", "SIA"]) {
            self.both("S", if self.slavic() { "S" } else { "X" }, 3);
        } else if self.at == 0 && self.is(1, &["M", "N", "L", "W"]) || self.letter(1) == b'Z' {
            self.both("S", "X", 1 + usize::from(self.letter(1) == b'Z'));
        } else if self.is(0, &["SC"]) {
            self.sc();
        } else {
            let french = self.last() && self.is(-2, &["AI", "OI"]);
            let used = 1 + usize::from(matches!(self.letter(1), b'S' | b'Z'));
            self.both(if french { "" } else { "S" }, "S", used);
        }
    }

    fn sc(&mut self) {
        if self.letter(2) != b'H' {
            let code = if self.is(2, &["I", "E", "Y"]) {
                "S"
            } else {
                "SK"
            };
            return self.put(code, 3);
        }
        if self.is(3, &["OO", "ER", "EN", "UY", "ED", "EM"]) {
            let main = if self.is(3, &["ER", "EN"]) { "X" } else { "SK" };
            self.both(main, "SK", 3);
        } else {
            let german = self.at == 0
                && !matches!(
                    self.letter(3),
                    b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' | b'W'
                );
            self.both("X", if german { "S" } else { "X" }, 3);
        }
    }

    fn t(&mut self) {
        if self.is(0, &["TION", "TIA", "TCH"]) {
            self.put("X", 3);
        } else if self.is(0, &["TH", "TTH"]) {
            if self.is(2, &["OM", "AM"]) || self.begins(&["VAN ", "VON ", "SCH"]) {
                self.put("T", 2);
            } else {
                self.both("0", "T", 2);
            }
        } else {
            let used = 1 + usize::from(matches!(self.letter(1), b'T' | b'D'));
            self.put("T", used);
        }
    }

    fn w(&mut self) {
        if self.is(0, &["WR"]) {
            self.put("R", 2);
        } else if self.at == 0 && (self.vowel(1) || self.is(0, &["WH"])) {
            self.both("A", if self.vowel(1) { "F" } else { "A" }, 1);
        } else if self.last() && self.vowel(-1)
            || self.is(-1, &["EWSKI", "EWSKY", "OWSKI", "OWSKY"])
            || self.begins(&["SCH"])
        {
            self.both("", "F", 1);
        } else if self.is(0, &["WICZ", "WITZ"]) {
            self.both("TS", "FX", 4);
        } else {
            self.at += 1;
        }
    }

    fn x(&mut self) {
        let french = self.last() && (self.is(-3, &["IAU", "EAU"]) || self.is(-2, &["AU", "OU"]));
        let used = 1 + usize::from(matches!(self.letter(1), b'C' | b'X'));
        self.put(if french { "" } else { "KS" }, used);
    }

    fn z(&mut self) {
        if self.letter(1) == b'H' {
            self.put("J", 2);
        } else if self.is(1, &["ZO", "ZI", "ZA"])
            || self.slavic() && self.at > 0 && self.letter(-1) != b'T'
        {
            self.both("S", "TS", self.twice());
        } else {
            self.put("S", self.twice());
        }
    }
}
