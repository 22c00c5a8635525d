; empty.asm - ends at once: what is measured with it is the start of a program
%include "s370.inc"

ZERO     DC    X'0002000000000000'      ; restart new PSW: disabled wait
