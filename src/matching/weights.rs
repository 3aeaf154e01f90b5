terms! {
    /// What is believed before any word is compared.
    Start start = -1.94;
    /// Both names are the same letters in the same words.
    Identical identical = 12.0;
    /// Share of the names that is the same word on both sides.
    Same same = -0.22;
    /// Share in words all but the same (quality about 0.95).
    Near near = 1.93;
    /// Share in words much alike (quality about 0.88).
    Alike alike = 1.88;
    /// Share in words somewhat alike (quality about 0.8).
    Loose loose = -0.17;
    /// Share in words that resemble each other (quality about 0.7).
    Faint faint = -1.49;
    /// Share in words and their nicknames or forms of other languages.
    Nickname nickname = 0.36;
    /// Share in words and their initials.
    Initial initial = 0.15;
    /// Share in words cut short.
    Truncated truncated = -0.03;
    /// Share in words run together or torn apart.
    Glued glued = 1.24;
    /// Share in words that differ in letters but not in consonants.
    Sound sound = 0.75;
    /// How much of the name that says less is found in the other.
    Lesser lesser = -2.17;
    /// How much of the name that says less is found, above 0.7.
    LesserMost lesser_most = 4.62;
    /// How much of the name that says less is found, above 0.9.
    LesserAll lesser_all = 3.35;
    /// How much of the name that says more is found in the other.
    Greater greater = 1.97;
    /// How much of the name that says more is found, above 0.5.
    GreaterMost greater_most = 2.64;
    /// How much of the name that says more is found, above 0.8.
    GreaterAll greater_all = 2.28;
    /// What each name says and the other does not: the less of both.
    Conflict conflict = -2.19;
    /// What each name says and the other does not, above 0.4.
    ConflictGreat conflict_great = 0.61;
    /// What each name says and the other does not, as a share of it.
    ConflictShare conflict_share = 1.0;
    /// What the common words say together, up to 1.
    Evidence evidence = 1.74;
    /// What the common words say together, from 1 to 2.
    EvidenceMore evidence_more = 2.36;
    /// What the common words say together, from 2 to 3.5.
    EvidenceMost evidence_most = -1.0;
    /// Two or more words are found on the other side.
    Two two = -0.06;
    /// Three or more words are found on the other side.
    Three three = -0.53;
    /// One name is a single word.
    Single single = 0.5;
    /// Both names are single words.
    Singles singles = 0.29;
    /// How far the worst pair of words is from the same.
    Worst worst = -2.45;
    /// How far the worst pair of words is from the same, beyond 0.15.
    WorstFar worst_far = -0.97;
    /// A word of each name is not found in the other.
    Clash clash = -1.16;
    /// Two or more words of each name are not found in the other.
    Clashes clashes = -0.43;
    /// An initial stands where the other name says something else.
    InitialClash initial_clash = 0.11;
    /// Words of the longer name that the other lacks.
    Extra extra = 0.31;
    /// Words much alike, but known for names of their own (`AHMED`, `HAMED`).
    Distinct distinct = -0.79;
    /// Words stand in another order.
    Order order = -0.89;
    /// A surname stands for a given name.
    Crossed crossed = -0.28;
    /// Surnames agree, where both are known.
    Surname surname = 0.21;
    /// Surnames disagree, where both are known.
    SurnameApart surname_apart = -0.56;
    /// Given names disagree, where both are known.
    GivenApart given_apart = 0.26;
    /// First words agree.
    First first = 0.39;
    /// Last words agree.
    Last last = 0.25;
    /// One name is the feminine form of the other.
    Feminine feminine = -1.29;
    /// Rarest word of the lesser name that the other lacks.
    Lacking lacking = -0.1;
    /// Letters in common, in order, above 0.5 of all.
    Whole whole = -1.02;
    /// Letters in common, in order, above 0.7 of all.
    WholeMost whole_most = -0.61;
    /// Letters in common, in order, above 0.85 of all.
    WholeAll whole_all = 0.42;
}
