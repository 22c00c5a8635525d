/*
 * build.c - from sources to an image, in the sandbox
 *
 * An image is built when the first test wants it, and so are the deck and the
 * disk volume that it can be IPLed from.  A submission that cannot
 * be built is no error of ours: every test that needs the image fails, with
 * what the compiler said.  When the compiler itself fails, or the host is too
 * slow, the test is an error, which no student pays for.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grade.h"

/* A volume as large as storage, not as the disk: each test has its own. */
#define VOLUME_CYLINDERS "10"

enum { BUILD_CPU_SECONDS = 10, WORDS_MAX = 100, TEXT_MAX = 64 * 1024 };

/* The words of a command line. */
struct words {
    char *word[WORDS_MAX];
    int n;
};

static const json_t *
image_list(const struct grade *g, const char *image, const char *list)
{
    const json_t *images = json_object_get(g->lab, "images");

    return json_object_get(json_object_get(images, image), list);
}

static void
add(struct words *w, const char *word)
{
    if (w->n == WORDS_MAX - 1)
        broken("too many words for cc370: %d are the most", WORDS_MAX - 1);
    w->word[w->n++] = (char *)(uintptr_t)word;
}

/* What stands before the sources of an image. */
static void
add_flags(const struct grade *g, const char *image, struct words *w)
{
    json_t *word;
    size_t i;

    add(w, "-I");
    add(w, ".");
    add(w, "-I");
    add(w, "common");
    json_array_foreach(image_list(g, image, "flags"), i, word)
        add(w, json_string_value(word));
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

/* ---- preparing a batch ----------------------------------------------------
 */

/* Given files mean the same to the preprocessor in each submission, unless
 * they include one that is handed in.  A batch has them preprocessed once,
 * source N of an image to out/IMAGE.N.i. */

static void
prepared_name(char *name, size_t size, const char *image, size_t source)
{
    snprintf(name, size, "%s.%zu.i", image, source);
}

/* Does a preprocessed text, in its lines # N "FILE", name a file that is
 * handed in? */
static bool
includes_handed_in(const struct grade *g, FILE *text)
{
    char line[PATH_BYTES], *name, *end;
    json_t *file;
    size_t i;

    while (fgets(line, sizeof(line), text) != NULL) {
        name = line[0] == '#' ? strchr(line, '"') : NULL;
        end = name != NULL ? strchr(name + 1, '"') : NULL;
        if (end == NULL)
            continue;
        *end = 0;
        name = strrchr(name, '/') != NULL ? strrchr(name, '/') : name;
        json_array_foreach(json_object_get(g->lab, "files"), i, file)
        {
            if (strcmp(json_string_value(file), name + 1) == 0)
                return true;
        }
    }
    return false;
}

/* What is not prepared for whatever reason, a submission's build will do. */
static void
prepare(const struct grade *g, const char *image, size_t i, const char *source)
{
    struct words w = {.n = 0};
    char name[200], output[220], path[PATH_BYTES + 220];
    json_t *wrong;
    FILE *text;

    prepared_name(name, sizeof(name), image, i);
    snprintf(output, sizeof(output), "/out/%s", name);
    snprintf(path, sizeof(path), "%s%s", g->work, output);
    add(&w, "cc370");
    add(&w, "-E");
    add_flags(g, image, &w);
    add(&w, source);
    add(&w, "-o");
    add(&w, output);
    wrong = run_tool(g, w.word);
    text = fopen(path, "r");
    if (wrong != NULL || (text != NULL && includes_handed_in(g, text)))
        unlink(path);
    if (text != NULL)
        fclose(text);
    json_decref(wrong);
}

void
build_prepare(const struct grade *g)
{
    json_t *images = json_object_get(g->lab, "images"), *image, *source;
    const char *name, *text;
    size_t i;

    json_object_foreach(images, name, image)
    {
        json_array_foreach(json_object_get(image, "sources"), i, source)
        {
            text = json_string_value(source);
            if (strlen(text) > 2 && strcmp(text + strlen(text) - 2, ".c") == 0)
                prepare(g, name, i, text);
        }
    }
}

/* The name of a prepared source, after it was put beside the others; or
 * NULL. */
static char *
take_prepared(const struct grade *g, const char *image, size_t i)
{
    char name[200], from[PATH_BYTES + 220], to[PATH_BYTES + 220];

    if (g->prepared == NULL)
        return NULL;
    prepared_name(name, sizeof(name), image, i);
    snprintf(from, sizeof(from), "%s/%s", g->prepared, name);
    snprintf(to, sizeof(to), "%s/src/%s", g->work, name);
    if (link(from, to) != 0 && errno != EEXIST)
        return NULL;
    return strdup(name);
}

/* ---- images and media ---------------------------------------------------- */

const char *
build_image(struct grade *g, const char *name)
{
    struct words w = {.n = 0};
    char output[200], *source;
    json_t *word;
    const char *wrong;
    size_t i;
    int first;

    snprintf(output, sizeof(output), "/out/%s", name);
    add(&w, "cc370");
    add_flags(g, name, &w);
    first = w.n;
    json_array_foreach(image_list(g, name, "sources"), i, word)
    {
        source = take_prepared(g, name, i);
        if (source == NULL)
            source = strdup(json_string_value(word));
        add(&w, source);
    }
    add(&w, "-o");
    add(&w, output);
    wrong = build_once(g, name, w.word);
    for (i = 0; i < json_array_size(image_list(g, name, "sources")); i++)
        free(w.word[first + (int)i]);
    return wrong;
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
