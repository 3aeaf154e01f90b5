/* The interface for C, called from C: what it gives, what it refuses, and how.
 *
 * `make -C tests/capi` builds the library and runs this; with SANITIZE=1 under AddressSanitizer,
 * with VALGRIND=1 under valgrind. Every check names its line, and the number of checks is printed.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paxnorm.h"

static int checks, failures;

#define CHECK(condition)                                                           \
    do {                                                                           \
        checks++;                                                                  \
        if (!(condition)) {                                                        \
            failures++;                                                            \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
        }                                                                          \
    } while (0)

/* What the layout of the header must be for every caller that wrote it down. */
_Static_assert(sizeof(paxnorm_error) == 256, "an error is of 256 bytes");
_Static_assert(sizeof(void *) != 8 || sizeof(paxnorm_record) == 72, "a record is of 72 bytes");
_Static_assert(sizeof(paxnorm_candidate) == 16, "a candidate is of 16 bytes");

static const char SAMPLE[] =
    "UNB+IATA:1+XX+UTO+260520:0439+1'UNH+1+PNRGOV:11:1:IA'MSG+:22'TVL+270526:1430+BRU+LHR+XX+602'"
    "SRC'RCI+XX:ABC123'SSR+MOML'TIF+ERIKSSON:I+ANNAMRS:A:1'"
    "SRC'RCI+XX:DEF456'TIF+HADDAD:I+YOUSEFMR:A:1'UNT+11+1'UNZ+1+1'";
#define SAMPLE_LENGTH (sizeof SAMPLE - 1)

static const uint8_t *bytes(const char *text) { return (const uint8_t *)text; }

static paxnorm_options *options(const char *json) {
    paxnorm_options *made = NULL;
    CHECK(paxnorm_options_new(json, strlen(json), &made, NULL) == PAXNORM_OK);
    return made;
}

static int32_t open_with(const char *json, const char *data, paxnorm_reader **reader,
                         paxnorm_error *error) {
    paxnorm_options *made = options(json);
    int32_t status = paxnorm_reader_open(bytes(data), strlen(data), made, reader, error);
    /* A reader does not depend on the handle of its options. */
    CHECK(paxnorm_options_free(&made) == PAXNORM_OK && made == NULL);
    return status;
}

/* All bookings, a line each; the caller frees. */
static char *read_all(paxnorm_reader *reader, int32_t *last, paxnorm_error *error) {
    char *all = calloc(1, 1);
    size_t length = 0;
    paxnorm_record record;
    while ((*last = paxnorm_reader_next(reader, &record, error)) == PAXNORM_OK) {
        CHECK(record.read == record.mapped + record.withheld + record.unmapped);
        CHECK(strlen(record.diagnostics) == record.diagnostics_length);
        CHECK((record.diagnostic_count == 0) == (strcmp(record.diagnostics, "[]") == 0));
        CHECK(record.booking == NULL || record.provenance == NULL);
        if (!record.booking) continue;
        CHECK(strlen(record.booking) == record.booking_length);
        all = realloc(all, length + record.booking_length + 2);
        memcpy(all + length, record.booking, record.booking_length);
        length += record.booking_length;
        all[length++] = '\n';
        all[length] = 0;
    }
    return all;
}

static void transmissions(void) {
    paxnorm_reader *reader = NULL;
    int32_t last;
    CHECK(paxnorm_reader_open(bytes(SAMPLE), SAMPLE_LENGTH, NULL, &reader, NULL) == PAXNORM_OK);
    CHECK(strcmp(paxnorm_reader_format(reader), "pnrgov") == 0);
    char *private = read_all(reader, &last, NULL);
    CHECK(last == PAXNORM_END);
    CHECK(strstr(private, "ERIKSSON") && strstr(private, "HADDAD") && !strstr(private, "MOML"));
    paxnorm_record record;
    CHECK(paxnorm_reader_next(reader, &record, NULL) == PAXNORM_END);
    CHECK(paxnorm_reader_free(&reader) == PAXNORM_OK && reader == NULL);
    free(private);

    CHECK(open_with("{\"policy\": \"keep-all\"}", SAMPLE, &reader, NULL) == PAXNORM_OK);
    char *everything = read_all(reader, &last, NULL);
    CHECK(last == PAXNORM_END && strstr(everything, "MOML"));
    paxnorm_reader_free(&reader);
    free(everything);

    /* Cut inside a message: what came before is whole, the error says where, nothing follows. */
    paxnorm_error error;
    CHECK(paxnorm_reader_open(bytes(SAMPLE), 175, NULL, &reader, NULL) == PAXNORM_OK);
    char *part = read_all(reader, &last, &error);
    CHECK(last == PAXNORM_TRUNCATED && error.status == last && error.offset == 175);
    CHECK(strcmp(error.message, "the input ends at byte 175 inside a message") == 0);
    CHECK(paxnorm_reader_next(reader, &record, &error) == PAXNORM_END);
    paxnorm_reader_free(&reader);
    free(part);
}

static void choices(void) {
    static const char POLICY[] =
        "{\"policy\": {\"name\": \"names-only\", \"default\": \"remove\", \"article\": \"own\", "
        "\"rules\": [{\"action\": "
        "\"keep\", \"article\": \"own\", \"fields\": [\"passengers[].name.surname\"]}]}}";
    static const char MAPPING[] =
        "{\"policy\": \"keep-all\", \"formats\": [{\"name\": \"night-coach\", \"source\": {\"csv\": "
        "{}}, \"rules\": [{\"field\": \"passengers[].name.surname\", \"from\": \"Surname\"}]}, "
        "\"built-in\"], \"intake\": {\"sender\": \"XX\", \"mode\": \"coach\"}}";
    paxnorm_reader *reader = NULL;
    paxnorm_error error;
    int32_t last;
    CHECK(open_with(POLICY, SAMPLE, &reader, NULL) == PAXNORM_OK);
    char *read = read_all(reader, &last, NULL);
    CHECK(strstr(read, "ERIKSSON") && !strstr(read, "ANNA") && !strstr(read, "ABC123"));
    paxnorm_reader_free(&reader);
    free(read);

    CHECK(open_with(MAPPING, "SURNAME\nERIKSSON\n", &reader, NULL) == PAXNORM_OK);
    CHECK(strcmp(paxnorm_reader_format(reader), "night-coach") == 0);
    read = read_all(reader, &last, NULL);
    CHECK(strstr(read, "ERIKSSON") && strstr(read, "\"sender\":\"XX\""));
    paxnorm_reader_free(&reader);
    free(read);

    CHECK(open_with("{\"limits\": {\"segment_bytes\": 30}}", SAMPLE, &reader, NULL) == PAXNORM_OK);
    read = read_all(reader, &last, &error);
    CHECK(last == PAXNORM_LIMIT && strstr(error.message, "30"));
    paxnorm_reader_free(&reader);
    free(read);

    CHECK(open_with("{\"formats\": [\"osdm\"]}", SAMPLE, &reader, &error) != PAXNORM_OK);
    CHECK(error.status == PAXNORM_UNKNOWN_FORMAT && error.offset == UINT64_MAX && reader == NULL);

    static const struct { const char *json, *says; } WRONG[] = {
        {"{\"polcy\": \"keep-all\"}", "polcy"},
        {"{\"policy\": \"keep-nothing\"}", "no policy is called keep-nothing"},
        {"{\"formats\": [\"telepathy\"]}", "no format is called telepathy"},
        {"{\"formats\": [{\"name\": \"x\"}]}", "mapping"},
        {"{\"limits\": {\"segments\": -1}}", "options"},
        {"{\"policy\": {\"name\": \"x\", \"rules\": [{\"fields\": [\"nose\"]}]}}",
         "policy: not the path of a field"},
        {"[]", "options: not an object"},
        {"{", "options"},
    };
    for (size_t at = 0; at < sizeof WRONG / sizeof *WRONG; at++) {
        const char *json = WRONG[at].json;
        paxnorm_options *made = NULL;
        CHECK(paxnorm_options_new(json, strlen(json), &made, &error) == PAXNORM_JSON);
        CHECK(made == NULL && strstr(error.message, WRONG[at].says));
    }
}

/* A source that gives a few bytes at a time, fails, lies, or calls the reader that it feeds. */
struct source {
    size_t at, fails_at;
    int lies;
    paxnorm_reader **reader;
    int32_t answer;
};

static int64_t read_some(void *context, uint8_t *buffer, size_t capacity) {
    struct source *source = context;
    size_t left = SAMPLE_LENGTH - source->at;
    size_t count = left < 7 ? left : 7;
    if (source->reader && *source->reader) {
        paxnorm_record record;
        source->answer = paxnorm_reader_next(*source->reader, &record, NULL);
    }
    if (source->at >= source->fails_at) return -1;
    if (source->lies) return (int64_t)capacity + 1;
    if (count > capacity) count = capacity;
    memcpy(buffer, SAMPLE + source->at, count);
    source->at += count;
    return (int64_t)count;
}

static void callbacks(void) {
    paxnorm_reader *whole = NULL, *pieces = NULL;
    int32_t last;
    struct source source = {.fails_at = SIZE_MAX};
    paxnorm_error error;
    paxnorm_reader_open(bytes(SAMPLE), SAMPLE_LENGTH, NULL, &whole, NULL);
    CHECK(paxnorm_reader_open_callback(read_some, &source, NULL, &pieces, NULL) == PAXNORM_OK);
    char *expected = read_all(whole, &last, NULL), *read = read_all(pieces, &last, NULL);
    CHECK(last == PAXNORM_END && strcmp(expected, read) == 0);
    paxnorm_reader_free(&whole);
    paxnorm_reader_free(&pieces);
    free(expected);
    free(read);

    struct source failing = {.fails_at = 21}, lying = {.fails_at = SIZE_MAX, .lies = 1};
    CHECK(paxnorm_reader_open_callback(read_some, &failing, NULL, &pieces, &error) == PAXNORM_IO);
    CHECK(paxnorm_reader_open_callback(read_some, &lying, NULL, &pieces, &error) == PAXNORM_IO);
    CHECK(pieces == NULL);
    CHECK(paxnorm_reader_open_callback(NULL, NULL, NULL, &pieces, &error) == PAXNORM_NULL);
    CHECK(strcmp(error.message, "read is null") == 0);
}

/* Feeds a long transmission, so that reading goes on after opening. */
static int64_t read_long(void *context, uint8_t *buffer, size_t capacity) {
    struct source *source = context;
    static const char BODY[] = "SRC'RCI+XX:ABC123'TIF+ERIKSSON:I+ANNAMRS:A:1'";
    const size_t head = 93, body = sizeof BODY - 1;
    if (source->reader && *source->reader) {
        paxnorm_record record;
        source->answer = paxnorm_reader_next(*source->reader, &record, NULL);
    }
    for (size_t at = 0; at < capacity; at++, source->at++) {
        buffer[at] = (uint8_t)(source->at < head ? SAMPLE[source->at]
                                                 : BODY[(source->at - head) % body]);
    }
    return source->at > 300000 ? 0 : (int64_t)capacity;
}

static void busy(void) {
    paxnorm_reader *reader = NULL;
    struct source source = {.reader = &reader, .answer = -1};
    int32_t last;
    CHECK(paxnorm_reader_open_callback(read_long, &source, NULL, &reader, NULL) == PAXNORM_OK);
    CHECK(source.answer == -1);
    char *read = read_all(reader, &last, NULL);
    CHECK(source.answer == PAXNORM_BUSY);
    CHECK(strstr(read, "ERIKSSON"));
    paxnorm_reader_free(&reader);
    free(read);
}

static void refusals(void) {
    paxnorm_matcher *matcher = NULL;
    paxnorm_reader *reader = NULL;
    paxnorm_record record;
    paxnorm_error error;
    float score;
    CHECK(paxnorm_matcher_new(NULL, 0, &matcher, NULL) == PAXNORM_OK);
    paxnorm_reader_open(bytes(SAMPLE), SAMPLE_LENGTH, NULL, &reader, NULL);

    /* Null. */
    CHECK(paxnorm_reader_next(NULL, &record, &error) == PAXNORM_NULL);
    CHECK(strcmp(error.message, "reader is null") == 0);
    CHECK(paxnorm_reader_next(reader, NULL, NULL) == PAXNORM_NULL);
    CHECK(paxnorm_reader_open(NULL, 1, NULL, &reader, NULL) == PAXNORM_NULL);
    CHECK(paxnorm_reader_open(bytes(SAMPLE), SAMPLE_LENGTH, NULL, NULL, NULL) == PAXNORM_NULL);
    CHECK(paxnorm_reader_open(NULL, 0, NULL, &(paxnorm_reader *){NULL}, NULL) ==
          PAXNORM_UNKNOWN_FORMAT);
    CHECK(paxnorm_reader_format(NULL) == NULL);
    CHECK(paxnorm_score(matcher, NULL, NULL, &score, NULL) == PAXNORM_NULL);
    CHECK(paxnorm_text_data(NULL, NULL, NULL) == PAXNORM_NULL);

    /* A handle of another kind, of none, and not aligned. */
    CHECK(paxnorm_reader_next((paxnorm_reader *)matcher, &record, &error) == PAXNORM_HANDLE);
    CHECK(strcmp(error.message, "this is no live reader") == 0);
    uint64_t junk[4] = {1, 2, 3, 4};
    CHECK(paxnorm_reader_next((paxnorm_reader *)junk, &record, NULL) == PAXNORM_HANDLE);
    void *crooked = (char *)reader + 1;
    CHECK(paxnorm_reader_next(crooked, &record, NULL) == PAXNORM_HANDLE);
    CHECK(paxnorm_reader_format((paxnorm_reader *)matcher) == NULL);
    paxnorm_reader *wrong = (paxnorm_reader *)matcher;
    CHECK(paxnorm_reader_free(&wrong) == PAXNORM_HANDLE && wrong != NULL);

    /* Lengths that no memory has, text that is none, places that are not aligned. */
    CHECK(paxnorm_reader_open(bytes(SAMPLE), SIZE_MAX, NULL, &wrong, NULL) == PAXNORM_LENGTH);
    paxnorm_name *name = NULL;
    CHECK(paxnorm_name_new(matcher, "\xff", 1, &name, &error) == PAXNORM_UTF8);
    CHECK(strcmp(error.message, "name is not UTF-8 at byte 0") == 0);
    /* What is wrong with a name is told without the name. */
    static const char NAMED[] = "{\"surname\": \"ERIKSSON\", \"ANNA\": 1}";
    CHECK(paxnorm_name_new(matcher, NAMED, sizeof NAMED - 1, &name, &error) == PAXNORM_JSON);
    CHECK(!strstr(error.message, "ERIKSSON") && !strstr(error.message, "ANNA"));
    CHECK(strstr(error.message, "line 1, column") && name == NULL);

    /* Freed twice by one variable, and of nothing. */
    CHECK(paxnorm_reader_free(&reader) == PAXNORM_OK && reader == NULL);
    CHECK(paxnorm_reader_free(&reader) == PAXNORM_OK);
    CHECK(paxnorm_reader_free(NULL) == PAXNORM_NULL);
    CHECK(paxnorm_matcher_free(&matcher) == PAXNORM_OK);
}

static paxnorm_name *name_of(const paxnorm_matcher *matcher, const char *json) {
    paxnorm_name *name = NULL;
    CHECK(paxnorm_name_new(matcher, json, strlen(json), &name, NULL) == PAXNORM_OK);
    return name;
}

static void names(void) {
    paxnorm_matcher *matcher = NULL;
    paxnorm_text *why = NULL;
    paxnorm_error error;
    float score = -1, tuned = -1;
    const char *data = NULL;
    size_t length = 0, count = 0, shared = 0;
    static const char TUNING[] = "{\"nickname\": 0.8}", WRONG[] = "{\"nickname\": 8}";
    CHECK(paxnorm_matcher_new(WRONG, sizeof WRONG - 1, &matcher, &error) == PAXNORM_JSON);
    CHECK(strcmp(error.message, "tuning: nickname is 8, not within 0 to 1") == 0);
    CHECK(paxnorm_matcher_new(TUNING, sizeof TUNING - 1, &matcher, NULL) == PAXNORM_OK);
    paxnorm_name *a = name_of(matcher, "{\"surname\": \"Eriksson\", \"given\": \"William\"}");
    paxnorm_name *b = name_of(matcher, "{\"surname\": \"ERICSSON\", \"given\": \"BILL\"}");
    CHECK(paxnorm_score(matcher, a, b, &tuned, NULL) == PAXNORM_OK);
    paxnorm_matcher_free(&matcher);
    CHECK(paxnorm_matcher_new(NULL, 0, &matcher, NULL) == PAXNORM_OK);
    CHECK(paxnorm_score(matcher, a, b, &score, NULL) == PAXNORM_OK);
    CHECK(score > 0.5 && score <= 1 && tuned < score);
    CHECK(paxnorm_explain(matcher, a, b, &why, NULL) == PAXNORM_OK);
    CHECK(paxnorm_text_data(why, &data, &length) == PAXNORM_OK && strlen(data) == length);
    CHECK(strstr(data, "\"kind\":\"nickname\"") && strstr(data, "BILL"));
    CHECK(paxnorm_text_free(&why) == PAXNORM_OK && why == NULL);

    uint64_t keys[256], others[256], one;
    size_t other_count = 0;
    CHECK(paxnorm_blocks(matcher, a, keys, 256, &count, NULL) == PAXNORM_OK);
    CHECK(paxnorm_blocks(matcher, b, others, 256, &other_count, NULL) == PAXNORM_OK);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < other_count; j++) shared += keys[i] == others[j];
    CHECK(count > 1 && shared > 0);
    CHECK(paxnorm_blocks(matcher, a, &one, 1, &length, NULL) == PAXNORM_OK && length == count);
    CHECK(one == keys[0]);
    CHECK(paxnorm_blocks(matcher, a, NULL, 0, &length, NULL) == PAXNORM_OK && length == count);
    paxnorm_name_free(&a);
    paxnorm_name_free(&b);
    paxnorm_matcher_free(&matcher);
}

struct searching {
    const paxnorm_index *index;
    const paxnorm_name *name;
    int found;
};

static void *search(void *context) {
    struct searching *searching = context;
    for (int turn = 0; turn < 200; turn++) {
        paxnorm_candidate best;
        size_t count = 0;
        if (paxnorm_index_search(searching->index, searching->name, 0.9f, &best, 1, &count, NULL) ==
                PAXNORM_OK &&
            count == 1 && best.id == 7)
            searching->found++;
    }
    return NULL;
}

static void index_of_names(void) {
    paxnorm_matcher *matcher = NULL;
    paxnorm_index *index = NULL, *loaded = NULL;
    paxnorm_text *stored = NULL;
    paxnorm_candidate found[4];
    size_t count = 0, removed = 9, length = 0;
    const char *data = NULL;
    paxnorm_matcher_new(NULL, 0, &matcher, NULL);
    CHECK(paxnorm_index_new(matcher, &index, NULL) == PAXNORM_OK);
    paxnorm_name *anna = name_of(matcher, "{\"surname\": \"Eriksson\", \"given\": \"Anna Maria\"}");
    paxnorm_name *yousef = name_of(matcher, "{\"surname\": \"Haddad\", \"given\": \"Yousef\"}");
    paxnorm_name *query = name_of(matcher, "{\"full\": \"ANNA MARIA ERICSSON\"}");
    CHECK(paxnorm_index_add(index, 7, anna, NULL) == PAXNORM_OK);
    CHECK(paxnorm_index_add(index, 8, yousef, NULL) == PAXNORM_OK);
    CHECK(paxnorm_index_search(index, anna, 0.5f, found, 4, &count, NULL) == PAXNORM_OK);
    CHECK(count == 1 && found[0].id == 7 && found[0].name == 0 && found[0].score > 0.9f);
    CHECK(paxnorm_index_search(index, anna, 0.0f, NULL, 0, &count, NULL) == PAXNORM_OK);
    CHECK(count == 0);
    CHECK(paxnorm_index_search(index, anna, 0.0f, found, SIZE_MAX / 8, &count, NULL) ==
          PAXNORM_LENGTH);

    /* Two threads search while this one changes the index. */
    struct searching work[2] = {{index, anna, 0}, {index, query, 0}};
    pthread_t threads[2];
    for (int at = 0; at < 2; at++) pthread_create(&threads[at], NULL, search, &work[at]);
    for (uint64_t id = 100; id < 300; id++) paxnorm_index_add(index, id, yousef, NULL);
    for (uint64_t id = 100; id < 300; id++) paxnorm_index_remove(index, id, NULL, NULL);
    for (int at = 0; at < 2; at++) pthread_join(threads[at], NULL);
    CHECK(work[0].found == 200 && work[1].found == 200);

    CHECK(paxnorm_index_save(index, &stored, NULL) == PAXNORM_OK);
    CHECK(paxnorm_text_data(stored, &data, &length) == PAXNORM_OK);
    CHECK(paxnorm_index_load(matcher, data, length, &loaded, NULL) == PAXNORM_OK);
    paxnorm_error error;
    paxnorm_index *none = NULL;
    CHECK(paxnorm_index_load(matcher, data, length / 2, &none, &error) == PAXNORM_JSON);
    CHECK(none == NULL && !strstr(error.message, "ERIKSSON"));
    paxnorm_text_free(&stored);
    CHECK(paxnorm_index_remove(loaded, 7, &removed, NULL) == PAXNORM_OK && removed == 1);
    CHECK(paxnorm_index_length(loaded, &length, NULL) == PAXNORM_OK && length == 1);
    CHECK(paxnorm_index_length(index, &length, NULL) == PAXNORM_OK && length == 2);
    CHECK(paxnorm_index_search(loaded, yousef, 0.5f, found, 4, &count, NULL) == PAXNORM_OK);
    CHECK(count == 1 && found[0].id == 8);
    paxnorm_index_free(&loaded);
    paxnorm_index_free(&index);
    paxnorm_name_free(&anna);
    paxnorm_name_free(&yousef);
    paxnorm_name_free(&query);
    paxnorm_matcher_free(&matcher);
}

int main(void) {
    CHECK(strcmp(paxnorm_schema_version(), "1.0") == 0 && strchr(paxnorm_version(), '.'));
    transmissions();
    choices();
    callbacks();
    busy();
    refusals();
    names();
    index_of_names();
    printf("capi: %d checks, %d failed\n", checks, failures);
    return failures > 0;
}
