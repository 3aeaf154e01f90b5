terms! {
    /// What is believed before any word is compared.
    Start start = -1.73;
    /// Both names are the same letters in the same words.
    Identical identical = 12.0;
    /// Share of the names that is the same word on both sides.
    Same same = -0.24;
    /// Share in words all but the same (quality about 0.95).
    Near near = 1.89;
    /// Share in words much alike (quality about 0.88).
    Alike alike = 1.85;
    /// Share in words somewhat alike (quality about 0.8).
    Loose loose = -0.23;
    /// Share in words that resemble each other (quality about 0.7).
    Faint faint = -1.36;
    /// Share in words and their nicknames or forms of other languages.
    Nickname nickname = 0.75;
    /// Share in words and their initials.
    Initial initial = 0.32;
    /// Share in words cut short.
    Truncated truncated = 0.05;
    /// Share in words run together or torn apart.
    Glued glued = 1.57;
    /// Share in words that differ in letters but not in consonants.
    Sound sound = 0.75;
    /// How much of the name that says less is found in the other.
    Lesser lesser = -2.69;
    /// The same above 0.7.
    LesserMost lesser_most = 5.21;
    /// The same above 0.9.
    LesserAll lesser_all = 3.41;
    /// How much of the name that says more is found in the other.
    Greater greater = 2.16;
    /// The same above 0.5.
    GreaterMost greater_most = 3.28;
    /// The same above 0.8.
    GreaterAll greater_all = 1.94;
    /// What both names say and the other does not: the less of both.
    Conflict conflict = -2.18;
    /// The same above 0.4.
    ConflictGreat conflict_great = 0.21;
    /// The same as a share of each name.
    ConflictShare conflict_share = 1.85;
    /// What the common words say together, up to 1.
    Evidence evidence = 1.23;
    /// The same from 1 to 2.
    EvidenceMore evidence_more = 2.51;
    /// The same from 2 to 3.5.
    EvidenceMost evidence_most = -1.02;
    /// Two or more words are found on the other side.
    Two two = 0.42;
    /// Three or more words are found on the other side.
    Three three = -0.5;
    /// One name is a single word.
    Single single = 0.74;
    /// Both names are single words.
    Singles singles = 0.26;
    /// How far the worst pair of words is from the same.
    Worst worst = -2.62;
    /// The same beyond 0.15.
    WorstFar worst_far = -1.19;
    /// A word of each name is not found in the other.
    Clash clash = -1.25;
    /// Two or more words of each name are not found in the other.
    Clashes clashes = -0.25;
    /// An initial stands where the other name says something else.
    InitialClash initial_clash = 0.03;
    /// Words of the longer name that the other lacks.
    Extra extra = 0.39;
    /// Words much alike, but known for names of their own (`AHMED`, `HAMED`).
    Distinct distinct = -0.76;
    /// Words stand in another order.
    Order order = -1.06;
    /// A surname stands for a given name.
    Crossed crossed = -0.23;
    /// Surnames agree, where both are known.
    Surname surname = 0.11;
    /// Surnames disagree, where both are known.
    SurnameApart surname_apart = -0.33;
    /// Given names disagree, where both are known.
    GivenApart given_apart = 0.75;
    /// First words agree.
    First first = 0.4;
    /// Last words agree.
    Last last = 0.23;
    /// One name is the feminine form of the other.
    Feminine feminine = -1.25;
    /// Rarest word of the lesser name that the other lacks.
    Lacking lacking = -0.46;
    /// Letters in common, in order, above 0.5 of all.
    Whole whole = -1.79;
    /// The same above 0.7.
    WholeMost whole_most = -0.3;
    /// The same above 0.85.
    WholeAll whole_all = 0.48;
}
