/*
 * build.c - from sources to an image, in the sandbox
 *
 * An image is built when the first test wants it.  A submission that cannot
 * be built is no error of ours: every test that needs the image fails, with
 * what the compiler said.  When the compiler itself fails, or the host is too
 * slow, the test is an error, which no student pays for.
 */
#include <stdlib.h>
#include <string.h>

#include "grade.h"

enum { BUILD_CPU_SECONDS = 10, WORDS_MAX = 100, TEXT_MAX = 64 * 1024 };

void
build_path(const struct grade *g, const char *name, char *path)
{
    snprintf(path, PATH_BYTES + 64, "%s/out/%s", g->work, name);
}

/* cc370's words for an image of the lab. */
static void
command(const struct grade *g, const char *name, char *argv[WORDS_MAX],
        char *output, size_t size)
{
    const json_t *image =
        json_object_get(json_object_get(g->lab, "images"), name);
    static const char *const lists[] = {"flags", "sources"};
    json_t *word;
    int n = 0;
    size_t i, l;

    snprintf(output, size, "/out/%s", name);
    argv[n++] = "cc370";
    argv[n++] = "-I";
    argv[n++] = ".";
    argv[n++] = "-I";
    argv[n++] = "common";
    for (l = 0; l < 2; l++) {
        json_array_foreach(json_object_get(image, lists[l]), i, word)
        {
            if (n >= WORDS_MAX - 4)
                broken("image %s: too many sources", name);
            argv[n++] = (char *)(uintptr_t)json_string_value(word);
        }
    }
    argv[n++] = "-o";
    argv[n++] = output;
    argv[n] = NULL;
}

/* What the student is told; NULL when all went well. */
static json_t *
verdict(int status, const char *text)
{
    char line[200];

    switch (status) {
    case 0:
        return NULL;
    case 1:
        return record_text(text, strlen(text), MESSAGES_BYTES_MAX);
    case SANDBOX_TIME:
        snprintf(line, sizeof(line),
                 "!the compiler did not end within %d seconds",
                 BUILD_CPU_SECONDS);
        return json_string(line);
    default:
        /* 2 is cc370's own word for what is not the program's fault; signals
         * come from the limits. */
        return json_sprintf(
            "!the compiler failed (status %d): %.1000s", status,
            json_string_value(record_text(text, strlen(text), 1000)));
    }
}

const char *
build_image(struct grade *g, const char *name)
{
    json_t *built = json_object_get(g->record, "built"), *done;
    char src[PATH_BYTES + 8], out[PATH_BYTES + 8], output[200];
    struct sandbox s = {src,       out, g->root, g->bin, BUILD_CPU_SECONDS,
                        g->trusted};
    char *argv[WORDS_MAX], *text;

    if (built == NULL) {
        built = json_object();
        json_object_set_new(g->record, "built", built);
    }
    done = json_object_get(built, name);
    if (done == NULL) {
        snprintf(src, sizeof(src), "%s/src", g->work);
        snprintf(out, sizeof(out), "%s/out", g->work);
        command(g, name, argv, output, sizeof(output));
        text = malloc(TEXT_MAX);
        if (text == NULL)
            broken("no memory");
        done = verdict(sandbox_run(&s, argv, text, TEXT_MAX), text);
        free(text);
        if (done == NULL)
            done = json_null();
        json_object_set_new(built, name, done);
    }
    return json_string_value(done);
}
