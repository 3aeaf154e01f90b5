/* Reads transmissions and prints their bookings, one a line, as JSON; doubts go to standard error.
 * The same output as `cargo run --example normalise`, by the interface for C.
 *
 *     normalise [--policy NAME] FILE...
 *     normalise --compare NAME NAME      names as JSON: {"surname": "ERIKSSON", "given": "ANNA"}
 */
#include <stdio.h>
#include <string.h>

#include <paxnorm.h>

static int failed(const char *what, const paxnorm_error *error) {
    fprintf(stderr, "error: %s: %s\n", what, error->message);
    return 1;
}

/* Hands the library what the file has next. */
static int64_t read_file(void *file, uint8_t *buffer, size_t capacity) {
    size_t count = fread(buffer, 1, capacity, file);
    return ferror((FILE *)file) ? -1 : (int64_t)count;
}

static int read_all(const char *path, const paxnorm_options *options) {
    paxnorm_error error;
    paxnorm_reader *reader = NULL;
    paxnorm_record record;
    int32_t status = PAXNORM_IO;
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    if (paxnorm_reader_open_callback(read_file, file, options, &reader, &error) == PAXNORM_OK) {
        while ((status = paxnorm_reader_next(reader, &record, &error)) == PAXNORM_OK) {
            if (record.booking) {
                fwrite(record.booking, 1, record.booking_length, stdout);
                putchar('\n');
            }
            if (record.diagnostic_count) fprintf(stderr, "%s: %s\n", path, record.diagnostics);
        }
    }
    paxnorm_reader_free(&reader);
    fclose(file);
    return status == PAXNORM_END ? 0 : failed(path, &error);
}

static int compare(const char *first, const char *second) {
    paxnorm_error error;
    paxnorm_matcher *matcher = NULL;
    paxnorm_name *a = NULL, *b = NULL;
    paxnorm_text *why = NULL;
    const char *text;
    size_t length;
    int bad = paxnorm_matcher_new(NULL, 0, &matcher, &error) ||
              paxnorm_name_new(matcher, first, strlen(first), &a, &error) ||
              paxnorm_name_new(matcher, second, strlen(second), &b, &error) ||
              paxnorm_explain(matcher, a, b, &why, &error);
    if (!bad && paxnorm_text_data(why, &text, &length) == PAXNORM_OK) {
        fwrite(text, 1, length, stdout);
        putchar('\n');
    }
    paxnorm_text_free(&why);
    paxnorm_name_free(&a);
    paxnorm_name_free(&b);
    paxnorm_matcher_free(&matcher);
    return bad ? failed("compare", &error) : 0;
}

int main(int count, char **words) {
    const char *policy = "eu-pnr";
    char json[128];
    int at = 1, bad = 0;
    paxnorm_error error;
    paxnorm_options *options = NULL;
    if (count == 4 && strcmp(words[1], "--compare") == 0) return compare(words[2], words[3]);
    if (count > 3 && strcmp(words[1], "--policy") == 0) {
        policy = words[2];
        at = 3;
    }
    if (at >= count) {
        fprintf(stderr, "usage: normalise [--policy NAME] FILE... | --compare NAME NAME\n");
        return 2;
    }
    int length = snprintf(json, sizeof json, "{\"policy\": \"%s\"}", policy);
    if (length < 0 || (size_t)length >= sizeof json) return 2;
    if (paxnorm_options_new(json, (size_t)length, &options, &error)) return failed(policy, &error);
    for (; at < count; at++) bad |= read_all(words[at], options);
    paxnorm_options_free(&options);
    return bad;
}
