/*
 * cmd_devices.c - the shell's commands for cards, paper and the disk
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell.h"
#include "svc.h"

enum { CARD_BYTES = 80, TEXT_BYTES = 100, CYLINDER_RECORDS = 57 };

/* The text of the next card as a string without blanks at the end; false at the
 * end of the deck, or when the operator does not want to wait for it. */
static bool
next_card(char text[CARD_BYTES + 1])
{
    int len, failures = 0;

    /* One bad card is no reason to stop; a reader that is not there is. */
    while ((len = svc_card(text)) == -1) {
        printf("A card could not be read.\n");
        if (++failures == 3)
            return false;
    }
    if (len == -2)
        printf("*** stopped by the operator\n");
    if (len <= 0)
        return false;
    while (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = 0;
    return true;
}

void
cmd_cards(const char *rest)
{
    char text[CARD_BYTES + 1];
    int cards = 0;

    (void)rest;
    for (; next_card(text); cards++)
        printf("%s\n", text);
    printf("%d cards.\n", cards);
}

/* The first line begins a page. */
void
cmd_print(const char *rest)
{
    char line[1 + CARD_BYTES + 1];
    int lines = 0;

    (void)rest;
    for (; next_card(line + 1); lines++) {
        line[0] = lines == 0 ? '1' : ' ';
        if (svc_print(line, strlen(line)) < 0) {
            printf("There is no printer.\n");
            return;
        }
    }
    printf("%d lines.\n", lines);
}

static void
disk_read(uint32_t record)
{
    char text[TEXT_BYTES + 1];

    if (svc_disk_read(record, text, TEXT_BYTES) < 0) {
        printf("Record %u cannot be read.\n", record);
        return;
    }
    text[TEXT_BYTES] = 0;
    printf("%s\n", text);
}

void
cmd_disk(const char *rest)
{
    char *text;
    bool write = strncmp(rest, "write ", 6) == 0;
    uint32_t record;

    if (!write && strncmp(rest, "read ", 5) != 0) {
        printf("Write disk read N or disk write N TEXT.\n");
        return;
    }
    record = (uint32_t)strtol(rest + (write ? 6 : 5), &text, 10);
    if (!write)
        disk_read(record);
    else if (svc_disk_write(record, text + (*text == ' '), strlen(text) + 1) <
             0)
        printf("Record %u cannot be written.\n", record);
}

void
cmd_format(const char *rest)
{
    uint32_t cylinders = (uint32_t)atoi(rest);

    if (cylinders == 0)
        printf("Format how many cylinders?\n");
    for (uint32_t r = 0; r < cylinders * CYLINDER_RECORDS; r += 3)
        if (svc_disk_format(r) < 0) {
            printf("Cylinder %u cannot be formatted.\n", r / CYLINDER_RECORDS);
            return;
        }
}
