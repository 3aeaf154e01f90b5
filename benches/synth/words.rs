//! What traffic is made of: common names of several cultures, recombined at random, and
//! invented carriers, agencies and streets. Airports and aircraft types are real codes.

/// Names that go together.
pub(crate) struct Culture {
    pub(crate) surnames: &'static [&'static str],
    pub(crate) women: &'static [&'static str],
    pub(crate) men: &'static [&'static str],
}

/// Surnames written as their carriers write them: upper case, particles joined or apart,
/// the apostrophe kept in one in ten, so that release characters stay as rare as they are.
pub(crate) const CULTURES: &[Culture] = &[
    Culture {
        surnames: &[
            "PEETERS",
            "JANSSENS",
            "DE SMET",
            "VAN DEN BERG",
            "MAES",
            "WILLEMS",
            "VANDAMME",
        ],
        women: &["ANNELIES", "LIESBETH", "MARIE-LOU", "GREET", "SOFIE", "ELS"],
        men: &["PIETER", "JAN", "KOEN", "WOUT", "BART JOZEF", "DIRK"],
    },
    Culture {
        surnames: &[
            "DUPONT",
            "LEFEVRE",
            "DE LA TOUR",
            "MOREAU",
            "GIRARD",
            "PETIT",
            "DURAND",
        ],
        women: &["CLAIRE", "AMELIE", "JEANNE MARIE", "CAMILLE", "SYLVIE"],
        men: &["JEAN-PIERRE", "LUC", "ANTOINE", "REMY", "MATHIEU"],
    },
    Culture {
        surnames: &[
            "MUELLER",
            "SCHMIDT",
            "WEBER",
            "VON STEIN",
            "HOFFMANN",
            "KOENIG",
            "BAUER",
        ],
        women: &["ANNA", "HEIKE", "URSULA", "GRETA", "LENA SOPHIE"],
        men: &["JUERGEN", "KARL HEINZ", "TOBIAS", "LUKAS", "STEFAN"],
    },
    Culture {
        surnames: &[
            "GARCIA LOPEZ",
            "FERNANDEZ",
            "MARTINEZ RUIZ",
            "SANCHEZ",
            "ROMERO",
            "DIAZ",
        ],
        women: &["MARIA JOSE", "CARMEN", "LUCIA", "PILAR", "INES"],
        men: &["JUAN CARLOS", "MIGUEL", "PABLO", "ALEJANDRO", "JOSE"],
    },
    Culture {
        surnames: &[
            "KOWALSKI",
            "NOWAK",
            "WISNIEWSKA",
            "ZIELINSKI",
            "WOJCIK",
            "SZYMANSKA",
        ],
        women: &["AGNIESZKA", "MALGORZATA", "EWA", "ZOFIA"],
        men: &["GRZEGORZ", "PAWEL", "TOMASZ", "KRZYSZTOF"],
    },
    Culture {
        surnames: &["YILMAZ", "KAYA", "DEMIR", "OZTURK", "CELIK", "SAHIN"],
        women: &["AYSE", "FATMA NUR", "ELIF", "ZEYNEP"],
        men: &["MEHMET", "MUSTAFA", "EMRE", "ALI RIZA"],
    },
    Culture {
        surnames: &[
            "AL HASSAN",
            "EL AMRANI",
            "BENALI",
            "HADDAD",
            "ABDULLAH",
            "MANSOUR",
        ],
        women: &["FATIMA ZAHRA", "AMINA", "LEILA", "NOUR"],
        men: &["MOHAMED", "YOUSSEF", "ABDEL RAHMAN", "OMAR", "KARIM"],
    },
    Culture {
        surnames: &["NGUYEN", "TRAN", "LE", "PHAM", "VU"],
        women: &["THI MAI", "NGOC ANH", "THU HA"],
        men: &["VAN MINH", "QUANG HUY", "DUC"],
    },
    Culture {
        surnames: &["WANG", "LI", "ZHANG", "CHEN", "LIU", "YE"],
        women: &["XIAOMEI", "YUN", "JIAYI", "FANG"],
        men: &["WEI", "JUNJIE", "ZIHAO", "MING"],
    },
    Culture {
        surnames: &["SHARMA", "PATEL", "SINGH", "REDDY", "IYER", "KHAN"],
        women: &["PRIYA", "ANJALI", "LAKSHMI", "KAVITHA"],
        men: &["RAHUL", "VIJAY KUMAR", "ARJUN", "SURESH"],
    },
    Culture {
        surnames: &["O'BRIEN", "MURPHY", "KELLY", "BYRNE", "SIMON", "GEORGE"],
        women: &["AOIFE", "SIOBHAN", "MARY KATE", "MISTY"],
        men: &["SEAN", "PATRICK", "LIAM", "ROBERT JAMES"],
    },
    Culture {
        surnames: &[
            "SMITH", "JOHNSON", "WILLIAMS", "BROWN", "TAYLOR", "SMITHJR", "LEE",
        ],
        women: &["JENNIFER", "ELIZABETH ANN", "SARAH", "EMMA"],
        men: &["JAMES", "JOHN PAUL", "DAVID", "MICHAEL"],
    },
    Culture {
        surnames: &["OKAFOR", "ADEYEMI", "MENSAH", "DIALLO", "TRAORE"],
        women: &["CHIDINMA", "AMA", "AISSATOU", "NGOZI"],
        men: &["CHUKWUDI", "KWAME", "MAMADOU", "TUNDE"],
    },
    Culture {
        surnames: &["SATO", "TANAKA", "SUZUKI", "KIM", "PARK", "CHOI"],
        women: &["YUKI", "HARUKA", "JI WOO", "MIN SEO"],
        men: &["HIROSHI", "KENJI", "SE JOON", "KONG CHUN"],
    },
];

/// An airport with the minutes that a flight from Brussels takes, and by how many its
/// winter clock is ahead.
pub(crate) struct Airport {
    pub(crate) code: &'static str,
    pub(crate) minutes: i32,
    pub(crate) ahead: i32,
}

const fn airport(code: &'static str, minutes: i32, ahead: i32) -> Airport {
    Airport {
        code,
        minutes,
        ahead,
    }
}

pub(crate) const AIRPORTS: &[Airport] = &[
    airport("LHR", 75, -60),
    airport("JFK", 490, -360),
    airport("IAD", 520, -360),
    airport("YUL", 460, -360),
    airport("FRA", 65, 0),
    airport("MAD", 150, 0),
    airport("FCO", 130, 0),
    airport("WAW", 125, 0),
    airport("IST", 200, 120),
    airport("CAI", 270, 60),
    airport("CMN", 200, -60),
    airport("DXB", 390, 180),
    airport("DEL", 500, 270),
    airport("SIN", 760, 420),
    airport("ICN", 700, 480),
    airport("NRT", 720, 480),
    airport("LOS", 390, 0),
    airport("GRU", 720, -240),
    airport("HAN", 690, 360),
    airport("SSH", 290, 60),
];

pub(crate) const HOME: &str = "BRU";
pub(crate) const AIRCRAFT: &[&str] = &["319", "320", "32N", "333", "738", "77W", "788", "E90"];
pub(crate) const STREETS: &[&str] = &[
    "HIGH STREET",
    "MAIN STREET",
    "STATION ROAD",
    "HARBOUR LANE",
    "MARKET SQUARE",
    "MILL AVENUE",
];
pub(crate) const CITIES: &[&str] = &[
    "LAKE TOWN",
    "NEW HARBOUR",
    "NORTHBRIDGE",
    "RIVERTON",
    "OLD MILLS",
    "SALT BAY",
];
pub(crate) const MAIL_DOMAINS: &[&str] = &["EXAMPLE.COM", "EXAMPLE.ORG", "EXAMPLE.NET"];
pub(crate) const SERVICES: &[&str] = &[
    "VGML", "MOML", "KSML", "CHML", "DBML", "WCHR", "WCHC", "BLND",
];
pub(crate) const GROUPS: &[&str] = &[
    "NORTHBRIDGE CHOIR",
    "SALT BAY SAILING CLUB",
    "RIVERTON SCHOOL TRIP",
    "UTOPIA TOURS",
];
pub(crate) const REMARKS: &[&str] = &[
    "PLS SEAT TOGETHER",
    "PAX INFORMED OF SCHEDULE CHANGE",
    "GROUP LEADER HAS ALL DOCUMENTS",
    "TKT ISSUED AFTER TICKETING DEADLINE WAIVED BY SALES",
    "BAGS FROM PREVIOUS FLIGHT DELAYED",
];
pub(crate) const TAX_CODES: &[&str] = &["BE", "YQ", "YR", "UB", "GB", "US", "XA", "XY", "QX", "ZR"];
