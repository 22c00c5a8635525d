; work_stops.asm - only to be stopped at (work.h)

         ENTRY work_started
work_started BR R14
         ENTRY work_done
work_done BR   R14
