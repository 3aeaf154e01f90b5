terms! {
    /// What is believed before any word is compared.
    Start start = -2.02;
    /// Both names are the same letters in the same words.
    Identical identical = 12.0;
    /// Share of the names that is the same word on both sides.
    Same same = -0.2;
    /// Share in words all but the same (quality about 0.95).
    Near near = 1.97;
    /// Share in words much alike (quality about 0.88).
    Alike alike = 1.91;
    /// Share in words somewhat alike (quality about 0.8).
    Loose loose = 0.16;
    /// Share in words that resemble each other (quality about 0.7).
    Faint faint = -0.97;
    /// Share in words and their nicknames or forms of other languages.
    Nickname nickname = 0.8;
    /// Share in words and their initials.
    Initial initial = 0.62;
    /// Share in words cut short.
    Truncated truncated = 0.25;
    /// Share in words run together or torn apart.
    Glued glued = 1.54;
    /// Share in words that differ in letters but not in consonants.
    Sound sound = 0.79;
    /// How much of the name that says less is found in the other.
    Lesser lesser = -2.49;
    /// The same above 0.7.
    LesserMost lesser_most = 5.67;
    /// The same above 0.9.
    LesserAll lesser_all = 3.19;
    /// How much of the name that says more is found in the other.
    Greater greater = 2.01;
    /// The same above 0.5.
    GreaterMost greater_most = 3.08;
    /// The same above 0.8.
    GreaterAll greater_all = 2.03;
    /// What both names say and the other does not: the less of both.
    Conflict conflict = -1.98;
    /// The same above 0.4.
    ConflictGreat conflict_great = 0.21;
    /// The same as a share of each name.
    ConflictShare conflict_share = 2.16;
    /// What the common words say together, up to 1.
    Evidence evidence = 1.2;
    /// The same from 1 to 2.
    EvidenceMore evidence_more = 2.57;
    /// The same from 2 to 3.5.
    EvidenceMost evidence_most = -1.02;
    /// Two or more words are found on the other side.
    Two two = 0.46;
    /// Three or more words are found on the other side.
    Three three = -0.58;
    /// One name is a single word.
    Single single = 0.74;
    /// Both names are single words.
    Singles singles = 0.2;
    /// How far the worst pair of words is from the same.
    Worst worst = -2.93;
    /// The same beyond 0.15.
    WorstFar worst_far = -1.72;
    /// A word of each name is not found in the other.
    Clash clash = -1.2;
    /// Two or more words of each name are not found in the other.
    Clashes clashes = -0.34;
    /// Words of the longer name that the other lacks.
    Extra extra = 0.38;
    /// Words much alike, but known for names of their own (`AHMED`, `HAMED`).
    Distinct distinct = -0.74;
    /// Words stand in another order.
    Order order = -0.83;
    /// A surname stands for a given name.
    Crossed crossed = -0.22;
    /// Surnames agree, where both are known.
    Surname surname = 0.04;
    /// Surnames disagree, where both are known.
    SurnameApart surname_apart = -0.28;
    /// Given names disagree, where both are known.
    GivenApart given_apart = 0.72;
    /// First words agree.
    First first = 0.38;
    /// Last words agree.
    Last last = 0.35;
    /// One name is the feminine form of the other.
    Feminine feminine = -1.24;
    /// Rarest word of the lesser name that the other lacks.
    Lacking lacking = -0.65;
    /// Letters in common, in order, above 0.5 of all.
    Whole whole = -1.74;
    /// The same above 0.7.
    WholeMost whole_most = -0.14;
    /// The same above 0.85.
    WholeAll whole_all = 0.56;
}
