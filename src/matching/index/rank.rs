//! Which names have most of a query: first by adding up over the names of words,
//! then word by word for the best of them.

use super::store::Store;

/// Places in lists of names that one search reads at most.
const READS: usize = 80_000;
/// Share of the best sum of words that a name needs to be looked at, in
/// hundredths.
const SHARE: u32 = 50;
/// Names that are looked at word by word, unless more are asked for.
pub(super) const CLOSER: usize = 1000;
/// What a name gains by a word that begins with an initial of the query.
const INITIAL: u16 = 190;
/// How much of what a name says beside the query counts against it, in
/// hundredths.
const BESIDE: u32 = 75;
/// Words of a query that count apart.
const SLOTS: usize = 32;

/// Words of the list that one word of the query may be.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// Number of the word, and what a name gains by it, the best first.
    pub(super) words: Vec<(u32, u16)>,
    /// Names that have one of them.
    pub(super) names: usize,
}

impl Slot {
    /// The most that a name gains by a word.
    fn most(&self) -> u16 {
        self.words.first().map_or(0, |(_, gain)| *gain)
    }
}

/// What a query asks for.
pub(super) struct Wanted<'q> {
    pub(super) slots: &'q [Slot],
    /// What all its words say.
    pub(super) says: u16,
    /// First letters that stand for words.
    pub(super) initials: &'q [u8],
}

/// Where one search adds up what names gain; kept for the next one.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    sums: Vec<u16>,
    touched: Vec<u32>,
    /// The highest of the sums.
    top: u16,
    /// Words that are looked at.
    pub(super) seen: Vec<u32>,
    /// For each word of the list one more than where its gains begin.
    marks: Vec<u32>,
    gains: Vec<Gain>,
    pairs: Vec<Pair>,
}

/// What a word of the list gives for a word of the query.
#[derive(Clone, Copy, Debug)]
struct Gain {
    word: u32,
    slot: u8,
    gain: u16,
}

/// A word of a name that may be a word of the query.
#[derive(Clone, Copy, Debug)]
struct Pair {
    gain: u16,
    slot: u8,
    place: u8,
}

impl Scratch {
    /// The `most` names that have most of the query and least beside it, the
    /// best first.
    pub(super) fn best<Id>(
        &mut self,
        store: &Store<Id>,
        wanted: &Wanted<'_>,
        most: usize,
    ) -> Vec<u32> {
        let close = self.close(store, wanted.slots, CLOSER.max(most));
        self.mark(wanted.slots);
        let ranked = close.into_iter().map(|name| {
            let gained = self.gained(store, wanted, name);
            let all = u32::from(wanted.says) + u32::from(store.says(name)) * BESIDE / 100;
            ((gained << 16) / all.max(1), std::cmp::Reverse(name))
        });
        let mut ranked: Vec<_> = ranked.collect();
        self.unmark();
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, |x, y| y.cmp(x));
            ranked.truncate(most);
        }
        ranked.sort_unstable_by(|x, y| y.cmp(x));
        ranked.into_iter().map(|(_, name)| name.0).collect()
    }

    /// Adds up the gains, the rarest word of the query first. A name that could
    /// not reach its share of the best sum by all that follows is passed over.
    fn collect<Id>(&mut self, store: &Store<Id>, slots: &[Slot]) {
        self.sums.resize(store.places(), 0);
        let mut order: Vec<&Slot> = slots.iter().collect();
        order.sort_by_key(|slot| slot.names);
        let most = |slots: &[&Slot]| slots.iter().map(|slot| u32::from(slot.most())).sum::<u32>();
        let all = most(&order);
        let mut left = READS;
        for (at, slot) in order.iter().enumerate() {
            let follow = most(order.get(at + 1..).unwrap_or(&[]));
            for &(word, gain) in &slot.words {
                let names = store.having(word);
                let names = names.get(..names.len().min(left)).unwrap_or(&[]);
                left -= names.len();
                let least = u32::from(self.top).min(all) * SHARE / 100;
                if u32::from(gain) + follow > least {
                    names.iter().for_each(|&name| self.add(name, gain));
                } else {
                    names.iter().for_each(|&name| self.add_again(name, gain));
                }
            }
        }
        self.top = u32::from(self.top).min(all) as u16;
    }

    #[inline]
    fn add(&mut self, name: u32, gain: u16) {
        if let Some(sum) = self.sums.get_mut(name as usize) {
            if *sum == 0 {
                self.touched.push(name);
            }
            *sum = sum.saturating_add(gain);
            self.top = self.top.max(*sum);
        }
    }

    /// Adds to names only that have something already.
    #[inline]
    fn add_again(&mut self, name: u32, gain: u16) {
        if let Some(sum) = self.sums.get_mut(name as usize)
            && *sum != 0
        {
            *sum = sum.saturating_add(gain);
            self.top = self.top.max(*sum);
        }
    }

    /// The names of the highest sums, `most` at most.
    pub(super) fn close<Id>(&mut self, store: &Store<Id>, slots: &[Slot], most: usize) -> Vec<u32> {
        self.collect(store, slots);
        self.highest(store, most)
    }

    /// The same once all is added up; leaves the sums clean.
    fn highest<Id>(&mut self, store: &Store<Id>, most: usize) -> Vec<u32> {
        let least = (u32::from(self.top) * SHARE / 100) as u16;
        let mut close: Vec<(u16, std::cmp::Reverse<u32>)> = Vec::new();
        for &name in &self.touched {
            let sum = self.sums.get_mut(name as usize).map_or(0, std::mem::take);
            if sum > least {
                close.push((sum, std::cmp::Reverse(name)));
            }
        }
        self.touched.clear();
        self.top = 0;
        if close.len() > most {
            for (sum, name) in &mut close {
                *sum = store.says(name.0).min(*sum);
            }
            close.select_nth_unstable_by(most, |x, y| y.cmp(x));
            close.truncate(most);
        }
        close.into_iter().map(|(_, name)| name.0).collect()
    }

    /// Notes what each word of the list gives.
    fn mark(&mut self, slots: &[Slot]) {
        for (slot, words) in slots.iter().enumerate().take(SLOTS) {
            let slot = slot as u8;
            let gains = words.words.iter();
            self.gains
                .extend(gains.map(|&(word, gain)| Gain { word, slot, gain }));
        }
        self.gains
            .sort_unstable_by_key(|gain| (gain.word, gain.slot));
        let most = self.gains.last().map_or(0, |last| last.word as usize + 1);
        if self.marks.len() < most {
            self.marks.resize(most, 0);
        }
        for (at, gain) in (1..).zip(&self.gains) {
            if let Some(mark) = self.marks.get_mut(gain.word as usize)
                && *mark == 0
            {
                *mark = at;
            }
        }
    }

    fn unmark(&mut self) {
        for gain in &self.gains {
            if let Some(mark) = self.marks.get_mut(gain.word as usize) {
                *mark = 0;
            }
        }
        self.gains.clear();
    }

    /// What a name has of the query, each of its words for one of the query.
    fn gained<Id>(&mut self, store: &Store<Id>, wanted: &Wanted<'_>, name: u32) -> u32 {
        let words = store.made(name);
        self.pair(words);
        let mut left = [0; SLOTS];
        for (left, slot) in left.iter_mut().zip(wanted.slots) {
            *left = slot.most();
        }
        let (mut used, mut sum) = (0, 0);
        for pair in &self.pairs {
            let left = left.get_mut(usize::from(pair.slot));
            let gain = left.as_ref().map_or(0, |left| pair.gain.min(**left));
            if let Some(left) = left
                && gain > 0
                && used & bit(pair.place) == 0
            {
                used |= bit(pair.place);
                *left -= gain;
                sum += u32::from(gain);
            }
        }
        sum + initials(store, wanted, words, used)
    }

    /// The words of a name that may be words of the query, the best first.
    fn pair(&mut self, words: &[u32]) {
        self.pairs.clear();
        for (place, &word) in words.iter().enumerate().take(64) {
            let mark = self.marks.get(word as usize).copied().unwrap_or(0) as usize;
            let Some(start) = mark.checked_sub(1) else {
                continue;
            };
            let gains = self.gains.iter().skip(start);
            for gain in gains.take_while(|gain| gain.word == word) {
                self.pairs.push(Pair {
                    gain: gain.gain,
                    slot: gain.slot,
                    place: place as u8,
                });
            }
        }
        self.pairs
            .sort_unstable_by_key(|pair| (std::cmp::Reverse(pair.gain), pair.slot, pair.place));
    }
}

/// What a name gains by initials of the query that begin words left over.
fn initials<Id>(store: &Store<Id>, wanted: &Wanted<'_>, words: &[u32], mut used: u64) -> u32 {
    let mut sum = 0;
    for letter in wanted.initials {
        let mut places = (0u8..64).zip(words);
        let begins = |(place, word): &(u8, &u32)| {
            used & bit(*place) == 0 && store.words().text(**word).first() == Some(letter)
        };
        if let Some((place, _)) = places.find(begins) {
            used |= bit(place);
            sum += INITIAL;
        }
    }
    u32::from(sum)
}

/// The bit of a word at its place in the name.
#[inline]
fn bit(place: u8) -> u64 {
    1 << (place & 63)
}
