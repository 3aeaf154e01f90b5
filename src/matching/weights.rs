terms! {
    /// What is believed before any word is compared.
    Start start = -1.34;
    /// Both names are the same letters in the same words.
    Identical identical = 12.0;
    /// Share in words that are the same or much alike (quality 0.88 and above).
    Alike alike = 0.6;
    /// Share in words somewhat alike (quality about 0.8).
    Loose loose = -0.9;
    /// Share in words that resemble each other (quality about 0.7).
    Faint faint = -2.54;
    /// Share in words and their nicknames or forms of other languages.
    Nickname nickname = 0.02;
    /// Share in words and their initials.
    Initial initial = 0.25;
    /// Share in words cut short.
    Truncated truncated = -0.35;
    /// Share in words run together or torn apart.
    Glued glued = 1.94;
    /// How much of the name that says less is found in the other, above 0.7.
    Lesser lesser = 2.4;
    /// How much of the name that says less is found, above 0.9.
    LesserAll lesser_all = 2.52;
    /// How much of the name that says more is found in the other, above 0.5.
    Greater greater = 3.23;
    /// How much of the name that says more is found, above 0.8.
    GreaterAll greater_all = 3.36;
    /// What each name says and the other does not: the less of both.
    Conflict conflict = -0.37;
    /// What the common words say together, up to 1.
    Evidence evidence = 0.59;
    /// What the common words say together, from 1 to 2.
    EvidenceMore evidence_more = 1.13;
    /// Two or more words are found on the other side.
    Two two = 0.12;
    /// How far the worst pair of words is from the same; initials do not count.
    Worst worst = -0.11;
    /// How far the worst pair of words is from the same, beyond 0.15.
    WorstFar worst_far = -2.92;
    /// A word of each name is not found in the other.
    Clash clash = -1.46;
    /// Two or more words of each name are not found in the other.
    Clashes clashes = -0.52;
    /// An initial stands where the other name says something else.
    InitialClash initial_clash = -0.82;
    /// An initial stands where the other name says something else, and no more
    /// than one word is found on the other side.
    InitialApart initial_apart = -2.8;
    /// Words much alike, but known for names of their own (`AHMED`, `HAMED`).
    Distinct distinct = -1.02;
    /// Words stand in another order.
    Order order = -0.62;
    /// Words stand in another order, and both names say `son of` (`BIN`).
    Descent descent = -2.67;
    /// Each name says a father whom the other lacks.
    Fathers fathers = -3.33;
    /// A surname stands for a given name.
    Crossed crossed = -0.16;
    /// Surnames agree, where both are known.
    Surname surname = 0.63;
    /// Surnames disagree, where both are known.
    SurnameApart surname_apart = -0.38;
    /// First words agree.
    First first = 0.23;
    /// Last words agree.
    Last last = 0.14;
    /// A surname or patronymic of one name is the feminine form of the other's.
    Feminine feminine = -0.73;
    /// Rarest word of the lesser name that the other lacks.
    Lacking lacking = -0.55;
    /// A word that only one name has is said there twice.
    Said said = -0.75;
}
