terms! {
    /// What is believed before any word is compared.
    Start start = -1.48;
    /// Both names are the same letters in the same words.
    Identical identical = 12.0;
    /// Share of the names that is the same word on both sides.
    Same same = 0.01;
    /// Share in words all but the same (quality about 0.95).
    Near near = 2.55;
    /// Share in words much alike (quality about 0.88).
    Alike alike = 1.77;
    /// Share in words somewhat alike (quality about 0.8).
    Loose loose = -0.8;
    /// Share in words that resemble each other (quality about 0.7).
    Faint faint = -2.96;
    /// Share in words and their nicknames or forms of other languages.
    Nickname nickname = 0.92;
    /// Share in words and their initials.
    Initial initial = 0.76;
    /// Share in words cut short.
    Truncated truncated = 0.8;
    /// Share in words run together or torn apart.
    Glued glued = 0.44;
    /// Share in words that differ in letters but not in consonants.
    Sound sound = 0.48;
    /// How much of the name that says less is found in the other.
    Lesser lesser = -1.37;
    /// The same above 0.7.
    LesserMost lesser_most = 6.45;
    /// The same above 0.9.
    LesserAll lesser_all = 2.63;
    /// How much of the name that says more is found in the other.
    Greater greater = -0.52;
    /// The same above 0.5.
    GreaterMost greater_most = 3.18;
    /// The same above 0.8.
    GreaterAll greater_all = 2.03;
    /// What both names say and the other does not: the less of both.
    Conflict conflict = -2.38;
    /// The same above 0.4.
    ConflictGreat conflict_great = 1.17;
    /// The same as a share of each name.
    ConflictShare conflict_share = 1.59;
    /// What the common words say together, up to 1.
    Evidence evidence = 0.98;
    /// The same from 1 to 2.
    EvidenceMore evidence_more = 2.51;
    /// The same from 2 to 3.5.
    EvidenceMost evidence_most = -0.95;
    /// Two or more words are found on the other side.
    Two two = 0.72;
    /// Three or more words are found on the other side.
    Three three = -0.42;
    /// One name is a single word.
    Single single = 0.81;
    /// Both names are single words.
    Singles singles = 0.36;
    /// How far the worst pair of words is from the same.
    Worst worst = -2.96;
    /// Words stand in another order.
    Order order = -0.88;
    /// A surname stands for a given name.
    Crossed crossed = -0.1;
    /// Surnames agree, where both are known.
    Surname surname = 0.6;
    /// Surnames disagree, where both are known.
    SurnameApart surname_apart = -0.2;
    /// Given names disagree, where both are known.
    GivenApart given_apart = 0.68;
    /// First words agree.
    First first = 0.26;
    /// Last words agree.
    Last last = -0.19;
    /// One name is the feminine form of the other.
    Feminine feminine = -0.98;
    /// Rarest word of the lesser name that the other lacks.
    Lacking lacking = -1.55;
    /// Letters in common, in order, above 0.5 of all.
    Whole whole = -1.26;
    /// The same above 0.7.
    WholeMost whole_most = 1.38;
    /// The same above 0.85.
    WholeAll whole_all = 1.08;
}
