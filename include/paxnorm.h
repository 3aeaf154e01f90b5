/* paxnorm: passenger records of carriers, read into one schema, and names compared.
 *
 * Every function but those that return text or nothing returns a status: PAXNORM_OK, PAXNORM_END
 * where nothing follows, else what went wrong. Where one takes a `paxnorm_error *`, that may be
 * NULL; it is written only where the call fails. Results are written only where it succeeds.
 *
 * Text is UTF-8 with a length in bytes and need not end in NUL; text that the library gives has
 * a NUL behind its length all the same.
 *
 * Handles
 *   `..._new`, `..._open`, `..._load` make a handle, `..._free` ends it. `free` takes the address
 *   of the variable and sets it to NULL; of NULL it does nothing, so that freeing twice by one
 *   variable is harmless. A handle of another kind is refused (PAXNORM_HANDLE). What the library
 *   cannot see: a copy of a handle that was freed by another variable, a pointer that was never
 *   a handle, and a length beyond the memory it goes with.
 *   A handle does not depend on those that it was made from: they may be freed before it.
 *
 * Threads
 *   There is no global state. Every handle may go from thread to thread. Options, matchers, names,
 *   texts and indexes serve any number of threads at once, an index while it is being changed,
 *   too. A reader serves one call at a time: another one that comes meanwhile, from its own read
 *   callback too, is answered with PAXNORM_BUSY. Nobody may use a handle while it is being freed.
 *
 * A panic of the library never crosses this border: it ends in PAXNORM_PANIC.
 */
#ifndef PAXNORM_H
#define PAXNORM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers are added, never used again. */
enum paxnorm_status {
    PAXNORM_OK = 0,
    PAXNORM_END = 1,             /* nothing follows in this transmission */
    PAXNORM_NULL = 2,            /* a pointer that is needed was NULL */
    PAXNORM_HANDLE = 3,          /* not a live handle of the kind that the call takes */
    PAXNORM_LENGTH = 4,          /* no memory has this length, or the pointer is not aligned */
    PAXNORM_UTF8 = 5,            /* text was not UTF-8 */
    PAXNORM_JSON = 6,            /* text was not the JSON that the call takes */
    PAXNORM_BUSY = 7,            /* another call on this reader has not come to its end */
    PAXNORM_PANIC = 8,           /* the library panicked: a defect, please report it */
    PAXNORM_UNKNOWN_FORMAT = 20, /* no format recognises the first bytes */
    PAXNORM_TRUNCATED = 21,      /* the transmission ends inside a message */
    PAXNORM_LIMIT = 22,          /* a limit was reached */
    PAXNORM_IO = 23,             /* the read callback failed */
    PAXNORM_FORMAT = 24,         /* a format broke its contract */
    PAXNORM_OTHER = 25           /* an error of a later version */
};

typedef struct paxnorm_error {
    int32_t status;    /* what the call returned */
    uint32_t reserved; /* 0 */
    uint64_t offset;   /* byte of the transmission at which reading stopped, else UINT64_MAX */
    char message[240]; /* a sentence that ends in NUL; never text of the input, nor names */
} paxnorm_error;

/* Versions of the library ("0.1.0") and of the schema of records ("1.0"); they live for ever. */
const char *paxnorm_version(void);
const char *paxnorm_schema_version(void);

/* ---- text that the library gives away ---- */

typedef struct paxnorm_text paxnorm_text;

/* Where the text lies, until it is freed. */
int32_t paxnorm_text_data(const paxnorm_text *text, const char **data, size_t *length);
int32_t paxnorm_text_free(paxnorm_text **text);

/* ---- options: what may be kept, which formats, bounds ---- */

typedef struct paxnorm_options paxnorm_options;

/* A JSON object, of which every member may be absent:
 *   "policy"   name of a policy that comes with the library ("eu-pnr", the default; "keep-all",
 *              "be-2024", ...), or a policy
 *   "formats"  array of names of formats ("pnrgov", "paxlst", "osdm", ...), of mappings, and of
 *              "built-in", which stands for all that come with the library; the surest is taken
 *   "limits"   {"piece_bytes", "segment_bytes", "component_bytes", "segments", "cell_bytes",
 *              "columns", "rows", "nesting", "persons", "diagnostics"}
 *   "intake"   what only the caller knows: {"received", "legal_basis", "sender", "mode",
 *              "journey", "ship"}
 * No text at all stands for the default options. */
int32_t paxnorm_options_new(const char *json, size_t length, paxnorm_options **options,
                            paxnorm_error *error);
int32_t paxnorm_options_free(paxnorm_options **options);

/* ---- transmissions ---- */

typedef struct paxnorm_reader paxnorm_reader;

/* Texts are JSON and last until the next call on the reader; absent ones are NULL. */
typedef struct paxnorm_record {
    const char *booking; /* absent where the piece holds none: a trailer, a request, junk */
    size_t booking_length;
    const char *diagnostics; /* an array; {"code", "number", "severity", "field", "offset",
                                "length", "place", "text"}, no personal data */
    size_t diagnostics_length;
    const char *provenance; /* of a record without a booking, which holds its own */
    size_t provenance_length;
    uint32_t read; /* data read = mapped + withheld + unmapped */
    uint32_t mapped;
    uint32_t withheld;
    uint32_t unmapped;
    uint32_t as_text;
    uint32_t diagnostic_count;
} paxnorm_record;

/* Reads up to `capacity` bytes into `buffer`: how many, 0 at the end, negative on failure. It is
 * called in the thread that opens or reads, and must neither throw nor jump out. */
typedef int64_t (*paxnorm_read)(void *context, uint8_t *buffer, size_t capacity);

/* Opens a transmission in memory, which is not copied: it must stay as it is until the reader is
 * freed. `options` NULL stands for the default ones. */
int32_t paxnorm_reader_open(const uint8_t *data, size_t length, const paxnorm_options *options,
                            paxnorm_reader **reader, paxnorm_error *error);
/* Opens a transmission that a callback reads, in bounded memory. */
int32_t paxnorm_reader_open_callback(paxnorm_read read, void *context,
                                     const paxnorm_options *options, paxnorm_reader **reader,
                                     paxnorm_error *error);
/* The next record, or PAXNORM_END. After an error nothing follows. */
int32_t paxnorm_reader_next(paxnorm_reader *reader, paxnorm_record *record, paxnorm_error *error);
/* Name of the format that was recognised; lasts as long as the reader. */
const char *paxnorm_reader_format(const paxnorm_reader *reader);
int32_t paxnorm_reader_free(paxnorm_reader **reader);

/* ---- names ---- */

typedef struct paxnorm_matcher paxnorm_matcher;
typedef struct paxnorm_name paxnorm_name;

/* A matcher of a tuning as JSON; no text at all stands for the default one. */
int32_t paxnorm_matcher_new(const char *tuning, size_t length, paxnorm_matcher **matcher,
                            paxnorm_error *error);
int32_t paxnorm_matcher_free(paxnorm_matcher **matcher);

/* Prepares a name, as it stands in bookings: {"surname": ..., "given": ...} or {"full": ...}. */
int32_t paxnorm_name_new(const paxnorm_matcher *matcher, const char *name, size_t length,
                         paxnorm_name **prepared, paxnorm_error *error);
int32_t paxnorm_name_free(paxnorm_name **name);

/* How likely two names are one person's, 0 to 1; a person decides. */
int32_t paxnorm_score(const paxnorm_matcher *matcher, const paxnorm_name *a, const paxnorm_name *b,
                      float *score, paxnorm_error *error);
/* The same score with the steps that add up to it, as JSON. It quotes the names. */
int32_t paxnorm_explain(const paxnorm_matcher *matcher, const paxnorm_name *a,
                        const paxnorm_name *b, paxnorm_text **why, paxnorm_error *error);
/* Blocking keys, at most 256: names that may be one person's have one in common. As many as there
 * is room for are written; `count` says how many there are. */
int32_t paxnorm_blocks(const paxnorm_matcher *matcher, const paxnorm_name *name, uint64_t *keys,
                       size_t capacity, size_t *count, paxnorm_error *error);

/* ---- an index of names ---- */

typedef struct paxnorm_index paxnorm_index;

typedef struct paxnorm_candidate {
    uint64_t id;   /* the caller's number */
    float score;   /* of the best name under it */
    uint32_t name; /* which name that is, by its turn among those added */
} paxnorm_candidate;

int32_t paxnorm_index_new(const paxnorm_matcher *matcher, paxnorm_index **index,
                          paxnorm_error *error);
/* Adds a name under a number, which may stand for several; the name stays the caller's. To change
 * a name, remove its number and add it again. */
int32_t paxnorm_index_add(const paxnorm_index *index, uint64_t id, const paxnorm_name *name,
                          paxnorm_error *error);
/* Forgets all names under a number; `removed`, unless NULL, says how many there were. */
int32_t paxnorm_index_remove(const paxnorm_index *index, uint64_t id, size_t *removed,
                             paxnorm_error *error);
int32_t paxnorm_index_length(const paxnorm_index *index, size_t *length, paxnorm_error *error);
/* The best candidates of at least `threshold`, best first, as many as there is room for. */
int32_t paxnorm_index_search(const paxnorm_index *index, const paxnorm_name *name, float threshold,
                             paxnorm_candidate *candidates, size_t capacity, size_t *count,
                             paxnorm_error *error);
/* All that the index holds, as JSON to be stored and loaded by a matcher like the one of its
 * names. It is personal data. */
int32_t paxnorm_index_save(const paxnorm_index *index, paxnorm_text **stored, paxnorm_error *error);
int32_t paxnorm_index_load(const paxnorm_matcher *matcher, const char *stored, size_t length,
                           paxnorm_index **index, paxnorm_error *error);
int32_t paxnorm_index_free(paxnorm_index **index);

#ifdef __cplusplus
}
#endif

#endif
