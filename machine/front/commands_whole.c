/*
 * commands_whole.c - monitor commands for the machine as a whole: snapshots,
 * its hash, the replay of a record
 */
#include <string.h>

#include "monitor.h"

void
cmd_snapshot(struct monitor *mon, const struct words *w)
{
    int result;

    if (strcmp(w->word[1], "save") == 0) {
        result = machine_save_file(mon->m, w->word[2]);
    } else if (strcmp(w->word[1], "load") == 0) {
        result = machine_load_file(mon->m, w->word[2]);
    } else {
        complain(mon, w->word[1], "write snapshot save or snapshot load");
        return;
    }
    if (result != 0)
        complain_machine(mon, w->word[1]);
    else
        answer(mon, "SNAPSHOT %s %s count=%llu hash=%016llX", w->word[1],
               w->word[2], (unsigned long long)machine_count(mon->m),
               (unsigned long long)machine_hash(mon->m));
}

void
cmd_hash(struct monitor *mon, const struct words *w)
{
    (void)w;
    answer(mon, "HASH %016llX count=%llu",
           (unsigned long long)machine_hash(mon->m),
           (unsigned long long)machine_count(mon->m));
}

void
monitor_replay_answer(struct monitor *mon, enum replay_end end)
{
    const char *word = end == REPLAY_COMPLETE  ? "complete"
                       : end == REPLAY_CUT_OFF ? "cut-off"
                                               : "paused";

    if (end == REPLAY_DIVERGED || end == REPLAY_DAMAGED)
        complain_machine(mon, "replay");
    else
        answer(mon, "REPLAY %s count=%llu hash=%016llX", word,
               (unsigned long long)machine_count(mon->m),
               (unsigned long long)machine_hash(mon->m));
}

/* On to instruction N, or to the end of the record. */
void
cmd_replay(struct monitor *mon, const struct words *w)
{
    uint64_t until = UINT64_MAX;

    if (mon->replay == NULL)
        complain(mon, w->word[0],
                 "nothing is being replayed; start the program with --replay");
    else if (w->n == 1 ||
             operand_decimal(mon, w->word[1], "an instruction", &until))
        monitor_replay_answer(mon, machine_replay_run(mon->replay, until));
}
