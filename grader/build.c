/*
 * build.c - from sources to an image, in the sandbox
 *
 * An image is built when the first test wants it, and so are the deck and the
 * disk volume that it can be IPLed from.  A submission that cannot
 * be built is no error of ours: every test that needs the image fails, with
 * what the compiler said.  When the compiler itself fails, or the host is too
 * slow, the test is an error, which no student pays for.
 */
#include <stdlib.h>
#include <string.h>

#include "grade.h"

/* A volume as large as storage, not as the disk: each test has its own. */
#define VOLUME_CYLINDERS "10"

enum { BUILD_CPU_SECONDS = 10, WORDS_MAX = 100, TEXT_MAX = 64 * 1024 };

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

/* Run a tool of the kit on the submission.  NULL, or what went wrong. */
static json_t *
run_tool(const struct grade *g, char *const argv[])
{
    char src[PATH_BYTES + 8], out[PATH_BYTES + 8];
    struct sandbox s = {src,       out, g->root, g->bin, BUILD_CPU_SECONDS,
                        g->trusted};
    char *text = malloc(TEXT_MAX);
    json_t *wrong;

    if (text == NULL)
        broken("no memory");
    snprintf(src, sizeof(src), "%s/src", g->work);
    snprintf(out, sizeof(out), "%s/out", g->work);
    wrong = verdict(sandbox_run(&s, argv, text, TEXT_MAX), text);
    free(text);
    return wrong;
}

/* Do it once: `key` in the list of what is built.  Returns what went wrong
 * then, or NULL. */
static const char *
build_once(struct grade *g, const char *key, char *const argv[])
{
    json_t *wrong;

    if (g->built == NULL)
        g->built = json_object();
    if (json_object_get(g->built, key) == NULL) {
        wrong = run_tool(g, argv);
        json_object_set_new(g->built, key, wrong != NULL ? wrong : json_null());
    }
    return json_string_value(json_object_get(g->built, key));
}

const char *
build_image(struct grade *g, const char *name)
{
    char *argv[WORDS_MAX], output[200];

    command(g, name, argv, output, sizeof(output));
    return build_once(g, name, argv);
}

const char *
build_media(struct grade *g, const char *name, json_t *media)
{
    char image[200], output[210];
    const char *ending, *wrong = NULL;
    json_t *type;

    snprintf(image, sizeof(image), "/out/%s", name);
    json_object_foreach(media, ending, type)
    {
        bool deck = strcmp(ending, "deck") == 0;
        char *kind = (char *)(uintptr_t)json_string_value(type);
        char *const to_deck[] = {"mkdeck", "-o", output, image, NULL};
        char *const to_disk[] = {
            "mkdasd", "-t",   kind,  "-c", VOLUME_CYLINDERS,
            "-o",     output, image, NULL};

        snprintf(output, sizeof(output), "/out/%s.%s", name, ending);
        if (wrong == NULL)
            wrong = build_once(g, output + 5, deck ? to_deck : to_disk);
    }
    return wrong;
}
