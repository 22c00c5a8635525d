/*
 * build.c - from sources to an image, in the sandbox
 *
 * An image is built when the first test wants it, and so are the deck and the
 * disk volume that it can be IPLed from.  A submission that cannot
 * be built is no error of ours: every test that needs the image fails, with
 * what the compiler said.  When the compiler itself fails, or the host is too
 * slow, the test is an error, which no student pays for.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* The flags and sources of an image, and where to put what is made of them. */
static void
add_program(const struct grade *g, const char *image, const char *output,
            struct words *w)
{
    json_t *word;
    size_t i;

    add(w, "-I");
    add(w, ".");
    add(w, "-I");
    add(w, "common");
    json_array_foreach(image_list(g, image, "flags"), i, word)
        add(w, json_string_value(word));
    json_array_foreach(image_list(g, image, "sources"), i, word)
        add(w, json_string_value(word));
    add(w, "-o");
    add(w, output);
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
    case 128 + SIGXFSZ:
        return json_string("what is built is larger than any storage");
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
    struct sandbox s = {.src = src,
                        .out = out,
                        .prepared = g->prepared,
                        .root = g->root,
                        .bin = g->bin,
                        .cpu_seconds = BUILD_CPU_SECONDS,
                        .trusted = g->trusted};
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

/* Given files, the library's among them, mean the same to the preprocessor and
 * to NASM in each submission, unless they include one that is handed in.  A
 * batch has that done once, for an image in the folder out/IMAGE: cc370 builds
 * what is handed out, and keeps what it has done. */

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

/* Only what does not depend on the submission stays in the folder. */
static void
remove_handed_in(const struct grade *g, const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    char path[2 * PATH_BYTES];
    FILE *text;

    if (dir == NULL)
        broken("%s: %s", folder, strerror(errno));
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        text = fopen(path, "r");
        if (text == NULL || includes_handed_in(g, text))
            unlink(path);
        if (text != NULL)
            fclose(text);
    }
    closedir(dir);
}

/* What is not prepared for whatever reason, a submission's build will do. */
static void
prepare(const struct grade *g, const char *image)
{
    struct words w = {.n = 0};
    char folder[PATH_BYTES + 200], keep[200], output[220];

    snprintf(folder, sizeof(folder), "%s/out/%s", g->work, image);
    snprintf(keep, sizeof(keep), "/out/%s", image);
    snprintf(output, sizeof(output), "%s.image", keep);
    if (mkdir(folder, 0755) != 0)
        broken("%s: %s", folder, strerror(errno));
    add(&w, "cc370");
    add(&w, "--keep");
    add(&w, keep);
    add_program(g, image, output, &w);
    json_decref(run_tool(g, w.word));
    remove_handed_in(g, folder);
}

void
build_prepare(const struct grade *g)
{
    json_t *image;
    const char *name;

    json_object_foreach(json_object_get(g->lab, "images"), name, image)
        prepare(g, name);
}

/* ---- images and media ---------------------------------------------------- */

const char *
build_image(struct grade *g, const char *name)
{
    struct words w = {.n = 0};
    char output[200], prepared[200];

    snprintf(output, sizeof(output), "/out/%s", name);
    snprintf(prepared, sizeof(prepared), "/prepared/%s", name);
    add(&w, "cc370");
    if (g->prepared != NULL) {
        add(&w, "--kept");
        add(&w, prepared);
    }
    add_program(g, name, output, &w);
    return build_once(g, name, w.word);
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
