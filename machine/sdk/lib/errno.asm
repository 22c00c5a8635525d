; errno.asm - what went wrong (errno.h)

         ENTRY errno
         DS    0F
errno    DC    F'0'
